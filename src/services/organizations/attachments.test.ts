/** Policy types switched on and off, and policies attached within AWS's bounds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, DENY_DELETION, DENY_READING, newAccount, withOrganization } from './organizations-suite.ts';
import type { OrganizationsUnderTest } from './organizations-suite.ts';

const SCP = 'SERVICE_CONTROL_POLICY';
const RCP = 'RESOURCE_CONTROL_POLICY';

async function newPolicy(
  subject: OrganizationsUnderTest,
  Type: typeof SCP | typeof RCP,
  Name: string,
): Promise<string> {
  const Content = Type === SCP ? DENY_DELETION : DENY_READING;
  const made = await subject.call('CreatePolicy', { Type, Name, Description: '', Content });
  return made.Policy?.PolicySummary?.Id ?? '';
}

async function attachedTo(subject: OrganizationsUnderTest, TargetId: string, Filter: typeof SCP | typeof RCP) {
  const { Policies } = await subject.call('ListPoliciesForTarget', { TargetId, Filter });
  return (Policies ?? []).map(({ Id }) => Id);
}

test('enabling a type gives AWS’s own policy to everything, now and later', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused, rootId } = subject;
  const early = await newAccount(subject, 'early');
  assert.deepEqual(await attachedTo(subject, early, RCP), []);
  const { Root } = await call('EnablePolicyType', { RootId: rootId, PolicyType: RCP });
  // Observed on AWS, September 2026: on its way in the answer, there for who asks then.
  assert.deepEqual(Root?.PolicyTypes, [{ Type: RCP, Status: 'PENDING_ENABLE' }]);
  const [listed] = (await call('ListRoots', {})).Roots ?? [];
  assert.deepEqual(listed?.PolicyTypes, [{ Type: RCP, Status: 'ENABLED' }]);
  const late = await newAccount(subject, 'late');
  const unit = (await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'u' })).OrganizationalUnit?.Id ?? '';
  for (const id of [rootId, ACCOUNT, early, late, unit]) {
    assert.deepEqual(await attachedTo(subject, id, RCP), ['p-RCPFullAWSAccess'], id);
    assert.deepEqual(await attachedTo(subject, id, SCP), [], id);
  }
  const targets = await call('ListTargetsForPolicy', { PolicyId: 'p-RCPFullAWSAccess' });
  assert.deepEqual(
    targets.Targets?.map(({ TargetId }) => TargetId).sort(),
    [rootId, ACCOUNT, early, late, unit].sort(),
  );
  const enabled = {
    code: 'PolicyTypeAlreadyEnabledException',
    message: 'The specified policy type is already enabled.',
  };
  await refused('EnablePolicyType', { RootId: rootId, PolicyType: RCP }, enabled);
  await refused('EnablePolicyType', { RootId: 'r-none', PolicyType: SCP }, { code: 'RootNotFoundException' });
  const unavailable = { code: 'PolicyTypeNotAvailableForOrganizationException' };
  await refused('EnablePolicyType', { RootId: rootId, PolicyType: 'TAG_POLICY' }, unavailable);
});

test('disabling a type detaches all of its policies, and only those', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused, rootId } = subject;
  const account = await newAccount(subject, 'member');
  const first = await call('EnablePolicyType', { RootId: rootId, PolicyType: SCP });
  assert.deepEqual(first.Root?.PolicyTypes, [{ Type: SCP, Status: 'ENABLED' }]);
  const second = await call('EnablePolicyType', { RootId: rootId, PolicyType: RCP });
  assert.deepEqual(
    second.Root?.PolicyTypes?.map(({ Type }) => Type),
    [RCP, SCP],
    'in order of their names',
  );
  const scp = await newPolicy(subject, SCP, 'guard');
  await call('AttachPolicy', { PolicyId: scp, TargetId: account });
  const { Root } = await call('DisablePolicyType', { RootId: rootId, PolicyType: SCP });
  assert.deepEqual(Root?.PolicyTypes, [{ Type: RCP, Status: 'ENABLED' }]);
  assert.deepEqual(await attachedTo(subject, account, SCP), []);
  assert.deepEqual(await attachedTo(subject, account, RCP), ['p-RCPFullAWSAccess']);
  assert.deepEqual((await call('ListTargetsForPolicy', { PolicyId: scp })).Targets, []);
  const disabled = {
    code: 'PolicyTypeNotEnabledException',
    message: 'This operation can be performed only for enabled policy types.',
  };
  await refused('DisablePolicyType', { RootId: rootId, PolicyType: SCP }, disabled);
  await refused('DisablePolicyType', { RootId: 'r-none', PolicyType: RCP }, { code: 'RootNotFoundException' });
  await refused('AttachPolicy', { PolicyId: scp, TargetId: account }, disabled);
  await call('EnablePolicyType', { RootId: rootId, PolicyType: SCP });
  assert.deepEqual(await attachedTo(subject, account, SCP), ['p-FullAWSAccess']);
});

test('a policy is attached once, known from both sides, and stays while it is attached', async (context) => {
  const subject = await withOrganization(context);
  const { call, document, refused, rootId, organizationId } = subject;
  await call('EnablePolicyType', { RootId: rootId, PolicyType: SCP });
  const PolicyId = await newPolicy(subject, SCP, 'guard');
  assert.deepEqual(await call('AttachPolicy', { PolicyId, TargetId: rootId }), {});
  assert.deepEqual(await attachedTo(subject, rootId, SCP), ['p-FullAWSAccess', PolicyId]);
  assert.deepEqual(await document('ListTargetsForPolicy', { PolicyId }), {
    Targets: [
      {
        TargetId: rootId,
        Arn: `arn:aws:organizations::${ACCOUNT}:root/${organizationId}/${rootId}`,
        Name: 'Root',
        Type: 'ROOT',
      },
    ],
  });
  const twice = {
    code: 'DuplicatePolicyAttachmentException',
    message: 'A policy with the specified name and type already exists.',
  };
  await refused('AttachPolicy', { PolicyId, TargetId: rootId }, twice);
  const inUse = { code: 'PolicyInUseException', message: 'The specified policy is in use and cannot be deleted.' };
  await refused('DeletePolicy', { PolicyId }, inUse);
  await call('DetachPolicy', { PolicyId, TargetId: rootId });
  await refused('DetachPolicy', { PolicyId, TargetId: rootId }, { code: 'PolicyNotAttachedException' });
  await call('DeletePolicy', { PolicyId });
  await refused('DescribePolicy', { PolicyId }, { code: 'PolicyNotFoundException' });
});

test('what does not exist is not attached or detached', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused, rootId } = subject;
  await call('EnablePolicyType', { RootId: rootId, PolicyType: SCP });
  const noTarget = { code: 'TargetNotFoundException', message: "You specified a target that doesn't exist." };
  const absent = { PolicyId: 'p-FullAWSAccess', TargetId: 'ou-abcd-12345678' };
  await refused('AttachPolicy', absent, noTarget);
  await refused('DetachPolicy', absent, noTarget);
  await refused('ListPoliciesForTarget', { TargetId: '999999999999', Filter: SCP }, noTarget);
  const noPolicy = { code: 'PolicyNotFoundException' };
  await refused('AttachPolicy', { PolicyId: 'p-abcdefgh', TargetId: rootId }, noPolicy);
  await refused('DetachPolicy', { PolicyId: 'p-abcdefgh', TargetId: rootId }, noPolicy);
});

test('one service control policy always stays, whichever it is; RCPFullAWSAccess always does', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused, rootId } = subject;
  await call('EnablePolicyType', { RootId: rootId, PolicyType: SCP });
  await call('EnablePolicyType', { RootId: rootId, PolicyType: RCP });
  const last = {
    code: 'ConstraintViolationException',
    reason: 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
    message:
      'You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.',
  };
  await refused('DetachPolicy', { PolicyId: 'p-FullAWSAccess', TargetId: rootId }, last);
  const PolicyId = await newPolicy(subject, SCP, 'guard');
  await call('AttachPolicy', { PolicyId, TargetId: rootId });
  await call('DetachPolicy', { PolicyId: 'p-FullAWSAccess', TargetId: rootId });
  await refused('DetachPolicy', { PolicyId, TargetId: rootId }, last);
  const rcp = await newPolicy(subject, RCP, 'guard');
  await call('AttachPolicy', { PolicyId: rcp, TargetId: rootId });
  const fixed = { code: 'InvalidInputException', reason: 'NON_DETACHABLE_POLICY' };
  await refused('DetachPolicy', { PolicyId: 'p-RCPFullAWSAccess', TargetId: rootId }, fixed);
  await call('DetachPolicy', { PolicyId: rcp, TargetId: rootId });
});

for (const [type, limit] of [
  [SCP, 10],
  [RCP, 5],
] as const) {
  test(`${limit} of ${type} on one target, AWS’s own among them, also when attached at once`, async (context) => {
    const subject = await withOrganization(context);
    const { call, rootId } = subject;
    await call('EnablePolicyType', { RootId: rootId, PolicyType: type });
    const ids: string[] = [];
    for (let n = 0; n < limit + 2; n++) ids.push(await newPolicy(subject, type, `guard-${n}`));
    const tries = await Promise.allSettled(ids.map((PolicyId) => call('AttachPolicy', { PolicyId, TargetId: rootId })));
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, limit - 1);
    assert.equal((await attachedTo(subject, rootId, type)).length, limit);
    await subject.refused(
      'AttachPolicy',
      { PolicyId: ids.at(-1) ?? '', TargetId: rootId },
      {
        code: 'ConstraintViolationException',
        reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
        message: 'You have attached the maximum number of policies to the specified target.',
      },
    );
  });
}

test('deleting a unit lets its policies go', async (context) => {
  const subject = await withOrganization(context);
  const { call, rootId } = subject;
  await call('EnablePolicyType', { RootId: rootId, PolicyType: SCP });
  const unit = (await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'u' })).OrganizationalUnit?.Id ?? '';
  const PolicyId = await newPolicy(subject, SCP, 'guard');
  await call('AttachPolicy', { PolicyId, TargetId: unit });
  await call('DeleteOrganizationalUnit', { OrganizationalUnitId: unit });
  assert.deepEqual((await call('ListTargetsForPolicy', { PolicyId })).Targets, []);
  await call('DeletePolicy', { PolicyId });
});
