/** The commands as a person types them: what they print, what they refuse, and their exit codes. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { callQuery, elementText } from '../../src/cli/api-client.ts';
import { run, type Ran } from './programs.ts';
import { SOJOURN, startSojourn } from './running-sojourn.ts';

const AFTER = resolve(import.meta.dirname, '..', '..', 'examples', 'trust-policies', 'after.json');
const JOB = ['--repository', 'my-org/my-repo', '--ref', 'refs/heads/main', '--environment', 'production'];
let directory: string;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'sojourn-cli-'));
});
after(() => rmSync(directory, { recursive: true, force: true }));

function sojourn(args: readonly string[], input?: string): Promise<Ran> {
  const env = { ...process.env, SOJOURN_DATA: join(directory, 'data') };
  return run(SOJOURN, args, { env, cwd: directory, ...(input !== undefined && { input }) });
}

test('help lists the commands; each has options and examples; what is not there is named with its nearest', async () => {
  const help = await sojourn(['--help']);
  assert.equal(help.code, 0);
  for (const command of ['dev', 'serve', 'token', 'explain', 'demo']) {
    assert.match(help.out, new RegExp(`^  ${command} `, 'm'));
    const own = await sojourn([command, '--help']);
    assert.equal(own.code, 0);
    assert.match(own.out, /\nExamples:\n {2}sojourn /);
  }
  const typo = await sojourn(['explian']);
  assert.equal(typo.code, 2);
  assert.match(typo.err, /no command 'explian'\. Did you mean 'explain'\?/);
});

test('a server takes no words that it would not heed, and says which file of TLS cannot be read', async () => {
  for (const command of ['dev', 'serve', 'demo', 'issuers']) {
    const extra = await sojourn([command, 'extra']);
    assert.equal(extra.code, 2, extra.out);
    assert.match(extra.err, new RegExp(`sojourn ${command}: 'extra' means nothing here\\.`));
  }
  const file = join(directory, 'not.pem');
  writeFileSync(file, 'no certificate');
  const tls = await sojourn(['serve', '--port', '0', '--tls-cert', file, '--tls-key', file]);
  assert.equal(tls.code, 1, tls.out);
  assert.doesNotMatch(tls.out, /AWS_SECRET_ACCESS_KEY/);
  assert.ok(tls.err.includes(`--tls-cert ${file} and --tls-key ${file} are no certificate and key`), tls.err);
});

test('a first start that failed leaves the root key for the next one to show', async () => {
  const data = join(directory, 'failed-start');
  const taken = await startSojourn({ data: join(directory, 'first') });
  try {
    const failed = await sojourn(['dev', '--port', new URL(taken.url).port, '--data', data]);
    assert.equal(failed.code, 1, failed.out);
    assert.match(failed.err, /is taken/);
    assert.doesNotMatch(failed.out, /AWS_SECRET_ACCESS_KEY/);
  } finally {
    await taken.stop();
  }
  const flags = ['--host', '0.0.0.0', '--insecure-plaintext-beyond-loopback'];
  const next = await startSojourn({ data, flags });
  assert.ok(next.secretAccessKey.length > 0);
  assert.match(next.printed(), /Warning: whoever reaches 0\.0\.0\.0 is given any token of any issuer/);
  assert.equal(await next.stop(), 0);
});

test('the demo tells both articles, names the condition, the pattern and the value of each refusal, and ends with 0', async () => {
  const demo = await sojourn(['demo']);
  assert.equal(demo.code, 0, demo.err);
  assert.match(demo.out, /upload: src\/index\.html to s3:\/\/my-bucket\/src\/index\.html/);
  assert.match(
    demo.out,
    /StringLike token\.actions\.githubusercontent\.com:sub[^]*expected {2}"repo:my-org\/my-repo:\*"[^]*actual {4}"repo:somebody\/else:ref:refs\/heads\/deploy"/,
  );
  assert.match(demo.out, /in: arn:aws:sts::000000000000:assumed-role\/sync-to-s3\//);
  assert.equal(demo.out.match(/AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity/g)?.length, 4);
  assert.match(demo.out, /absent, because the job has no environment/);
  assert.doesNotMatch(demo.out, /README\.md to s3/);
  assert.equal(demo.err, '');
});

test('a printed token verifies with the published keys and has the claims of the job; both subjects', async () => {
  const running = await startSojourn({ data: join(directory, 'data') });
  try {
    const minted = await sojourn(['token', 'github', ...JOB, '--audience', 'sts.amazonaws.com']);
    assert.equal(minted.code, 0, minted.err);
    const keys = createRemoteJWKSet(new URL('/_sojourn/issuer/github/.well-known/jwks', running.url));
    const { payload } = await jwtVerify(minted.out.trim(), keys, {
      issuer: 'https://token.actions.githubusercontent.com',
      audience: 'sts.amazonaws.com',
    });
    assert.equal(payload.sub, 'repo:my-org/my-repo:environment:production');
    assert.equal(payload['ref'], 'refs/heads/main');
    const immutable = await sojourn([
      'token',
      'github',
      ...JOB,
      '--immutable-sub',
      '--repository-id',
      '74',
      '--repository-owner-id',
      '65',
      '--claims',
    ]);
    const claims: Record<string, unknown> = JSON.parse(immutable.out);
    assert.equal(claims['sub'], 'repo:my-org@65/my-repo@74:environment:production');
  } finally {
    await running.stop();
  }
});

test('a job that cannot exist is refused with the reason, and so are unknown providers and options', async () => {
  const noRepository = await sojourn(['token', 'github', '--repository', 'not-a-repository']);
  assert.equal(noRepository.code, 2);
  assert.match(noRepository.err, /^sojourn token: .+/);
  const provider = await sojourn(['token', 'githup']);
  assert.equal(provider.code, 2);
  assert.match(provider.err, /there is no provider 'githup'\. Did you mean 'github'\?/);
  const option = await sojourn(['token', 'github', '--branch', 'main']);
  assert.equal(option.code, 2);
  assert.match(option.err, /there is no option '--branch'/);
  assert.match((await sojourn(['token', 'github', '--ref'])).err, /'--ref' needs a value/);
});

test('explain answers 0 for a job that is let in and 1 with the reason for one that is not', async () => {
  const claims = join(directory, 'claims.json');
  writeFileSync(
    claims,
    (await sojourn(['token', 'github', ...JOB, '--audience', 'sts.amazonaws.com', '--claims'])).out,
  );
  const allowed = await sojourn(['explain', '--trust', AFTER, '--claims', claims]);
  assert.equal(allowed.code, 0, allowed.out + allowed.err);
  const wrong = JOB.map((word) => (word === 'refs/heads/main' ? 'refs/heads/feature' : word));
  const token = await sojourn(['token', 'github', ...wrong, '--audience', 'sts.amazonaws.com']);
  const denied = await sojourn(['explain', '--trust', AFTER, '--token', '-'], token.out);
  assert.equal(denied.code, 1);
  assert.match(
    denied.out,
    /FAILED {2}StringEquals token\.actions\.githubusercontent\.com:ref[^]*expected {2}"refs\/heads\/main"[^]*actual {4}"refs\/heads\/feature"/,
  );
  const json = await sojourn(['explain', '--trust', AFTER, '--token', '-', '--json'], token.out);
  const explanation: Record<string, unknown> = JSON.parse(json.out);
  assert.equal(explanation['outcome'], 'implicitDeny');
});

test('explain says what is wrong with its input, in one sentence and with exit code 2', async () => {
  const wrong = async (...args: string[]): Promise<string> => {
    const ran = await sojourn(['explain', ...args], 'garbage');
    assert.equal(ran.code, 2, ran.out);
    assert.doesNotMatch(ran.err, /\n.*\n/, 'more than a sentence');
    return ran.err;
  };
  assert.match(await wrong(), /give the trust policy/);
  assert.match(await wrong('--trust', 'none.json', '--claims', '{}'), /none\.json of --trust cannot be read/);
  assert.match(await wrong('--trust', AFTER), /give the token/);
  assert.match(await wrong('--trust', AFTER, '--token', '-'), /not a token/);
  assert.match(await wrong('--trust', AFTER, '--claims', '{}'), /no issuer/);
  assert.match(await wrong('--trust', '-', '--claims', '{"iss":"https://x.example"}'), /is not a policy/);
});

test('explain tells from the audit log why a recorded call was denied', async () => {
  const data = join(directory, 'recorded');
  const running = await startSojourn({ data });
  try {
    const token = await sojourn(['token', 'github', ...JOB, '--audience', 'sts.amazonaws.com', '--data', data]);
    const root = { endpoint: running.url, region: 'us-east-1', credentials: running };
    const url = 'https://token.actions.githubusercontent.com';
    await callQuery(root, 'iam', 'CreateOpenIDConnectProvider', {
      Url: url,
      'ClientIDList.member.1': 'sts.amazonaws.com',
    });
    const trust = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:my-org/other:ref:refs/heads/main' },
        },
      },
    };
    const role = await callQuery(root, 'iam', 'CreateRole', {
      RoleName: 'deploy',
      AssumeRolePolicyDocument: JSON.stringify(trust),
    });
    const denied = await callQuery({ ...root, credentials: undefined }, 'sts', 'AssumeRoleWithWebIdentity', {
      RoleArn: elementText(role, 'Arn') ?? '',
      RoleSessionName: 'job',
      WebIdentityToken: token.out.trim(),
    });
    assert.equal(denied.status, 403);
    const told = await sojourn(['explain', denied.requestId ?? '', '--data', data]);
    assert.equal(told.code, 1, told.err);
    assert.match(told.out, /AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity/);
    assert.match(told.out, /expected {2}"repo:my-org\/other:ref:refs\/heads\/main"/);
    const byRole = await run(SOJOURN, ['explain', '--role', 'deploy', '--token', '-', '--endpoint', running.url], {
      env: running.env,
      input: token.out,
    });
    assert.equal(byRole.code, 1, byRole.err);
    assert.match(byRole.out, /the role trust policy arn:aws:iam::000000000000:role\/deploy/);
    assert.equal((await sojourn(['explain', 'no-such-request', '--data', data])).code, 1);
  } finally {
    await running.stop();
  }
});
