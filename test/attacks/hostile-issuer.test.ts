/**
 * A registered issuer that does harm by its answers: bytes that come one a second (Slowloris, 2009),
 * bytes without end, a gzip bomb (CVE-2022-29225 in Envoy; CVE-2024-28180 in go-jose, by decompression in
 * the token itself), a handshake that never ends. It costs its own tenants their calls, nobody else.
 */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { besiege, NO_KEY, trusting, type SiegeIssuer } from './siege.ts';

const LIMIT = 700;
const siege = await besiege({ bounds: { failureSeconds: 0 }, timeoutMilliseconds: LIMIT });

async function issuerNamed(name: string): Promise<SiegeIssuer> {
  const url = `https://${name}`;
  const issuer = await siege.issuer(url);
  issuer.serve([siege.key]);
  await siege.provider(url);
  await siege.role(name, url, trusting(url));
  return issuer;
}

/** The call must end in time, and a call for a good issuer beside it must not wait for it. */
async function refusedInTime(name: string, detail: RegExp): Promise<void> {
  const started = performance.now();
  let beside = Infinity;
  await Promise.all([
    siege.refused(siege.token({ iss: `https://${name}` }), { ...NO_KEY, detail }, name),
    siege.letIn(siege.token()).then(() => (beside = performance.now() - started)),
  ]);
  const took = performance.now() - started;
  assert.ok(took < LIMIT + 1500, `it took ${took} ms`);
  assert.ok(beside < LIMIT, `the call beside it took ${beside} ms`);
}

/** Writes `part` again and again until the connection goes. */
function writeForEver(response: ServerResponse, part: string | Buffer, milliseconds: number): void {
  response.on('error', () => undefined);
  const write = (): void => {
    if (response.destroyed) return;
    if (milliseconds > 0) {
      response.write(part);
      setTimeout(write, milliseconds).unref();
    } else if (response.write(part)) setImmediate(write);
    else response.once('drain', write);
  };
  write();
}

await siege.letIn(siege.token());

test('an issuer that answers nothing, or drop by drop, is given up after the time limit', async () => {
  const slow = await issuerNamed('slow.example');
  slow.routes.set('/jwks', () => undefined);
  await refusedInTime('slow.example', /not answered within 0\.7 s/);
  slow.routes.set('/jwks', (_request, response) => writeForEver(response, ' ', 50));
  await refusedInTime('slow.example', /not answered within 0\.7 s/);
  slow.routes.set('/.well-known/openid-configuration', (_request, response) => writeForEver(response, '{', 50));
  await refusedInTime('slow.example', /not answered within 0\.7 s/);
});

test('many calls for a slow issuer are one request to it', async () => {
  const slow = await issuerNamed('popular.example');
  slow.routes.set('/jwks', () => undefined);
  const calls = Array.from({ length: 40 }, () => siege.assume(siege.token({ iss: slow.url }), 'popular.example'));
  for (const { message } of await Promise.all(calls)) assert.equal(message, NO_KEY.message);
  assert.equal(slow.asked.filter((path) => path === '/jwks').length, 1);
});

test('redirects share the time limit of what they belong to', async () => {
  const hops = await issuerNamed('hops.example');
  const hop = (to: string) => (_request: unknown, response: ServerResponse) =>
    void setTimeout(() => response.writeHead(302, { location: to }).end(), 300).unref();
  hops.routes.set('/.well-known/openid-configuration', hop('/1'));
  for (const n of [1, 2, 3, 4]) hops.routes.set(`/${n}`, hop(`/${n + 1}`));
  await refusedInTime('hops.example', /not answered within 0\.7 s/);
});

test('a key set without end, with or without a length, ends at a megabyte', async () => {
  const endless = await issuerNamed('endless.example');
  const part = Buffer.alloc(65_536, 0x20);
  endless.routes.set('/jwks', (_request, response) => writeForEver(response, part, 0));
  await refusedInTime('endless.example', /more than 1048576 bytes/);
  endless.routes.set('/jwks', (_request, response) => {
    response.setHeader('content-length', String(2 ** 40));
    response.write('{"keys":[');
  });
  await refusedInTime('endless.example', /more than 1048576 bytes/);
});

test('a key set of thousands of keys is none', async () => {
  const many = await issuerNamed('many.example');
  many.serveJwks({ keys: Array.from({ length: 1001 }, (_, n) => ({ ...siege.key.jwk, kid: `k${n}` })) });
  await refusedInTime('many.example', /is not a key set/);
});

test('a compressed answer is not unpacked, bomb or not, under any name of the coding', async () => {
  const bomb = await issuerNamed('bomb.example');
  const packed = gzipSync(Buffer.alloc(50_000_000, 0x20));
  assert.ok(packed.length < 100_000);
  for (const coding of ['gzip', 'GZIP', 'x-gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity, gzip']) {
    bomb.routes.set('/jwks', (_request, response) => {
      response.setHeader('content-encoding', coding).end(packed);
    });
    await refusedInTime('bomb.example', /answered compressed/);
  }
  bomb.routes.set('/jwks', (_request, response) => void response.end(packed));
  await refusedInTime('bomb.example', /is not JSON in UTF-8/);
});

test('a token that is compressed, or says so, is no token', async () => {
  const [header = '', payload = '', signature = ''] = siege.token().split('.');
  const packed = gzipSync(Buffer.from(payload, 'base64url')).toString('base64url');
  const notAJwt = { code: 'InvalidIdentityToken', message: /^The ID Token provided is not a valid JWT/ };
  await siege.refused(`${header}.${packed}.${signature}`, notAJwt);
  await siege.letIn(siege.token({}, { zip: 'DEF' }));
});

test('answers that are none: other statuses, no JSON, no key set, broken UTF-8, a connection cut in the middle', async () => {
  const broken = await issuerNamed('broken.example');
  const answers: readonly (readonly [(response: ServerResponse) => unknown, RegExp])[] = [
    [(response) => response.writeHead(404).end(), /answered 404/],
    [(response) => response.writeHead(204).end(), /answered 204/],
    [(response) => response.writeHead(500).end('{"keys":[]}'), /answered 500/],
    [(response) => response.end('<html>'), /is not JSON/],
    [(response) => response.end(''), /is not JSON/],
    [(response) => response.end(Buffer.from([0x7b, 0xff, 0x7d])), /is not JSON in UTF-8/],
    [(response) => response.end('[]'), /is not a key set/],
    [(response) => response.end('{"keys":[]}'), /has no key with a kid/],
    [(response) => response.end('null'), /is not a key set/],
    [(response) => response.destroy(), /broken\.example/],
    [(response) => response.write('{"keys":[', () => response.destroy()), /broken\.example/],
  ];
  for (const [answer, why] of answers) {
    broken.routes.set('/jwks', (_request, response) => void answer(response));
    await refusedInTime('broken.example', why);
  }
});
