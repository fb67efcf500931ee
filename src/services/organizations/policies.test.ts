/** Control policies as documents: what each type takes, their names, their sizes, AWS's own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, DENY_DELETION, DENY_READING, newAccount, rootOf, withOrganization } from './organizations-suite.ts';

const SCP = { Type: 'SERVICE_CONTROL_POLICY', Description: '', Content: DENY_DELETION } as const;
const RCP = { Type: 'RESOURCE_CONTROL_POLICY', Description: 'd', Content: DENY_READING } as const;
const REFUSED = {
  code: 'MalformedPolicyDocumentException',
  message: 'The provided policy document does not meet the requirements of the specified policy type.',
};

test('CreatePolicy works while the type is disabled and answers as AWS does', async (context) => {
  const { call, document, organizationId } = await withOrganization(context);
  const id = (await call('CreatePolicy', { ...RCP, Name: 'reading' })).Policy?.PolicySummary?.Id ?? '';
  assert.match(id, /^p-02[a-z0-9]{8}$/);
  assert.deepEqual(await document('DescribePolicy', { PolicyId: id }), {
    Policy: {
      PolicySummary: {
        Id: id,
        Arn: `arn:aws:organizations::${ACCOUNT}:policy/${organizationId}/resource_control_policy/${id}`,
        Name: 'reading',
        Description: 'd',
        Type: 'RESOURCE_CONTROL_POLICY',
        AwsManaged: false,
      },
      Content: DENY_READING,
    },
  });
});

test('each type refuses what its language does not have', async (context) => {
  const { refused, call } = await withOrganization(context);
  const rcp = (statement: object) => ({
    ...RCP,
    Name: 'x',
    Content: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });
  const good = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*' };
  await refused('CreatePolicy', rcp({ ...good, Effect: 'Allow' }), REFUSED);
  await refused('CreatePolicy', rcp({ ...good, Principal: { AWS: ACCOUNT } }), REFUSED);
  await refused('CreatePolicy', rcp({ ...good, Action: '*' }), REFUSED);
  await refused('CreatePolicy', rcp({ ...good, Action: 'iam:CreateRole' }), REFUSED);
  await refused('CreatePolicy', { ...SCP, Name: 'x', Content: DENY_READING }, REFUSED);
  await refused('CreatePolicy', { ...SCP, Name: 'x', Content: 'not JSON' }, REFUSED);
  await call('CreatePolicy', rcp(good));
  const unavailable = { code: 'PolicyTypeNotAvailableForOrganizationException' };
  await refused('CreatePolicy', { ...SCP, Name: 'x', Type: 'TAG_POLICY' }, unavailable);
});

test('sizes: 10,240 characters of a service, 5,120 of a resource control policy, not one more', async (context) => {
  const { call, refused } = await withOrganization(context);
  const padded = (document: string, length: number): string => document + ' '.repeat(length - document.length);
  const tooLong = {
    code: 'ConstraintViolationException',
    reason: 'POLICY_CONTENT_LIMIT_EXCEEDED',
    message: 'You have exceeded the maximum policy size.',
  };
  await call('CreatePolicy', { ...SCP, Name: 'scp', Content: padded(DENY_DELETION, 10_240) });
  await refused('CreatePolicy', { ...SCP, Name: 'scp2', Content: padded(DENY_DELETION, 10_241) }, tooLong);
  const made = await call('CreatePolicy', { ...RCP, Name: 'rcp', Content: padded(DENY_READING, 5_120) });
  await refused('CreatePolicy', { ...RCP, Name: 'rcp2', Content: padded(DENY_READING, 5_121) }, tooLong);
  const PolicyId = made.Policy?.PolicySummary?.Id ?? '';
  await refused('UpdatePolicy', { PolicyId, Content: padded(DENY_READING, 5_121) }, tooLong);
});

test('a name is taken within its type, AWS’s own names too', async (context) => {
  const { call, refused } = await withOrganization(context);
  const taken = { code: 'DuplicatePolicyException', message: 'A policy with the same name already exists.' };
  await call('CreatePolicy', { ...SCP, Name: 'guard' });
  await call('CreatePolicy', { ...RCP, Name: 'guard' });
  await refused('CreatePolicy', { ...SCP, Name: 'guard' }, taken);
  await refused('CreatePolicy', { ...SCP, Name: 'FullAWSAccess' }, taken);
  const PolicyId = (await call('CreatePolicy', { ...SCP, Name: 'other' })).Policy?.PolicySummary?.Id ?? '';
  await refused('UpdatePolicy', { PolicyId, Name: 'guard' }, taken);
  await call('UpdatePolicy', { PolicyId, Name: 'renamed' });
  await call('CreatePolicy', { ...SCP, Name: 'other' });
  await refused('CreatePolicy', { ...SCP, Name: 'renamed' }, taken);
});

test('UpdatePolicy changes what it names and refuses what CreatePolicy would', async (context) => {
  const { call, refused } = await withOrganization(context);
  const PolicyId = (await call('CreatePolicy', { ...RCP, Name: 'guard' })).Policy?.PolicySummary?.Id ?? '';
  const content = DENY_READING.replace('s3:GetObject', 's3:*');
  const updated = await call('UpdatePolicy', { PolicyId, Description: 'new', Content: content });
  assert.equal(updated.Policy?.Content, content);
  assert.equal(updated.Policy.PolicySummary?.Description, 'new');
  await refused('UpdatePolicy', { PolicyId, Content: DENY_DELETION }, REFUSED);
  assert.equal((await call('DescribePolicy', { PolicyId })).Policy?.Content, content);
});

test('UpdatePolicy answers what the policy is and what the call set; an empty description is none', async (context) => {
  const { call, document } = await withOrganization(context);
  const made = (await call('CreatePolicy', { ...SCP, Description: 'first', Name: 'guard' })).Policy?.PolicySummary;
  const PolicyId = made?.Id ?? '';
  const always = { Id: PolicyId, Arn: made?.Arn, Type: 'SERVICE_CONTROL_POLICY', AwsManaged: false };
  const answered = async (change: object): Promise<unknown> => document('UpdatePolicy', { PolicyId, ...change });
  const policy = (set: object) => ({ Policy: { PolicySummary: { ...always, ...set }, Content: DENY_DELETION } });
  assert.deepEqual(await answered({}), policy({}));
  assert.deepEqual(await answered({ Content: DENY_DELETION }), policy({}));
  assert.deepEqual(await answered({ Description: '' }), policy({ Description: '' }));
  assert.equal((await call('DescribePolicy', { PolicyId })).Policy?.PolicySummary?.Description, 'first');
  const both = { Name: ' ', Description: 'next' };
  assert.deepEqual(await answered(both), policy(both));
  assert.deepEqual(await document('DescribePolicy', { PolicyId }), policy(both));
});

test('a resource control policy is printed anew, a service control policy stays as it was sent', async (context) => {
  const { call } = await withOrganization(context);
  const kept = async (draft: typeof SCP | typeof RCP, Name: string, Content: string): Promise<string | undefined> =>
    (await call('CreatePolicy', { ...draft, Name, Content })).Policy?.Content;
  const old = '{ "Statement": { "Resource": "*", "Principal": {"AWS": "*"}, "Action": ["s3:*"], "Effect": "Deny" } }';
  const printed =
    '{"Version":"2008-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":["s3:*"],"Resource":"*"}]}';
  assert.equal(await kept(RCP, 'old', old), printed);
  const id = (await call('ListPolicies', { Filter: 'RESOURCE_CONTROL_POLICY' })).Policies?.[1]?.Id ?? '';
  assert.equal((await call('DescribePolicy', { PolicyId: id })).Policy?.Content, printed);
  const long =
    '{"Statement":[{"Sid":"A","Effect":"Deny","Principal":"*","NotResource":"*","Action":"s3:*"}],"Version":"2012-10-17"}';
  assert.equal(
    (await call('UpdatePolicy', { PolicyId: id, Content: long })).Policy?.Content,
    '{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Principal":"*","Action":"s3:*","NotResource":"*"}]}',
  );
  const digits =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*",' +
    '"Condition":{"NumericEquals":{"accounts.google.com:google/organization_number":12345678901234567890}}}]}';
  assert.equal(await kept(RCP, 'digits', digits), digits, 'a number keeps its digits');
  const scp = '{"Statement": {"Effect":"Allow", "Action":"*", "Resource":"*"}}';
  assert.equal(await kept(SCP, 'scp', scp), scp);
});

test('policies that do not exist, and AWS’s own, cannot be changed', async (context) => {
  const { call, refused } = await withOrganization(context);
  const absent = { code: 'PolicyNotFoundException', message: "You specified a policy that doesn't exist." };
  await refused('DescribePolicy', { PolicyId: 'p-abcdefgh' }, absent);
  await refused('UpdatePolicy', { PolicyId: 'p-abcdefgh', Name: 'x' }, absent);
  await refused('DeletePolicy', { PolicyId: 'p-abcdefgh' }, absent);
  await refused('ListTargetsForPolicy', { PolicyId: 'p-abcdefgh' }, absent);
  const pattern = { code: 'InvalidInputException', reason: 'INVALID_PATTERN:POLICY_ID' };
  await refused('DescribePolicy', { PolicyId: 'nonsense' }, pattern);
  const immutable = { code: 'InvalidInputException', reason: 'IMMUTABLE_POLICY' };
  await refused('UpdatePolicy', { PolicyId: 'p-FullAWSAccess', Name: 'x' }, immutable);
  await refused('DeletePolicy', { PolicyId: 'p-RCPFullAWSAccess' }, immutable);
  const own = await call('DescribePolicy', { PolicyId: 'p-FullAWSAccess' });
  assert.deepEqual(own.Policy?.PolicySummary, {
    Id: 'p-FullAWSAccess',
    Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
    Name: 'FullAWSAccess',
    Description: 'Allows access to every operation',
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: true,
  });
  const rcp = JSON.parse((await call('DescribePolicy', { PolicyId: 'p-RCPFullAWSAccess' })).Policy?.Content ?? '');
  assert.deepEqual(rcp.Statement, [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }]);
});

test('ListPolicies is of one type, AWS’s own first, in pages', async (context) => {
  const { call, refused } = await withOrganization(context);
  const made: string[] = [];
  for (let n = 0; n < 4; n++) {
    made.push((await call('CreatePolicy', { ...SCP, Name: `p${n}` })).Policy?.PolicySummary?.Id ?? '');
    await call('CreatePolicy', { ...RCP, Name: `p${n}` });
  }
  const pages: string[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await call('ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY', MaxResults: 1, NextToken });
    pages.push((page.Policies ?? []).map(({ Id }) => Id ?? ''));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  assert.deepEqual(pages, [['p-FullAWSAccess'], ...made.toSorted().map((id) => [id])]);
  assert.equal((await call('ListPolicies', { Filter: 'RESOURCE_CONTROL_POLICY' })).Policies?.length, 5);
  assert.deepEqual((await call('ListPolicies', { Filter: 'TAG_POLICY' })).Policies, []);
  // What the types do not let a caller write, a client may still send.
  const Filter: 'TAG_POLICY' = JSON.parse('"NO_SUCH_TYPE"');
  await refused('ListPolicies', { Filter }, { code: 'InvalidInputException', reason: 'INVALID_ENUM:FILTER' });
});

test('there is no effective policy, in AWS’s words for each way to ask', async (context) => {
  const subject = await withOrganization(context);
  const { refused, rootId } = subject;
  const member = await newAccount(subject, 'member');
  const PolicyType = 'TAG_POLICY';
  const none = {
    code: 'EffectivePolicyNotFoundException',
    message:
      'The specified policy type is not enabled. Enable that policy type on your organization root and then retry.',
  };
  await refused('DescribeEffectivePolicy', { PolicyType }, none);
  await refused('DescribeEffectivePolicy', { PolicyType, TargetId: member }, none);
  const unsupported = {
    code: 'InvalidInputException',
    reason: 'TARGET_NOT_SUPPORTED',
    message: 'You specified a target that is not currently supported.',
  };
  await refused('DescribeEffectivePolicy', { PolicyType, TargetId: rootId }, unsupported);
  const absent = { code: 'TargetNotFoundException', message: "You specified a target that doesn't exist." };
  await refused('DescribeEffectivePolicy', { PolicyType, TargetId: '999999999999' }, absent);

  await refused('DescribeEffectivePolicy', { PolicyType }, none, rootOf(member));
  await refused('DescribeEffectivePolicy', { PolicyType, TargetId: member }, none, rootOf(member));
  const denied = { code: 'AccessDeniedException' };
  await refused('DescribeEffectivePolicy', { PolicyType, TargetId: ACCOUNT }, denied, rootOf(member));
});

test('control policies have no effective form: the two types are refused with different reasons', async (context) => {
  const { refused } = await withOrganization(context);
  const asked = (type: string): { PolicyType: 'TAG_POLICY' } => JSON.parse(`{"PolicyType":"${type}"}`);
  await refused('DescribeEffectivePolicy', asked('SERVICE_CONTROL_POLICY'), {
    code: 'InvalidInputException',
    reason: 'INVALID_ENUM_POLICY_TYPE',
    message: 'You specified an invalid policy type.',
  });
  for (const type of ['RESOURCE_CONTROL_POLICY', 'wrong']) {
    await refused('DescribeEffectivePolicy', asked(type), {
      code: 'InvalidInputException',
      reason: 'INVALID_ENUM:POLICY_TYPE',
      message: 'You specified an invalid value.',
    });
  }
});
