/** `sojourn explain` as a person types it: what it says of a trust policy and of a recorded call, and its exit codes. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { callQuery, elementText, type ApiAnswer, type ApiClient } from '../../src/cli/api-client.ts';
import { run, type Ran } from './programs.ts';
import { SOJOURN, startSojourn } from './running-sojourn.ts';

const AFTER = resolve(import.meta.dirname, '..', '..', 'examples', 'trust-policies', 'after.json');
const JOB = ['--repository', 'my-org/my-repo', '--ref', 'refs/heads/main', '--environment', 'production'];
const ISSUER = 'token.actions.githubusercontent.com';
const SUBJECT = 'repo:my-org/my-repo:environment:production';
let directory: string;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'sojourn-explain-'));
});
after(() => rmSync(directory, { recursive: true, force: true }));

function sojourn(args: readonly string[], input?: string): Promise<Ran> {
  const env = { ...process.env, SOJOURN_DATA: join(directory, 'data') };
  return run(SOJOURN, args, { env, cwd: directory, ...(input !== undefined && { input }) });
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A policy that AWS would store: it tests the subject of the job, and what is asked besides. */
function trustPolicy(conditions: Conditions, more: object = {}): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::000000000000:oidc-provider/${ISSUER}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: { [`${ISSUER}:sub`]: 'repo:my-org/*' }, ...conditions },
    ...more,
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** Asks the policy for the job. */
function explainTrust(policy: string, ...args: string[]): Promise<Ran> {
  const claims = JSON.stringify({ iss: `https://${ISSUER}`, aud: 'sts.amazonaws.com', sub: SUBJECT });
  return sojourn(['explain', '--trust', '-', '--claims', claims, ...args], policy);
}

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
  const itself = await wrong('--trust', AFTER, '--token', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2VjcmV0c2ln');
  assert.match(itself, /--token takes a file, or - for standard input, not the token itself/);
  assert.doesNotMatch(itself, /eyJ|c2VjcmV0/);
  assert.match(await wrong('--trust', AFTER, '--claims', '{}'), /no issuer/);
  const asked = ['--trust', AFTER, '--claims', '{"iss":"https://x.example"}'];
  assert.match(await wrong(...asked, '--source-ip', '10.0.0.0/8'), /--source-ip '10\.0\.0\.0\/8' is not an IP address/);
  for (const time of ['yesterday', '1735689600', '2026-02-30T00:00:00Z', '2026-01-01']) {
    assert.match(await wrong(...asked, '--time', time), /is not a time of RFC 3339, such as 20/);
  }
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

test('explain asks with what every request carries, and the moment can be another', async () => {
  const always = trustPolicy({
    Bool: { 'aws:SecureTransport': 'true' },
    DateGreaterThan: { 'aws:CurrentTime': '2025-01-01T00:00:00Z', 'aws:EpochTime': '1735689600' },
  });
  const now = await explainTrust(always);
  assert.equal(now.code, 0, now.out + now.err);
  assert.doesNotMatch(now.out, /Not known here/);
  const before2025 = await explainTrust(always, '--time', '2024-12-31T23:59:59Z');
  assert.equal(before2025.code, 1);
  assert.match(before2025.out, /actual {4}"2024-12-31T23:59:59Z"/);
  const night = trustPolicy({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } });
  assert.equal((await explainTrust(night, '--time', '2026-01-01T00:30:00+01:00')).code, 0);
});

test('explain names the keys that it has no value for, and takes their values', async () => {
  const policy = trustPolicy({
    IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
    StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:UserAgent': 'ci/1' },
  });
  const bare = await explainTrust(policy);
  assert.equal(bare.code, 1);
  assert.match(bare.out, /^Not known here: aws:SourceIp; give it with --source-ip\.\n/);
  assert.match(bare.out, /\nNot known here: aws:RequestedRegion; give it with --region\.\n/);
  assert.match(bare.out, /\nNot known here: aws:UserAgent; give it with --user-agent\.\n\nDenied: /);
  assert.match(bare.out, /absent, because it is not known here/);
  assert.doesNotMatch(bare.out, /the request does not carry it|edit of a policy/);
  const json: Record<string, unknown> = JSON.parse((await explainTrust(policy, '--json', '--region', 'x')).out);
  assert.deepEqual(json['notKnown'], [
    { key: 'aws:SourceIp', advice: 'give it with --source-ip' },
    { key: 'aws:UserAgent', advice: 'give it with --user-agent' },
  ]);
  const known = ['--source-ip', '203.0.113.7', '--region', 'eu-west-1', '--user-agent', 'ci/1'];
  const told = await explainTrust(policy, ...known);
  assert.equal(told.code, 0, told.out);
  assert.doesNotMatch(told.out, /Not known here/);
  const elsewhere = await explainTrust(policy, ...known.with(1, '192.0.2.1'));
  assert.equal(elsewhere.code, 1);
  assert.match(elsewhere.out, /actual {4}"192\.0\.2\.1"/);
});

test('explain says what AWS would say to the policy, beside the decision', async () => {
  const lower = await explainTrust(trustPolicy({}, { Action: 'sts:assumerolewithwebidentity' }));
  assert.equal(lower.code, 0, lower.err);
  assert.match(
    lower.out,
    /^AWS would refuse to store this policy: AssumeRole policy may only specify STS AssumeRole actions\.\n\nAllowed: /,
  );
  const open = await explainTrust(trustPolicy({}, { Condition: {} }), '--json');
  assert.equal(open.code, 0, open.err);
  const answer: Record<string, unknown> = JSON.parse(open.out);
  assert.equal(answer['outcome'], 'allow');
  assert.match(String(answer['refusal']), /must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase/);
  const good: Record<string, unknown> = JSON.parse((await explainTrust(trustPolicy({}), '--json')).out);
  assert.ok(!('refusal' in good) && !('notKnown' in good));
});

test('explain places every problem of a file that is no policy', async () => {
  const file = join(directory, 'broken.json');
  writeFileSync(
    file,
    '{"Statement": [\n  {"Effect": "Allow"},\n  {"Effect": "Permit", "Action": "*", "Extra": 1}\n]}\n',
  );
  const broken = await sojourn(['explain', '--trust', file, '--claims', '{}']);
  assert.equal(broken.code, 2);
  assert.equal(broken.out, '');
  const [head = '', ...lines] = broken.err.trimEnd().split('\n');
  assert.equal(
    head,
    `sojourn explain: ${file} is not a policy; AWS would refuse to store it: Missing required field Action`,
  );
  assert.deepEqual(lines, [
    `  ${file}:2:3: The statement has neither Action nor NotAction.`,
    `  ${file}:3:14: Effect is "Allow" or "Deny".`,
    `  ${file}:3:39: There is no element "Extra" here.`,
  ]);
  const json = await sojourn(['explain', '--trust', file, '--claims', '{}', '--json']);
  assert.equal(json.code, 2);
  const answer: { readonly problems: readonly { readonly line: number }[]; readonly refusal: string } = JSON.parse(
    json.out,
  );
  assert.deepEqual(
    answer.problems.map(({ line }) => line),
    [2, 3, 3],
  );
  assert.equal(answer.refusal, 'Missing required field Action');
});

test('explain --role answers as the live call does, when it is told of the request', async () => {
  const data = join(directory, 'live');
  const running = await startSojourn({ data });
  try {
    const root: ApiClient = { endpoint: running.url, region: 'us-east-1', credentials: running };
    await callQuery(root, 'iam', 'CreateOpenIDConnectProvider', {
      Url: `https://${ISSUER}`,
      'ClientIDList.member.1': 'sts.amazonaws.com',
    });
    const token = await sojourn(['token', 'github', ...JOB, '--audience', 'sts.amazonaws.com', '--data', data]);
    const rows: readonly (readonly [name: string, conditions: Conditions, allowed: boolean])[] = [
      ['address', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, true],
      ['elsewhere', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, false],
      ['not-here', { NotIpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, false],
      ['region', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, true],
      ['agent', { StringEquals: { 'aws:UserAgent': 'node' } }, true],
      ['late', { DateGreaterThan: { 'aws:CurrentTime': '2125-01-01T00:00:00Z' } }, false],
      ['tagged', { StringEquals: { 'aws:ResourceTag/team': 'web', 'iam:ResourceTag/Team': 'web' } }, true],
    ];
    const known = ['--source-ip', '127.0.0.1', '--region', 'us-east-1', '--user-agent', 'node'];
    for (const [name, conditions, allowed] of rows) {
      const role = await callQuery(root, 'iam', 'CreateRole', {
        RoleName: name,
        AssumeRolePolicyDocument: trustPolicy(conditions),
        'Tags.member.1.Key': 'team',
        'Tags.member.1.Value': 'web',
      });
      const live: ApiAnswer = await callQuery({ ...root, credentials: undefined }, 'sts', 'AssumeRoleWithWebIdentity', {
        RoleArn: elementText(role, 'Arn') ?? '',
        RoleSessionName: 'job',
        WebIdentityToken: token.out.trim(),
      });
      assert.equal(live.status, allowed ? 200 : 403, `${name}: ${live.body}`);
      const args = ['explain', '--role', name, '--token', '-', '--endpoint', running.url];
      const asked = await run(SOJOURN, [...args, ...known], { env: running.env, input: token.out });
      assert.equal(asked.code, allowed ? 0 : 1, `${name}: ${asked.out}${asked.err}`);
      assert.doesNotMatch(asked.out, /Not known here/);
    }
    const args = ['explain', '--role', 'not-here', '--token', '-', '--endpoint', running.url];
    const bare = await run(SOJOURN, args, { env: running.env, input: token.out });
    // Without an address the negated operator holds: the answer is no true one, and says so.
    assert.equal(bare.code, 0);
    assert.match(bare.out, /^Not known here: aws:SourceIp; give it with --source-ip\.\n/);
  } finally {
    await running.stop();
  }
});
