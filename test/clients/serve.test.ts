/** `sojourn serve` as an operator runs it: settings, refusals, TLS, restart, drain; and the health pages. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { callQuery, elementText } from '../../src/cli/api-client.ts';
import { missing, run } from './programs.ts';
import { SOJOURN, startSojourn } from './running-sojourn.ts';

let directory: string;
before(() => {
  directory = mkdtempSync(join(tmpdir(), 'sojourn-serve-'));
});
after(() => rmSync(directory, { recursive: true, force: true }));

test('the root key is shown once, holds over a restart, and SIGTERM ends with 0', async () => {
  const first = await startSojourn({ command: 'serve', data: join(directory, 'restart') });
  const who = async (url: string): Promise<string | undefined> => {
    const { accessKeyId, secretAccessKey } = first;
    const client = { endpoint: url, region: 'eu-central-1', credentials: { accessKeyId, secretAccessKey } };
    return elementText(await callQuery(client, 'sts', 'GetCallerIdentity', {}), 'Arn');
  };
  assert.equal(await who(first.url), 'arn:aws:iam::000000000000:root');
  assert.equal(await first.stop(), 0);
  assert.match(first.printed(), /Stopping: finishing the calls in flight/);
  const second = await startSojourn({ command: 'serve', data: join(directory, 'restart'), key: first });
  assert.doesNotMatch(second.printed(), /SECRET/);
  assert.equal(await who(second.url), 'arn:aws:iam::000000000000:root');
  assert.equal(await second.stop(), 0);
  for (const file of ['state.sqlite', 'key-ring.json', 'audit.jsonl']) {
    assert.equal(statSync(join(directory, 'restart', file)).mode & 0o077, 0, `${file} can be read by others`);
  }
});

test('serve has no development issuer; health, readiness and metrics answer', async () => {
  const sojourn = await startSojourn({ command: 'serve', data: join(directory, 'pages') });
  try {
    const status = async (path: string): Promise<number> => (await fetch(new URL(path, sojourn.url))).status;
    assert.equal(await status('/_sojourn/health'), 200);
    assert.equal(await status('/_sojourn/ready'), 200);
    assert.equal(await status('/_sojourn/issuer/github/.well-known/jwks'), 404);
    assert.equal(await status('/_sojourn/issuer/github/jobs'), 404);
    await fetch(sojourn.url, {
      method: 'POST',
      body: 'Action=Nonsense',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const metrics = await (await fetch(new URL('/_sojourn/metrics', sojourn.url))).text();
    assert.match(metrics, /code="InvalidAction",le="\+Inf"\} 1/);
  } finally {
    await sojourn.dispose();
  }
});

test('settings that cannot hold are refused with exit code 2 before anything is made', async () => {
  const refused = async (...flags: string[]): Promise<string> => {
    const ran = await run(SOJOURN, ['serve', '--data', join(directory, 'never'), ...flags], { env: process.env });
    assert.equal(ran.code, 2, ran.out);
    return ran.err;
  };
  assert.match(await refused('--host', '0.0.0.0'), /Without TLS/);
  assert.match(await refused('--prot', '1'), /no option '--prot'\. Did you mean 'port'\?/);
  const config = join(directory, 'wrong.yaml');
  writeFileSync(config, 'hosst: 127.0.0.1\n');
  assert.match(await refused('--config', config), /unknown setting 'hosst'\. Did you mean 'host'\?/);
  assert.equal(statSync(join(directory, 'never'), { throwIfNoEntry: false }), undefined);
});

test('a port that is taken and a data directory in use are said so, with exit code 1', async () => {
  const sojourn = await startSojourn({ command: 'serve', data: join(directory, 'taken') });
  try {
    const port = new URL(sojourn.url).port;
    const samePort = await run(SOJOURN, ['serve', '--port', port, '--data', join(directory, 'other')], {
      env: process.env,
    });
    assert.equal(samePort.code, 1);
    assert.match(samePort.err, new RegExp(`Port ${Number(port)} on 127\\.0\\.0\\.1 is taken`));
    const sameData = await run(SOJOURN, ['serve', '--port', '0', '--data', sojourn.data], { env: process.env });
    assert.equal(sameData.code, 1);
    assert.match(sameData.err, /in use|another/i);
  } finally {
    await sojourn.dispose();
  }
});

test('a data directory and an audit log that cannot be made are said so, and nothing stays open', async () => {
  const start = (...flags: readonly string[]): ReturnType<typeof run> =>
    run(SOJOURN, ['serve', '--port', '0', ...flags], { env: process.env });
  const file = join(directory, 'a-file');
  writeFileSync(file, '');
  for (const data of ['/proc/nope', '/proc/nope/deeper', file, join(file, 'below')]) {
    const ran = await start('--data', data);
    assert.equal(ran.code, 1, data);
    assert.match(ran.err, /^sojourn serve: E(NOENT|EXIST|NOTDIR|ACCES|PERM)\b.*--data/, data);
  }
  const data = join(directory, 'unlogged');
  const ran = await start('--data', data, '--audit-log', join(file, 'audit.jsonl'));
  assert.deepEqual([ran.code, /ENOTDIR.*a-file/.test(ran.err)], [1, true], ran.err);
  const sojourn = await startSojourn({ command: 'serve', data });
  await sojourn.dispose();
});

test('with a certificate it serves TLS', { skip: missing('openssl', 'version') }, async () => {
  const key = join(directory, 'key.pem');
  const cert = join(directory, 'cert.pem');
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    ],
    { stdio: 'ignore' },
  );
  const sojourn = await startSojourn({
    command: 'serve',
    data: join(directory, 'tls'),
    flags: ['--tls-cert', cert, '--tls-key', key],
  });
  try {
    assert.match(sojourn.url, /^https:/);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${sojourn.url}/_sojourn/health`, { ca: readFileSync(cert) }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    assert.equal(status, 200);
  } finally {
    await sojourn.dispose();
  }
});
