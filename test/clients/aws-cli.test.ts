/** The aws CLI, unmodified, against `sojourn dev`: the main job from token to synced files, and each refusal beside it. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { missing, run, type Ran } from './programs.ts';
import { SOJOURN, startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missing('aws');
const EXAMPLES = resolve(import.meta.dirname, '..', '..', 'examples', 'trust-policies');
const ROLE = 'arn:aws:iam::000000000000:role/deploy';
let sojourn: RunningSojourn;

before(async () => {
  if (skip !== false) return;
  sojourn = await startSojourn();
});
after(async () => sojourn?.dispose());

test('create-open-id-connect-provider answers the ARN; a second one of the same URL is refused', { skip }, async () => {
  const create = [
    'iam',
    'create-open-id-connect-provider',
    '--url',
    'https://token.actions.githubusercontent.com',
    '--client-id-list',
    'sts.amazonaws.com',
  ];
  const made = json(await aws(...create));
  assert.equal(
    made['OpenIDConnectProviderArn'],
    'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com',
  );
  const again = await aws(...create);
  refusedByService(again);
  assert.match(
    again.err,
    /\(EntityAlreadyExists\) when calling the CreateOpenIDConnectProvider operation: Provider with url https:\/\/token\.actions\.githubusercontent\.com already exists\./,
  );
});

test('create-role takes the articles’ policy and refuses one without sub in AWS’s words', { skip }, async () => {
  const role = json(
    await aws(
      'iam',
      'create-role',
      '--role-name',
      'deploy',
      '--assume-role-policy-document',
      `file://${join(EXAMPLES, 'after.json')}`,
    ),
  );
  const made = role['Role'];
  assert.ok(isRecord(made));
  assert.equal(made['Arn'], ROLE);
  assert.equal('MaxSessionDuration' in made, false);
  const policy: unknown = JSON.parse(readFileSync(join(EXAMPLES, 'after.json'), 'utf8'));
  assert.deepEqual(made['AssumeRolePolicyDocument'], policy);

  const withoutSub = readFileSync(join(EXAMPLES, 'after.json'), 'utf8').replace(/,\s*"StringLike": \{[^}]*\}/, '');
  const refused = await aws('iam', 'create-role', '--role-name', 'open', '--assume-role-policy-document', withoutSub);
  refusedByService(refused);
  assert.match(
    refused.err,
    /\(MalformedPolicyDocument\) when calling the CreateRole operation: Trust policy with trusted principal arn:aws:iam::000000000000:oidc-provider\/token\.actions\.githubusercontent\.com must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, token\.actions\.githubusercontent\.com:sub or token\.actions\.githubusercontent\.com:job_workflow_ref which is not scoped to all\./,
  );
  const permissions = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::cli-bucket', 'arn:aws:s3:::cli-bucket/*'] },
    ],
  };
  succeeded(
    await aws(
      'iam',
      'put-role-policy',
      '--role-name',
      'deploy',
      '--policy-name',
      's3',
      '--policy-document',
      JSON.stringify(permissions),
    ),
  );
});

test(
  'assume-role-with-web-identity gives the job its session and the wrong branch AWS’s one sentence',
  { skip },
  async () => {
    const assume = (token: string): Promise<Ran> =>
      aws(
        'sts',
        'assume-role-with-web-identity',
        '--role-arn',
        ROLE,
        '--role-session-name',
        'ci',
        '--web-identity-token',
        token,
      );
    const answer = json(await assume(await githubToken('refs/heads/main')));
    assert.equal(answer['Provider'], 'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com');
    assert.equal(answer['Audience'], 'sts.amazonaws.com');
    assert.equal(answer['SubjectFromWebIdentityToken'], 'repo:my-org/my-repo:environment:production');
    const refused = await assume(await githubToken('refs/heads/feature'));
    refusedByService(refused);
    assert.match(
      refused.err,
      /\(AccessDenied\) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity/,
    );
  },
);

test('a profile with role_arn and web_identity_token_file is who it says', { skip }, async () => {
  const identity = json(await asJob('sts', 'get-caller-identity'));
  assert.equal(identity['Arn'], 'arn:aws:sts::000000000000:assumed-role/deploy/cli-session');
  assert.equal(identity['Account'], '000000000000');
  assert.match(String(identity['UserId']), /^AROA[A-Z2-7]{17}:cli-session$/);
  const root = json(await aws('sts', 'get-caller-identity'));
  assert.equal(root['Arn'], 'arn:aws:iam::000000000000:root');
});

test(
  's3 mb, cp, sync, ls, presign and rm do what they say for the role, and nothing outside its policy',
  { skip },
  async () => {
    succeeded(await asJob('s3', 'mb', 's3://cli-bucket'));
    const denied = await asJob('s3', 'mb', 's3://another-bucket');
    assert.equal(denied.code, 1);
    assert.match(
      denied.err,
      /AccessDenied.*is not authorized to perform: s3:CreateBucket on resource: "arn:aws:s3:::another-bucket" because no identity-based policy allows the s3:CreateBucket action/,
    );

    const tree = join(sojourn.data, 'tree');
    mkdirSync(join(tree, 'src', 'deep'), { recursive: true });
    writeFileSync(join(tree, 'src', 'a.txt'), 'a\n');
    writeFileSync(join(tree, 'src', 'deep', 'ü and space.txt'), 'umlaut\n');
    writeFileSync(join(tree, 'README'), 'not synced\n');
    // S3 keeps whole seconds: a file changed in the second of its upload would look newer than its copy.
    const earlier = new Date(Date.now() - 60_000);
    for (const name of ['a.txt', 'deep/ü and space.txt']) utimesSync(join(tree, 'src', name), earlier, earlier);
    const synced = succeeded(
      await asJobIn(tree, 's3', 'sync', '.', 's3://cli-bucket/', '--exclude', '*', '--include', 'src/*'),
    );
    assert.match(synced.out, /upload: src\/a\.txt to s3:\/\/cli-bucket\/src\/a\.txt/);
    assert.equal(
      succeeded(await asJobIn(tree, 's3', 'sync', '.', 's3://cli-bucket/', '--exclude', '*', '--include', 'src/*')).out,
      '',
    );
    const listed = succeeded(await asJob('s3', 'ls', 's3://cli-bucket', '--recursive')).out;
    assert.match(listed, /src\/a\.txt\n.*src\/deep\/ü and space\.txt\n/);
    assert.doesNotMatch(listed, /README/);

    succeeded(await asJob('s3', 'cp', 's3://cli-bucket/src/a.txt', 's3://cli-bucket/copy.txt'));
    const url = succeeded(await asJob('s3', 'presign', 's3://cli-bucket/copy.txt')).out.trim();
    const got = await fetch(url);
    assert.equal(got.status, 200);
    assert.equal(await got.text(), 'a\n');
    const tampered = await fetch(url.replace('copy.txt', 'src/a.txt'));
    assert.equal(tampered.status, 403);
    assert.match(await tampered.text(), /<Code>SignatureDoesNotMatch<\/Code>/);
    succeeded(await asJob('s3', 'rm', 's3://cli-bucket/copy.txt'));
    assert.equal((await asJob('s3', 'ls', 's3://cli-bucket/copy.txt')).code, 1);
  },
);

test('a file of 30 MB goes up in parts and comes back the same', { skip }, async () => {
  const bytes = randomBytes(30 * 1000 * 1000);
  const file = join(sojourn.data, 'large.bin');
  writeFileSync(file, bytes);
  succeeded(await asJob('s3', 'cp', file, 's3://cli-bucket/large.bin', '--no-progress'));
  const head = json(await asJob('s3api', 'head-object', '--bucket', 'cli-bucket', '--key', 'large.bin'));
  assert.equal(head['ContentLength'], bytes.length);
  assert.match(String(head['ETag']), /-4"$/);
  succeeded(await asJob('s3', 'cp', 's3://cli-bucket/large.bin', `${file}.back`, '--no-progress'));
  const sum = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
  assert.equal(sum(readFileSync(`${file}.back`)), sum(bytes));
  succeeded(await asJob('s3', 'rm', 's3://cli-bucket', '--recursive'));
  succeeded(await asJob('s3', 'rb', 's3://cli-bucket'));
});

test(
  'the audit log tells of each call, why the denied ones were denied, and holds no token or secret',
  { skip },
  async () => {
    const log = readFileSync(join(sojourn.data, 'audit.jsonl'), 'utf8');
    const events = log
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    const denied = events.find(
      (event) => event['eventName'] === 'AssumeRoleWithWebIdentity' && event['errorCode'] === 'AccessDenied',
    );
    assert.ok(denied);
    assert.match(JSON.stringify(denied), /refs\/heads\/feature/);
    assert.match(JSON.stringify(denied), /refs\/heads\/main/);
    assert.ok(
      events.some((event) => event['eventName'] === 'CreateRole' && event['errorCode'] === 'MalformedPolicyDocument'),
    );
    assert.doesNotMatch(log, /eyJ[A-Za-z0-9_-]{20}/, 'a token in the audit log');
    assert.ok(!log.includes(sojourn.secretAccessKey), 'the root secret in the audit log');
  },
);

function aws(...args: readonly string[]): Promise<Ran> {
  return run('aws', [...args, ...(args[0] === 's3' ? [] : ['--output', 'json'])], { env: sojourn.env });
}

async function asJob(...args: readonly string[]): Promise<Ran> {
  return asJobIn(sojourn.data, ...args);
}

async function asJobIn(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const tokenFile = join(sojourn.data, 'job-token');
  writeFileSync(tokenFile, await githubToken('refs/heads/main'));
  const config = join(sojourn.data, 'aws-config');
  writeFileSync(
    config,
    `[profile job]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${tokenFile}\nrole_session_name = cli-session\nregion = us-east-1\n`,
  );
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...rest } = sojourn.env;
  const env = { ...rest, AWS_CONFIG_FILE: config, AWS_PROFILE: 'job', LC_ALL: 'C.UTF-8', PYTHONUTF8: '1' };
  return run('aws', [...args, ...(args[0] === 's3' ? [] : ['--output', 'json'])], { env, cwd });
}

async function githubToken(ref: string): Promise<string> {
  const args = ['token', 'github', '--repository', 'my-org/my-repo', '--ref', ref, '--environment', 'production'];
  const minted = await run(SOJOURN, [...args, '--audience', 'sts.amazonaws.com', '--data', sojourn.data], {
    env: process.env,
  });
  return succeeded(minted).out.trim();
}

/** 254 by version 2 of the aws CLI, 255 by version 1. */
function refusedByService(ran: Ran): void {
  assert.ok(ran.code === 254 || ran.code === 255, `exit code ${ran.code}\n${ran.out}`);
}

function succeeded(ran: Ran): Ran {
  assert.equal(ran.code, 0, `${ran.out}\n${ran.err}`);
  return ran;
}

function json(ran: Ran): Record<string, unknown> {
  const value: unknown = JSON.parse(succeeded(ran).out);
  assert.ok(isRecord(value));
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
