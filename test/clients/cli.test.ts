/** The commands as a person types them: what they print, what they refuse, and their exit codes. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { run, type Ran } from './programs.ts';
import { SOJOURN, startSojourn } from './running-sojourn.ts';

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
