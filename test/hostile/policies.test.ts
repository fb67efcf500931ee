/** Policy documents that are none, in every place that takes one: AWS's sentence, and nothing stored (reference aws-federation 8.5, 8.6; iam-policy-evaluation 13). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer } from './connection.ts';
import { ACCOUNT, assertUnharmed, call, refused, s3, startTarget, succeeded, text, type Target } from './target.ts';
import { ISSUER, TRUST, webIdentity, type WebIdentity } from './web-identity.ts';

const STORED = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'stored', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
});
let target: Target;
let identity: WebIdentity;

before(async () => {
  target = await startTarget();
  identity = await webIdentity(target);
  succeeded(
    await call(target, 'iam', 'PutRolePolicy', { RoleName: 'deploy', PolicyName: 'kept', PolicyDocument: STORED }),
  );
  succeeded(await call(target, 'iam', 'CreatePolicy', { PolicyName: 'managed', PolicyDocument: STORED }));
  succeeded(await s3(target, 'PUT', '/policies-bucket'));
});
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

function statement(changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...changes }],
  });
}

function trust(changes: Readonly<Record<string, unknown>>): string {
  const good = JSON.parse(TRUST).Statement[0];
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...good, ...changes }] });
}

type Write = (document: string) => Promise<Answer>;

/** Every call that stores an identity policy, two of them over something that is already there. */
const putOver: Write = (PolicyDocument) =>
  call(target, 'iam', 'PutRolePolicy', { RoleName: 'deploy', PolicyName: 'kept', PolicyDocument });
const putNew: Write = (PolicyDocument) =>
  call(target, 'iam', 'PutRolePolicy', { RoleName: 'deploy', PolicyName: 'new', PolicyDocument });
const createPolicy: Write = (PolicyDocument) =>
  call(target, 'iam', 'CreatePolicy', { PolicyName: 'new', PolicyDocument });
const createVersion: Write = (PolicyDocument) =>
  call(target, 'iam', 'CreatePolicyVersion', {
    PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/managed`,
    PolicyDocument,
    SetAsDefault: 'true',
  });
const WRITERS: readonly Write[] = [putOver, putNew, createPolicy, createVersion];

/** What was stored before is there as it was, and nothing else is. */
async function assertNothingStored(): Promise<void> {
  const kept = await call(target, 'iam', 'GetRolePolicy', { RoleName: 'deploy', PolicyName: 'kept' });
  assert.equal(decodeURIComponent(text(kept, 'PolicyDocument') ?? ''), STORED);
  const inline = succeeded(await call(target, 'iam', 'ListRolePolicies', { RoleName: 'deploy' }));
  assert.deepEqual(members(inline.body), ['kept', 's3']);
  const local = succeeded(await call(target, 'iam', 'ListPolicies', { Scope: 'Local' }));
  assert.deepEqual(
    [...local.body.matchAll(/<PolicyName>([^<]*)/g)].map(([, name]) => name),
    ['managed'],
  );
  const versions = succeeded(
    await call(target, 'iam', 'ListPolicyVersions', { PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/managed` }),
  );
  assert.equal(versions.body.split('<VersionId>').length - 1, 1);
}

function members(xml: string): readonly (string | undefined)[] {
  return [...xml.matchAll(/<member>([^<]*)<\/member>/g)].map(([, name]) => name).sort();
}

/** Over a list of documents, which no writer may take. */
async function refusedEverywhere(documents: readonly string[], message: string | RegExp): Promise<void> {
  for (const document of documents) {
    for (const write of WRITERS) refused(target, await write(document), 400, 'MalformedPolicyDocument', message);
  }
  await assertNothingStored();
}

test('identity policies that are no JSON, or no policy', () =>
  refusedEverywhere(
    [
      'x',
      '{',
      '{}x',
      '"text"',
      'null',
      '[]',
      '7',
      '{"Version":"2012-10-17","Statement":[',
      "{'Version':'2012-10-17'}",
      '{"Version":"2012-10-17","Statement":"text"}',
      '{"Version":"2012-10-17","Statement":7}',
      '{"Version":"2012-10-17","Statement":[null]}',
      '{"Version":"2012-10-17","Statement":[[]]}',
      '{"Version":"2012-10-17","Statement":["Allow"]}',
      '{"Version":7,"Statement":[]}',
      statement({ Effect: 'allow' }),
      statement({ Effect: 1 }),
      statement({ Effect: ['Allow'] }),
      statement({ Action: 7 }),
      statement({ Action: { a: 1 } }),
      statement({ Action: [['s3:GetObject']] }),
      statement({ Action: [null] }),
      statement({ Resource: true }),
      statement({ Resource: [{}] }),
      statement({ Sid: 7 }),
      statement({ Condition: 'text' }),
      statement({ Condition: [] }),
      statement({ Condition: { StringEquals: 'text' } }),
      statement({ Condition: { StringEquals: { 'aws:username': { a: 1 } } } }),
      statement({ Condition: { StringEquals: { 'aws:username': [['x']] } } }),
      statement({ Condition: { NoSuchOperator: { 'aws:username': 'x' } } }),
      statement({ Condition: { __proto__: null, constructor: { 'aws:username': 'x' } } }),
      statement({ Unknown: 1 }),
      statement({ NotAction: 's3:PutObject' }),
    ],
    /./,
  ));

test('identity policies with a fault that AWS names', async () => {
  const rows: readonly (readonly [string, string])[] = [
    ['{', 'Syntax errors in policy.'],
    [statement({ Condition: { NoSuchOperator: { a: 'x' } } }), 'Syntax errors in policy.'],
    [
      JSON.stringify({ ...JSON.parse(STORED), Version: '2008-10-17' }),
      'Policy document must be version 2012-10-17 or greater.',
    ],
    [statement({ Action: undefined }), 'Policy statement must contain actions.'],
    [statement({ Resource: undefined }), 'Policy statement must contain resources.'],
    [statement({ Action: 'GetObject' }), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
    [statement({ Action: 's3:Get:Object' }), 'Actions/Condition can contain only one colon.'],
    [statement({ Action: 's 3:GetObject' }), 'Vendor s 3 is not valid'],
    [statement({ Resource: 'bucket' }), 'Resource bucket must be in ARN format or "*".'],
    [
      statement({ Resource: 'arn:aws:s3:us-east-1::b' }),
      'Resource arn:aws:s3:us-east-1::b can not contain region information.',
    ],
    [
      statement({ Resource: 'arn:nowhere:s3:::b' }),
      'Partition "nowhere" is not valid for resource "arn:nowhere:s3:::b".',
    ],
    [statement({ Principal: '*' }), 'Policy document should not specify a principal.'],
    [
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [JSON.parse(statement({ Sid: 'a' })).Statement[0], JSON.parse(statement({ Sid: 'a' })).Statement[0]],
      }),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
  ];
  for (const [document, message] of rows) await refusedEverywhere([document], message);
});

test('documents made to be deep, long or wide', async () => {
  const deep = `{"Version":"2012-10-17","Statement":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  const nested = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const started = performance.now();
  await refusedEverywhere([deep, nested, '['.repeat(131_072), `"${'\\'.repeat(100_000)}`], 'Syntax errors in policy.');
  assert.ok(performance.now() - started < 10_000);
  const over = statement({ Sid: 'x'.repeat(131_072) });
  for (const write of WRITERS) {
    const answer = await write(over);
    refused(
      target,
      answer,
      400,
      'ValidationError',
      /at 'policyDocument' failed .*Member must have length less than or equal to 131072/,
    );
    assert.ok(answer.body.length < 16_384, `${answer.body.length} characters`);
  }
  for (const write of WRITERS) {
    refused(
      target,
      await write(''),
      400,
      'ValidationError',
      /at 'policyDocument' failed .*Member must have length greater than or equal to 1/,
    );
  }
  await assertNothingStored();
});

test('quotas: what is well-formed and too long is LimitExceeded', async () => {
  const long = (characters: number): string => {
    const short = statement({ Resource: 'arn:aws:s3:::' }).length;
    return statement({ Resource: `arn:aws:s3:::${'x'.repeat(characters - short)}` });
  };
  refused(target, await putOver(long(10_241)), 409, 'LimitExceeded', /10240/);
  refused(target, await createPolicy(long(6_145)), 409, 'LimitExceeded', /6144/);
  const trustful = trust({ Sid: 'x'.repeat(4_100) });
  refused(
    target,
    await call(target, 'iam', 'UpdateAssumeRolePolicy', { RoleName: 'deploy', PolicyDocument: trustful }),
    409,
    'LimitExceeded',
    /ACLSizePerRole/,
  );
  await assertNothingStored();
});

test('characters that a document cannot have', async () => {
  for (const character of ['\u0000', '\u0007', '\u0100', '\u2028', '\ud83d\ude00', '\ufffd']) {
    for (const write of WRITERS) {
      const answer = await write(
        statement({ Sid: `a${character}b` })
          .replaceAll('\\u0000', '\u0000')
          .replaceAll('\\u0007', '\u0007'),
      );
      refused(
        target,
        answer,
        400,
        'ValidationError',
        /at 'policyDocument' failed to satisfy constraint: Member must satisfy regular expression pattern/,
      );
    }
  }
  await assertNothingStored();
});

test('trust policies: every fault, and the one that was there stays', async () => {
  const rows: readonly (readonly [string, string | RegExp])[] = [
    ['x', 'This policy contains invalid Json'],
    ['{"Version":"2012-10-17"', 'This policy contains invalid Json'],
    [trust({ Principal: undefined }), /Missing required field Principal/],
    [trust({ Action: undefined }), /Missing required field Action/],
    [trust({ Effect: undefined }), /Missing required field Effect/],
    [trust({ Effect: 'Perhaps' }), /./],
    [trust({ Resource: '*' }), /Has prohibited field Resource/],
    [trust({ Action: 's3:GetObject' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    [trust({ Action: 'sts:*' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    [trust({ Principal: { Federated: '' } }), 'Federated principals must be valid domain names or SAML metadata ARNs'],
    [
      trust({ Principal: { Federated: 'arn:aws:iam//oidc' } }),
      'Federated principals must be valid domain names or SAML metadata ARNs',
    ],
    [
      trust({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/nobody` } }),
      `Invalid principal in policy: "AWS":"arn:aws:iam::${ACCOUNT}:role/nobody"`,
    ],
    [trust({ Principal: { Federated: 7 } }), /./],
    [trust({ Principal: { Unknown: 'x' } }), /./],
    [trust({ Principal: 'text' }), /./],
    [trust({ Principal: [] }), /./],
    [
      trust({ Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } } }),
      /^Trust policy with trusted principal .* must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, token\.actions\.githubusercontent\.com:sub or /,
    ],
    [trust({ Condition: { StringLike: { [`${ISSUER}:sub`]: '*' } } }), /which is not scoped to all\.$/],
    ['['.repeat(2_000), 'This policy contains invalid Json'],
  ];
  for (const [document, message] of rows) {
    const update = await call(target, 'iam', 'UpdateAssumeRolePolicy', {
      RoleName: 'deploy',
      PolicyDocument: document,
    });
    refused(target, update, 400, 'MalformedPolicyDocument', message);
    const create = await call(target, 'iam', 'CreateRole', { RoleName: 'half', AssumeRolePolicyDocument: document });
    refused(target, create, 400, 'MalformedPolicyDocument', message);
  }
  const role = succeeded(await call(target, 'iam', 'GetRole', { RoleName: 'deploy' }));
  assert.equal(decodeURIComponent(text(role, 'AssumeRolePolicyDocument') ?? ''), TRUST);
  refused(
    target,
    await call(target, 'iam', 'GetRole', { RoleName: 'half' }),
    404,
    'NoSuchEntity',
    'The role with name half cannot be found.',
  );
});

test('repeated members of a document never widen it', async () => {
  const twice =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
  const answer = await putNew(twice);
  refused(target, answer, 400, 'MalformedPolicyDocument', /./);
  await assertNothingStored();
});

test('session policies are refused before credentials are made', async () => {
  for (const Policy of [
    'x',
    '{}',
    'null',
    '['.repeat(2_000),
    statement({ Effect: 1 }),
    statement({ Action: [], Resource: 7 }),
  ]) {
    const answer = await identity.assume(identity.token(), { Policy });
    refused(target, answer, 400, 'MalformedPolicyDocument', /./);
    assert.doesNotMatch(answer.body, /SecretAccessKey/);
  }
  const long = await identity.assume(identity.token(), { Policy: statement({ Sid: 'x'.repeat(2_048) }) });
  refused(target, long, 400, 'ValidationError', /Member must have length less than or equal to 2048/);
  const unknown = await identity.assume(identity.token(), {
    'PolicyArns.member.1.arn': `arn:aws:iam::${ACCOUNT}:policy/nothing`,
  });
  refused(target, unknown, 400, 'ValidationError', /nothing/);
});

test('bucket policies: garbage, other buckets, wrong types; none is stored', async () => {
  const bucketPolicy = (changes: Readonly<Record<string, unknown>>): string =>
    statement({ Principal: { AWS: ACCOUNT }, Resource: 'arn:aws:s3:::policies-bucket/*', ...changes });
  const bad = [
    'x',
    '{}',
    'null',
    '[]',
    '['.repeat(19_000),
    bucketPolicy({ Principal: undefined }),
    bucketPolicy({ Principal: 'text' }),
    bucketPolicy({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/nobody` } }),
    bucketPolicy({ Resource: 'arn:aws:s3:::another-bucket/*' }),
    bucketPolicy({ Action: 'iam:CreateRole' }),
    bucketPolicy({ Effect: 'x' }),
    bucketPolicy({ Condition: { NoSuchOperator: { 'aws:username': 'x' } } }),
    '\ufeff{',
  ];
  for (const body of bad) {
    refused(target, await s3(target, 'PUT', '/policies-bucket?policy', { body }), 400, 'MalformedPolicy', /./);
  }
  const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
  assert.equal((await s3(target, 'PUT', '/policies-bucket?policy', { body: bytes })).status, 400);
  refused(
    target,
    await s3(target, 'PUT', '/policies-bucket?policy', { body: bucketPolicy({ Sid: 'x'.repeat(21_000) }) }),
    400,
    'MalformedPolicy',
    /./,
  );
  refused(target, await s3(target, 'GET', '/policies-bucket?policy'), 404, 'NoSuchBucketPolicy', /./);
  succeeded(await s3(target, 'PUT', '/policies-bucket?policy', { body: bucketPolicy({}) }));
});
