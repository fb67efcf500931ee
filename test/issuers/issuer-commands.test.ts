/**
 * The development issuer as other software meets it: `jose` and Python in processes of their own trust the
 * generated authority and verify what `sojourn token` mints; jobs find their tokens where the real ones do.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { PROFILES } from '../../src/idp/profiles.ts';
import { missing, run } from '../clients/programs.ts';
import { SOJOURN, startSojourn, type RunningSojourn } from '../clients/running-sojourn.ts';

/** Verifies the token of argv by what the issuer publishes, and nothing else. */
const VERIFIER = `
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
const token = process.argv[1];
const issuer = decodeJwt(token).iss;
const discovery = await (await fetch(process.argv[2] + '/.well-known/openid-configuration')).json();
if (discovery.issuer !== issuer) throw new Error('another issuer: ' + discovery.issuer);
const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(discovery.jwks_uri)), { issuer });
console.log(JSON.stringify({ sub: payload.sub, kid: protectedHeader.kid }));
`;

/** What `jose` is told of an issuer. */
interface Discovery {
  readonly issuer: string;
  readonly jwks_uri: string;
}

let data: string;
/** A test that fails must not leave a process behind. */
const running = new Set<ChildProcess>();
let dev: RunningSojourn;
before(async () => {
  data = mkdtempSync(join(tmpdir(), 'sojourn-issuer-'));
  dev = await startSojourn();
});
after(async () => {
  for (const child of running) child.kill('SIGKILL');
  await dev?.dispose();
  rmSync(data, { recursive: true, force: true });
});

async function sojourn(
  ...words: readonly string[]
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  return run(SOJOURN, [...words, '--data', data], { env: process.env });
}

interface Background {
  /** The first match of the pattern in what it printed. */
  printed(pattern: RegExp): Promise<string>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
}

function background(...words: readonly string[]): Background {
  const child = spawn(SOJOURN, [...words, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  running.add(child);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    async printed(pattern) {
      for (const until = Date.now() + 30_000; Date.now() < until;) {
        const found = pattern.exec(text)?.[1];
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`it did not print ${pattern.source}: ${text}`);
    },
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

async function verify(
  token: string,
  url: string,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(data, 'issuer-ca.pem') };
  return run(process.execPath, ['--input-type=module', '-e', VERIFIER, token, url], { env });
}

test('the standalone issuer: another verifier trusts its authority, its documents and its tokens, before and after a rotation', async () => {
  const issuer = background('issuer', '--port', '0', '--hostname', 'issuer.test');
  const url = await issuer.printed(/at (https:\/\/localhost:\d+)/);
  const token = async (): Promise<string> => {
    const { code, out, err } = await sojourn('token', 'generic', '--issuer', url, '--subject', 'job-1');
    assert.equal(code, 0, err);
    return out.trim();
  };
  const first = await token();
  const before = await verify(first, url);
  assert.equal(before.code, 0, before.err);
  const kidBefore: { readonly sub: string; readonly kid: string } = JSON.parse(before.out);
  assert.equal(kidBefore.sub, 'job-1');

  const rotated = await sojourn('issuer', 'rotate', 'generic');
  assert.match(rotated.out, /^generic signs with \S+ from now on\.$/m);
  const second = await verify(await token(), url);
  const kidAfter: { readonly kid: string } = JSON.parse(second.out);
  assert.notEqual(kidAfter.kid, kidBefore.kid);
  assert.equal((await verify(first, url)).code, 0, 'the old key stays published');

  const forged = `${first.slice(0, -8)}AAAAAAAA`;
  assert.notEqual((await verify(forged, url)).code, 0);
  assert.equal(await issuer.stop(), 0);
  assert.equal(statSync(join(data, 'issuer-ca.json')).mode & 0o077, 0);
});

test('jose verifies the token of every provider by its discovery document alone, and no other issuer takes it', async () => {
  for (const [n, { name }] of PROFILES.entries()) {
    const minted = await run(SOJOURN, ['token', name, '--data', dev.data], { env: process.env });
    const token = minted.out.trim();
    const discovered = async (provider: string): Promise<Discovery> =>
      JSON.parse(await (await fetch(`${dev.url}/_sojourn/issuer/${provider}/.well-known/openid-configuration`)).text());
    const { issuer, jwks_uri } = await discovered(name);
    assert.equal(decodeJwt(token).iss, issuer, `${name}: ${minted.err}`);
    const { protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), { issuer });
    assert.equal(typeof protectedHeader.kid, 'string', name);
    const other = await discovered(PROFILES[(n + 1) % PROFILES.length]?.name ?? '');
    assert.notEqual(other.issuer, issuer);
    await assert.rejects(jwtVerify(token, createRemoteJWKSet(new URL(other.jwks_uri)), { issuer: other.issuer }), name);
  }
});

test(
  'the authority passes a strict verifier, and is kept over a restart',
  { skip: missing('python3', '--version') },
  async () => {
    const ca = (): string => readFileSync(join(data, 'issuer-ca.pem'), 'utf8');
    const kept = ca();
    const issuer = background('issuer', '--port', '0', '--hostname', 'issuer.test');
    const url = new URL(await issuer.printed(/at (https:\/\/localhost:\d+)/));
    assert.equal(ca(), kept);
    const script = `
import json, socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[1])
context.verify_flags |= ssl.VERIFY_X509_STRICT
for name in ('localhost', '127.0.0.1', 'issuer.test', 'token.actions.githubusercontent.com', 'gitlab.com'):
    with socket.create_connection(('127.0.0.1', int(sys.argv[2]))) as raw:
        with context.wrap_socket(raw, server_hostname=name) as tls:
            tls.sendall(b'GET /.well-known/openid-configuration HTTP/1.1\\r\\nHost: ' + name.encode() + b'\\r\\nConnection: close\\r\\n\\r\\n')
            answer = b''.join(iter(lambda: tls.recv(65536), b''))
            print(json.loads(answer.split(b'\\r\\n\\r\\n', 1)[1])['issuer'])
`;
    const { code, out, err } = await run('python3', ['-c', script, join(data, 'issuer-ca.pem'), url.port], {
      env: process.env,
    });
    assert.equal(code, 0, err);
    assert.deepEqual(out.trim().split('\n'), [
      'https://localhost',
      'https://127.0.0.1',
      'https://issuer.test',
      'https://token.actions.githubusercontent.com',
      'https://gitlab.com',
    ]);
    assert.equal(await issuer.stop(), 0);
  },
);

test('the issuer listens on loopback only, and says what is wrong with its options', async () => {
  for (const [words, why] of [
    [['--host', '0.0.0.0'], /is not loopback/],
    [['--port', 'x'], /is not a port/],
    [['--hostname', 'a b'], /neither a lower-case host name nor an address/],
  ] as const) {
    const { code, err } = await sojourn('issuer', ...words);
    assert.equal(code, 2);
    assert.match(err, why);
  }
  const odd = await sojourn('issuer', 'rotate', 'githup');
  assert.equal(odd.code, 2);
  assert.match(odd.err, /there is no provider 'githup'\. Did you mean 'github'\?/);
});

test('a rotation is seen by a running sojourn dev: new tokens verify, and so do those of the old key', async () => {
  const token = async (): Promise<string> => {
    const words = ['token', 'github', '--repository', 'my-org/my-repo', '--audience', 'sts.amazonaws.com'];
    return (await run(SOJOURN, [...words, '--data', dev.data], { env: process.env })).out.trim();
  };
  const assume = async (token: string): Promise<string> => {
    const body = new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::000000000000:role/none',
      RoleSessionName: 'rotation',
      WebIdentityToken: token,
    });
    return (await fetch(dev.url, { method: 'POST', body })).text();
  };
  const provider = await run('node', ['-e', CREATE_PROVIDER], { env: { ...process.env, ...dev.env } });
  assert.equal(provider.code, 0, provider.err);
  // Verified, and then refused by a role that is not there: a bad signature would be InvalidIdentityToken.
  const old = await token();
  assert.match(await assume(old), /Not authorized to perform sts:AssumeRoleWithWebIdentity/);
  const rotated = await run(SOJOURN, ['issuer', 'rotate', 'github', '--data', dev.data], { env: process.env });
  assert.equal(rotated.code, 0, rotated.err);
  assert.match(await assume(await token()), /Not authorized to perform sts:AssumeRoleWithWebIdentity/);
  assert.match(await assume(old), /Not authorized to perform sts:AssumeRoleWithWebIdentity/);
});

const CREATE_PROVIDER = `
import('@aws-sdk/client-iam').then(({ IAMClient, CreateOpenIDConnectProviderCommand }) =>
  new IAMClient({}).send(new CreateOpenIDConnectProviderCommand({
    Url: 'https://token.actions.githubusercontent.com', ClientIDList: ['sts.amazonaws.com'],
  })),
);
`;

test('variables: CircleCI’s two, GitLab’s one; GitHub’s lead to a token at the running sojourn dev', async () => {
  const circle = await sojourn('token', 'circleci', '--env');
  assert.match(circle.out, /^export CIRCLE_OIDC_TOKEN='[\w.-]+'\nexport CIRCLE_OIDC_TOKEN_V2='[\w.-]+'\n$/);
  const [, first = '', second = ''] = /TOKEN='(\S+)'\n.*V2='(\S+)'/.exec(circle.out) ?? [];
  assert.doesNotMatch(subject(first), /vcs-ref/);
  assert.match(subject(second), /vcs-ref\/refs\/heads\/main$/);
  assert.match((await sojourn('token', 'gitlab', '--env')).out, /^export GITLAB_OIDC_TOKEN='[\w.-]+'\n$/);

  const github = await sojourn('token', 'github', '--repository', 'o/r', '--env', '--endpoint', dev.url);
  const [, url = '', bearer = ''] = /_URL='(\S+)'\nexport \S+_TOKEN='(\S+)'/.exec(github.out) ?? [];
  const answer = await fetch(`${url}&audience=a`, { headers: { authorization: `Bearer ${bearer}` } });
  const { value }: { readonly value?: string } = JSON.parse(await answer.text());
  assert.equal(subject(value ?? ''), 'repo:o/r:ref:refs/heads/main');

  const none = await sojourn('token', 'kubernetes', '--env');
  assert.deepEqual([none.code, none.out], [2, '']);
  assert.match(none.err, /do not find their tokens in variables/);
  const nowhere = await sojourn('token', 'github', '--env', '--endpoint', 'http://127.0.0.1:1');
  assert.equal(nowhere.code, 2);
});

test('the metadata server of a running sojourn dev, as Google’s libraries ask it', async () => {
  const path = '/_sojourn/issuer/google/computeMetadata/v1/instance/service-accounts/default/identity?audience=a';
  const asked = await fetch(new URL(path, dev.url), { headers: { 'metadata-flavor': 'Google' } });
  assert.equal(asked.headers.get('metadata-flavor'), 'Google');
  assert.match(subject(await asked.text()), /^\d{21}$/);
  assert.equal((await fetch(new URL(path, dev.url))).status, 403);
});

test('a file is written whole, for its owner only, and renewed before its token ends', async () => {
  const file = join(data, 'projected-token');
  const writer = background('token', 'generic', '--lifetime', '2', '--subject', 'pod', '--write', file);
  await writer.printed(/(A token is in)/);
  const first = readFileSync(file, 'utf8');
  assert.equal(subject(first), 'pod');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  for (const until = Date.now() + 10_000; readFileSync(file, 'utf8') === first;) {
    assert.ok(Date.now() < until, 'it was not renewed');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(await writer.stop(), 0);
  const impossible = await sojourn('token', 'kubernetes', '--expiration-seconds', '5', '--write', file);
  assert.equal(impossible.code, 2);
  assert.match(impossible.err, /at least 600 seconds/);
});

test('a file of --issuer-ca that is none stops the start with a sentence', async () => {
  for (const [file, why] of [
    [join(data, 'nowhere.pem'), /cannot be read/],
    [join(data, 'projected-token'), /holds no certificate/],
  ] as const) {
    const { code, err } = await sojourn('serve', '--port', '0', '--issuer-ca', file);
    assert.equal(code, 1);
    assert.match(err, why);
  }
});

function subject(token: string): string {
  const claims: { readonly sub?: string } = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}',
  );
  return claims.sub ?? '';
}
