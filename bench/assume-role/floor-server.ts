/** The least that any server must do for the call: read the body, verify RS256, seal AES-GCM, answer XML. */
import { createCipheriv, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { answerCpu } from './answer-cpu.ts';

const key = createPublicKey(process.env['BENCH_PUBLIC_KEY'] ?? '');
const sealingKey = randomBytes(32);
const session = randomBytes(600);

const server = createServer((incoming, response) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const token = /WebIdentityToken=([^&]*)/.exec(Buffer.concat(chunks).toString('latin1'))?.[1] ?? '';
    const cut = token.lastIndexOf('.');
    const holds = verify(
      'sha256',
      Buffer.from(token.slice(0, cut)),
      key,
      Buffer.from(token.slice(cut + 1), 'base64url'),
    );
    const cipher = createCipheriv('aes-256-gcm', sealingKey, randomBytes(12));
    const sealed = Buffer.concat([cipher.update(session), cipher.final(), cipher.getAuthTag()]).toString('base64');
    response.statusCode = holds ? 200 : 400;
    response.setHeader('content-type', 'text/xml');
    response.end(
      `<AssumeRoleWithWebIdentityResponse><SessionToken>${sealed}</SessionToken></AssumeRoleWithWebIdentityResponse>`,
    );
  });
});
server.listen(0, '127.0.0.1', () => answerCpu(server));
