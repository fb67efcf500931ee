/** Control policies made through the API, met by real decisions: S3, AssumeRole, TagSession, organization keys. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { AccountId } from '../../base/arn.ts';
import { ServiceError } from '../../base/service-error.ts';
import { assumeRole } from '../../federation/assume-role.ts';
import { authorize } from '../../federation/authorize.ts';
import type { Caller, SignedCaller } from '../../federation/caller.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import { ACCOUNT, callBy, newAccount, rootOf, ROOT, withOrganization } from './organizations-suite.ts';

type Organized = Awaited<ReturnType<typeof withOrganization>>;

const ANONYMOUS: Caller = { kind: 'anonymous' };

/** An organization with both types enabled, one member with a bucket, and a bucket of the management account. */
async function organized(context: TestContext): Promise<Organized & { readonly member: AccountId }> {
  const subject = await withOrganization(context);
  for (const PolicyType of ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const) {
    await subject.call('EnablePolicyType', { RootId: subject.rootId, PolicyType });
  }
  const member = await newAccount(subject, 'member');
  await subject.sojourn.state.write(async ({ buckets }) => {
    await buckets.put('members', bucket('members', member));
    await buckets.put('management', bucket('management', ACCOUNT));
  });
  return { ...subject, member };
}

function bucket(name: string, account: AccountId, policy?: string): Bucket {
  const rest = { region: 'us-east-1', createDate: 0, tags: [], versioning: undefined, configurations: {} };
  return { name, account, policy, ...rest };
}

async function attach(
  subject: Organized,
  Type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
  statement: object,
  TargetId = subject.rootId,
): Promise<string> {
  const Content = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const Name = `policy ${await subject.sojourn.state.organizationPolicies.count('')}`;
  const made = await subject.call('CreatePolicy', { Type, Name, Description: '', Content });
  const PolicyId = made.Policy?.PolicySummary?.Id ?? '';
  await subject.call('AttachPolicy', { PolicyId, TargetId });
  return PolicyId;
}

async function decide(subject: Organized, caller: Caller, action: string, resource: string): Promise<string> {
  const decision = await authorize({ action, resource }, callBy(caller, subject.sojourn));
  return decision.outcome === 'allow' ? 'allow' : `${decision.outcome} by ${decision.decidedBy}`;
}

test('a resource control policy binds root and the anonymous in member accounts, nobody in the management account', async (context) => {
  const subject = await organized(context);
  const { member, sojourn } = subject;
  const open = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::members/*' }],
  });
  await sojourn.state.write(({ buckets }) => buckets.put('members', bucket('members', member, open)));
  const get = (caller: Caller, name: string) => decide(subject, caller, 's3:GetObject', `arn:aws:s3:::${name}/k`);
  assert.equal(await get(rootOf(member), 'members'), 'allow');
  assert.equal(await get(ANONYMOUS, 'members'), 'allow');
  const policy = await attach(subject, 'RESOURCE_CONTROL_POLICY', {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: '*',
  });
  assert.equal(await get(rootOf(member), 'members'), 'explicitDeny by rcp');
  assert.equal(await get(ANONYMOUS, 'members'), 'explicitDeny by rcp');
  assert.equal(await get(ROOT, 'management'), 'allow');
  assert.equal(await decide(subject, rootOf(member), 's3:PutObject', 'arn:aws:s3:::members/k'), 'allow');
  await subject.call('DetachPolicy', { PolicyId: policy, TargetId: subject.rootId });
  assert.equal(await get(rootOf(member), 'members'), 'allow');
});

test('a service control policy binds the root of a member account, also where it only stops allowing', async (context) => {
  const subject = await organized(context);
  const { call, member, rootId } = subject;
  const put = (caller: Caller, name: string) => decide(subject, caller, 's3:PutObject', `arn:aws:s3:::${name}/k`);
  const reads = { Effect: 'Allow', Action: 's3:Get*', Resource: '*' };
  await attach(subject, 'SERVICE_CONTROL_POLICY', reads);
  assert.equal(await put(rootOf(member), 'members'), 'allow');
  await call('DetachPolicy', { PolicyId: 'p-FullAWSAccess', TargetId: rootId });
  assert.equal(await put(rootOf(member), 'members'), 'implicitDeny by scp');
  assert.equal(await decide(subject, rootOf(member), 's3:GetObject', 'arn:aws:s3:::members/k'), 'allow');
  assert.equal(await put(ROOT, 'management'), 'allow');
});

test('a policy of a unit binds from the moment an account is moved into it', async (context) => {
  const subject = await organized(context);
  const { call, member, rootId } = subject;
  const { OrganizationalUnit: unit } = await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'locked' });
  const denyAll = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
  await attach(subject, 'SERVICE_CONTROL_POLICY', denyAll, unit?.Id);
  const get = () => decide(subject, rootOf(member), 's3:GetObject', 'arn:aws:s3:::members/k');
  assert.equal(await get(), 'allow');
  const there = { AccountId: member, SourceParentId: rootId, DestinationParentId: unit?.Id ?? '' };
  await call('MoveAccount', there);
  assert.equal(await get(), 'explicitDeny by scp');
  await call('MoveAccount', { ...there, SourceParentId: there.DestinationParentId, DestinationParentId: rootId });
  assert.equal(await get(), 'allow');
});

test('aws:PrincipalOrgID and aws:ResourceOrgPaths are there for members, and gone when they leave', async (context) => {
  const subject = await organized(context);
  const { call, member, organizationId, rootId, sojourn } = subject;
  const ofOrganization = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::management/*',
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceOrgID': organizationId },
          'ForAnyValue:StringLike': {
            'aws:PrincipalOrgPaths': `${organizationId}/${rootId}/*`,
            'aws:ResourceOrgPaths': `${organizationId}/${rootId}/`,
          },
        },
      },
    ],
  });
  await sojourn.state.write(({ buckets }) => buckets.put('management', bucket('management', ACCOUNT, ofOrganization)));
  const get = (caller: Caller) => decide(subject, caller, 's3:GetObject', 'arn:aws:s3:::management/k');
  assert.equal(await get(rootOf(member)), 'allow');
  assert.equal(await get(ANONYMOUS), 'implicitDeny by resource');
  await call('RemoveAccountFromOrganization', { AccountId: member });
  assert.equal(await get(rootOf(member)), 'implicitDeny by resource');
});

test('AssumeRole and TagSession meet the resource control policies of the role’s account', async (context) => {
  const subject = await organized(context);
  const { iam, member, organizationId } = subject;
  await iam.call('CreateUser', { UserName: 'admin' });
  const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.call('AttachUserPolicy', { UserName: 'admin', PolicyArn: arn });
  const admin = await iam.userCaller('admin');
  assert.ok(admin.kind === 'user');
  await trustTagging(subject, member);
  const plain = () => enter(subject, member, admin, []);
  const tagged = () => enter(subject, member, admin, [{ Key: 'team', Value: 'x' }]);
  assert.equal(await plain(), 'assumed');
  assert.equal(await tagged(), 'assumed');

  const rcp = { Effect: 'Deny', Principal: '*', Resource: '*' };
  await attach(subject, 'RESOURCE_CONTROL_POLICY', { ...rcp, Action: 'sts:TagSession' });
  assert.equal(await plain(), 'assumed');
  assert.equal(await tagged(), 'AccessDenied by rcp on sts:TagSession');

  const outsiders = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId } };
  await attach(subject, 'RESOURCE_CONTROL_POLICY', { ...rcp, Action: 'sts:AssumeRole', Condition: outsiders });
  assert.equal(await plain(), 'assumed', 'the caller is of the organization');
  const others = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-another000' } };
  await attach(subject, 'RESOURCE_CONTROL_POLICY', { ...rcp, Action: 'sts:AssumeRole', Condition: others });
  assert.equal(await plain(), 'AccessDenied by rcp on sts:AssumeRole');
});

test('nobody enters a closed account', async (context) => {
  const subject = await organized(context);
  const { call, iam, member } = subject;
  await iam.call('CreateUser', { UserName: 'admin' });
  const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.call('AttachUserPolicy', { UserName: 'admin', PolicyArn: arn });
  const admin = await iam.userCaller('admin');
  assert.ok(admin.kind === 'user');
  assert.equal(await enter(subject, member, admin, []), 'assumed');
  await call('CloseAccount', { AccountId: member });
  assert.equal(await enter(subject, member, admin, []), 'AccessDenied by rcp on sts:AssumeRole');
  assert.equal(await decide(subject, rootOf(member), 'iam:ListRoles', '*'), 'explicitDeny by scp');
});

/** Lets the entry role be assumed with tags, which AWS's own trust policy of it does not. */
async function trustTagging({ sojourn }: Organized, member: AccountId): Promise<void> {
  const key = `${member}/organizationaccountaccessrole`;
  const role = await sojourn.state.roles.get(key);
  assert.ok(role !== undefined);
  const trustPolicy = role.trustPolicy.replace('"sts:AssumeRole"', '["sts:AssumeRole","sts:TagSession"]');
  await sojourn.state.write(({ roles }) => roles.put(key, { ...role, trustPolicy }));
}

async function enter(
  subject: Organized,
  member: AccountId,
  caller: SignedCaller,
  tags: readonly { readonly Key: string; readonly Value: string }[],
): Promise<string> {
  const request = {
    roleArn: `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`,
    roleSessionName: 'entry',
    policy: undefined,
    policyArns: [],
    durationSeconds: undefined,
    tags,
    transitiveTagKeys: [],
    externalId: undefined,
    sourceIdentity: undefined,
  };
  const facts = { ...callBy(caller, subject.sojourn), caller };
  try {
    await assumeRole(request, facts);
    return 'assumed';
  } catch (error) {
    const decision = facts.notes.decisions.at(-1);
    assert.ok(error instanceof ServiceError && decision !== undefined, String(error));
    return `${error.code} by ${decision.decidedBy} on ${decision.request.action}`;
  }
}
