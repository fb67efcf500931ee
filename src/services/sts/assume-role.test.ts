import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { elementText, type ApiAnswer } from '../../cli/api-client.ts';
import type { SigningCredentials } from '../../credentials/signature-v4/sign-request.ts';
import { ACCOUNT, credentialsIn, openSts, refused, trustsJob, type StsUnderTest } from './sts-suite.ts';

let sts: StsUnderTest;
let alice: SigningCredentials;
const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`;

before(async () => {
  sts = await openSts();
  alice = await sts.user('alice');
});
after(() => sts.dispose());

function assume(by: SigningCredentials, role: string, more: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
  return sts.call('sts', 'AssumeRole', { RoleArn: role, RoleSessionName: 'session', ...more }, by);
}

function trusts(principal: string | object, ...more: readonly string[]): object {
  return {
    Effect: 'Allow',
    Principal: typeof principal === 'string' ? { AWS: principal } : principal,
    Action: ['sts:AssumeRole', ...more],
  };
}

function notAuthorized(answer: ApiAnswer, who: string, role: string, action = 'sts:AssumeRole'): void {
  refused(answer, 403, 'AccessDenied', `User: ${who} is not authorized to perform: ${action} on resource: ${role}`);
}

test('a role that names the user lets it in without a policy of its own; PackedPolicySize is left out', async () => {
  const role = await sts.role('named', [trusts(ALICE)]);
  const answer = await assume(alice, role);
  assert.equal(elementText(answer, 'Arn'), `arn:aws:sts::${ACCOUNT}:assumed-role/named/session`);
  assert.equal(elementText(answer, 'PackedPolicySize'), undefined);
  const bob = await sts.user('bob');
  notAuthorized(await assume(bob, role), `arn:aws:iam::${ACCOUNT}:user/bob`, role);
});

test('a role that names the account needs an allow of the user’s own policies', async () => {
  const role = await sts.role('account-wide', [trusts(`arn:aws:iam::${ACCOUNT}:root`)]);
  notAuthorized(await assume(alice, role), ALICE, role);
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role }],
  });
  await sts.asRoot('iam', 'PutUserPolicy', { UserName: 'alice', PolicyName: 'assume', PolicyDocument: document });
  assert.equal((await assume(alice, role)).status, 200);
});

test('a role that does not exist and one whose external id does not match sound alike; an ARN of nothing is invalid', async () => {
  const missing = `arn:aws:iam::${ACCOUNT}:role/missing`;
  notAuthorized(await assume(alice, missing), ALICE, missing);
  const role = await sts.role('external', [
    { ...trusts(ALICE), Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } },
  ]);
  notAuthorized(await assume(alice, role), ALICE, role);
  notAuthorized(await assume(alice, role, { ExternalId: 'guess' }), ALICE, role);
  assert.equal((await assume(alice, role, { ExternalId: 'secret' })).status, 200);
  const nothing = 'nothing-valid-in-here';
  refused(await assume(alice, nothing), 400, 'ValidationError', 'nothing-valid-in-here is invalid');
});

test('root may assume no role', async () => {
  const role = await sts.role('for-root', [trusts(`arn:aws:iam::${ACCOUNT}:root`)]);
  refused(await assume(sts.root, role), 403, 'AccessDenied', 'Roles may not be assumed by root accounts.');
});

test('a chained session lives one hour at most, whatever the role allows', async () => {
  const first = await sts.role('first', [trusts(ALICE)]);
  const second = await sts.role('second', [trusts(first)], { MaxSessionDuration: '43200' });
  const session = credentialsIn(await assume(alice, first));
  refused(
    await assume(session, second, { DurationSeconds: '3601' }),
    400,
    'ValidationError',
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  );
  assert.equal((await assume(session, second, { DurationSeconds: '3600' })).status, 200);
});

test('tags need sts:TagSession; transitive ones go on through a chain and cannot be set again', async () => {
  const plain = await sts.role('untagged', [trusts(ALICE)]);
  const tags = { 'Tags.member.1.Key': 'Team', 'Tags.member.1.Value': 'a', 'TransitiveTagKeys.member.1': 'Team' };
  notAuthorized(await assume(alice, plain, tags), ALICE, plain, 'sts:TagSession');
  const tagging = await sts.role('tagging', [trusts(ALICE, 'sts:TagSession')]);
  const next = await sts.role('next', [
    {
      ...trusts(tagging, 'sts:TagSession'),
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a', 'aws:RequestTag/Team': 'a' } },
    },
  ]);
  const answer = await assume(alice, tagging, tags);
  assert.ok(Number(elementText(answer, 'PackedPolicySize')) > 0);
  const session = credentialsIn(answer);
  assert.equal((await assume(session, next)).status, 200);
  refused(
    await assume(session, next, { 'Tags.member.1.Key': 'TEAM', 'Tags.member.1.Value': 'b' }),
    400,
    'InvalidParameterValue',
    "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
  );
});

test('tag faults in AWS’s words', async () => {
  const role = await sts.role('faults', [trusts(ALICE, 'sts:TagSession')]);
  const twice = {
    'Tags.member.1.Key': 'k',
    'Tags.member.1.Value': '1',
    'Tags.member.2.Key': 'K',
    'Tags.member.2.Value': '2',
  };
  refused(
    await assume(alice, role, twice),
    400,
    'InvalidParameterValue',
    'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  );
  refused(
    await assume(alice, role, { 'TransitiveTagKeys.member.1': 'none' }),
    400,
    'InvalidParameterValue',
    'The specified transitive tag key must be included in the requested tags.',
  );
});

test('a source identity is set once, needs its action, and stays through the chain', async () => {
  const plain = await sts.role('no-identity', [trusts(ALICE)]);
  notAuthorized(await assume(alice, plain, { SourceIdentity: 'alice' }), ALICE, plain, 'sts:SetSourceIdentity');
  const first = await sts.role('identity-1', [trusts(ALICE, 'sts:SetSourceIdentity')]);
  const second = await sts.role('identity-2', [trusts(first, 'sts:SetSourceIdentity')]);
  const strict = await sts.role('identity-3', [trusts(first)]);
  const answer = await assume(alice, first, { SourceIdentity: 'alice' });
  assert.equal(elementText(answer, 'SourceIdentity'), 'alice');
  const session = credentialsIn(answer);
  assert.equal(elementText(await assume(session, second), 'SourceIdentity'), 'alice');
  const who = `arn:aws:sts::${ACCOUNT}:assumed-role/identity-1/session`;
  notAuthorized(await assume(session, strict), who, strict, 'sts:SetSourceIdentity');
  refused(
    await assume(session, second, { SourceIdentity: 'mallory' }),
    400,
    'ValidationError',
    'The source identity is already set for this assume role session',
  );
});

test('an explicit deny in the user’s own policies wins over a role that names it; a boundary does not limit a direct grant', async () => {
  const role = await sts.role('denied', [trusts(ALICE)]);
  const deny = (effect: string): Promise<unknown> =>
    sts.asRoot('iam', 'PutUserPolicy', {
      UserName: 'alice',
      PolicyName: 'deny',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: effect, Action: 'sts:AssumeRole', Resource: role }],
      }),
    });
  await deny('Deny');
  notAuthorized(await assume(alice, role), ALICE, `${role} with an explicit deny in an identity-based policy`);
  await deny('Allow');
  assert.equal((await assume(alice, role)).status, 200);
});

test('a job’s session assumes a second role when that role trusts the first', async () => {
  const job = await sts.role('job', [trustsJob()]);
  const deploy = await sts.role('deploy', [trusts(job)]);
  const session = credentialsIn(await sts.federate(job, sts.token()));
  assert.equal(
    elementText(await assume(session, deploy), 'Arn'),
    `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/session`,
  );
  const stranger = await sts.role('stranger', [trusts(ALICE)]);
  notAuthorized(await assume(session, stranger), `arn:aws:sts::${ACCOUNT}:assumed-role/job/job`, stranger);
});
