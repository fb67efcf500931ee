/** An organization itself: made once, seen by its members, deleted when it is empty. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, newAccount, NOW, openOrganizations, rootOf, withOrganization } from './organizations-suite.ts';

test('an account outside an organization hears so from every call', async (context) => {
  const { refused } = await openOrganizations(context);
  const message = 'Your account is not a member of an organization.';
  await refused('DescribeOrganization', {}, { code: 'AWSOrganizationsNotInUseException', message });
  await refused('ListRoots', {}, { code: 'AWSOrganizationsNotInUseException', message });
  await refused('DeleteOrganization', {}, { code: 'AWSOrganizationsNotInUseException', message });
});

test('CreateOrganization answers as AWS does, in its forms of ids and ARNs', async (context) => {
  const { document, call } = await openOrganizations(context);
  const made = await document('CreateOrganization', {});
  const { Organization } = await call('DescribeOrganization', {});
  const id = Organization?.Id ?? '';
  assert.match(id, /^o-[a-z0-9]{10}$/);
  assert.deepEqual(made, {
    Organization: {
      Id: id,
      Arn: `arn:aws:organizations::${ACCOUNT}:organization/${id}`,
      FeatureSet: 'ALL',
      MasterAccountArn: `arn:aws:organizations::${ACCOUNT}:account/${id}/${ACCOUNT}`,
      MasterAccountId: ACCOUNT,
      MasterAccountEmail: 'management@sojourn.invalid',
      AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
    },
  });
  const roots = await document('ListRoots', {});
  const rootId = (await call('ListRoots', {})).Roots?.[0]?.Id ?? '';
  assert.match(rootId, /^r-[a-z0-9]{4}$/);
  assert.deepEqual(roots, {
    Roots: [
      { Id: rootId, Arn: `arn:aws:organizations::${ACCOUNT}:root/${id}/${rootId}`, Name: 'Root', PolicyTypes: [] },
    ],
  });
});

test('an account is in one organization: of fifty that create one at once, one does', async (context) => {
  const { call, sojourn } = await openOrganizations(context);
  const tries = await Promise.allSettled(Array.from({ length: 50 }, () => call('CreateOrganization', {})));
  const refusals = tries.flatMap((made) => (made.status === 'rejected' ? [String(made.reason)] : []));
  assert.equal(refusals.length, 49);
  for (const refusal of refusals) assert.match(refusal, /already a member of an organization/);
  assert.equal(await sojourn.state.organizations.count(''), 1);
});

test('members describe their organization, manage nothing of it, and make no other', async (context) => {
  const subject = await withOrganization(context);
  const member = rootOf(await newAccount(subject, 'member'));
  assert.equal((await subject.call('DescribeOrganization', {}, member)).Organization?.Id, subject.organizationId);
  const denied = { code: 'AccessDeniedException', message: "You don't have permissions to access this resource." };
  await subject.refused('ListAccounts', {}, denied, member);
  await subject.refused('DeleteOrganization', {}, denied, member);
  await subject.refused('EnableAllFeatures', {}, denied, member);
  await subject.refused('CreateAccount', { Email: 'a@b.cd', AccountName: 'x' }, denied, member);
  await subject.refused('CreateOrganization', {}, { code: 'AlreadyInOrganizationException' }, member);
});

test('consolidated billing has no policies', async (context) => {
  const { call, refused } = await openOrganizations(context);
  const { Organization } = await call('CreateOrganization', { FeatureSet: 'CONSOLIDATED_BILLING' });
  assert.deepEqual(Organization?.AvailablePolicyTypes, []);
  const rootId = (await call('ListRoots', {})).Roots?.[0]?.Id ?? '';
  const unavailable = { code: 'PolicyTypeNotAvailableForOrganizationException' };
  await refused('EnablePolicyType', { RootId: rootId, PolicyType: 'SERVICE_CONTROL_POLICY' }, unavailable);
});

test('EnableAllFeatures gives an organization of consolidated billing its policies, once', async (context) => {
  const { call, refused } = await openOrganizations(context);
  const id = (await call('CreateOrganization', { FeatureSet: 'CONSOLIDATED_BILLING' })).Organization?.Id ?? '';
  const { Handshake } = await call('EnableAllFeatures', {});
  assert.match(Handshake?.Id ?? '', /^h-[0-9a-z]{10}$/);
  assert.equal(
    Handshake?.Arn,
    `arn:aws:organizations::${ACCOUNT}:handshake/${id}/enable_all_features/${Handshake?.Id}`,
  );
  assert.equal(Handshake.State, 'ACCEPTED');
  assert.equal((await call('DescribeOrganization', {})).Organization?.FeatureSet, 'ALL');
  const rootId = (await call('ListRoots', {})).Roots?.[0]?.Id ?? '';
  await call('EnablePolicyType', { RootId: rootId, PolicyType: 'SERVICE_CONTROL_POLICY' });
  const already = {
    code: 'HandshakeConstraintViolationException',
    reason: 'ORGANIZATION_ALREADY_HAS_ALL_FEATURES',
    message: 'All features are already enabled on this organization.',
  };
  await refused('EnableAllFeatures', {}, already);
});

test('an organization is opened to AWS services, which are listed by name until it is closed to them', async (context) => {
  const { call, document, refused } = await withOrganization(context);
  const listed = () => document('ListAWSServiceAccessForOrganization', {});
  assert.deepEqual(await listed(), { EnabledServicePrincipals: [] });
  for (const service of ['sso', 'cloudtrail', 'sso']) {
    await call('EnableAWSServiceAccess', { ServicePrincipal: `${service}.amazonaws.com` });
  }
  const entry = (service: string) => ({ ServicePrincipal: `${service}.amazonaws.com`, DateEnabled: NOW / 1000 });
  assert.deepEqual(await listed(), { EnabledServicePrincipals: [entry('cloudtrail'), entry('sso')] });
  const [page] = (await call('ListAWSServiceAccessForOrganization', { MaxResults: 1 })).EnabledServicePrincipals ?? [];
  assert.equal(page?.ServicePrincipal, 'cloudtrail.amazonaws.com');
  for (let n = 0; n < 2; n++) await call('DisableAWSServiceAccess', { ServicePrincipal: 'cloudtrail.amazonaws.com' });
  assert.deepEqual(await listed(), { EnabledServicePrincipals: [entry('sso')] });
  const unknown = { code: 'InvalidInputException', reason: 'UNRECOGNIZED_SERVICE_PRINCIPAL' };
  await refused('EnableAWSServiceAccess', { ServicePrincipal: 'example.com' }, unknown);
});

test('there are not more names of services than AWS may have services', async (context) => {
  const { call, refused } = await withOrganization(context);
  for (let n = 0; n < 500; n++) await call('EnableAWSServiceAccess', { ServicePrincipal: `s${n}.amazonaws.com` });
  const unknown = { code: 'InvalidInputException', reason: 'UNRECOGNIZED_SERVICE_PRINCIPAL' };
  await refused('EnableAWSServiceAccess', { ServicePrincipal: 'one-more.amazonaws.com' }, unknown);
});

test('DeleteOrganization waits for the last member, then leaves no record behind', async (context) => {
  const subject = await withOrganization(context);
  const { call, refused, rootId, sojourn } = subject;
  await call('EnablePolicyType', { RootId: rootId, PolicyType: 'RESOURCE_CONTROL_POLICY' });
  await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'unit' });
  const account = await newAccount(subject, 'member');
  await refused(
    'DeleteOrganization',
    {},
    {
      code: 'OrganizationNotEmptyException',
      message: 'To delete an organization you must first remove all member accounts (except the master).',
    },
  );
  await call('RemoveAccountFromOrganization', { AccountId: account });
  await call('DeleteOrganization', {});
  const { state } = sojourn;
  const left = await Promise.all([
    state.organizations.count(''),
    state.organizationMembers.count(''),
    state.organizationAccounts.count(''),
    state.organizationalUnits.count(''),
    state.organizationChildren.count(''),
    state.organizationPolicies.count(''),
    state.organizationPolicyNames.count(''),
    state.organizationPolicyTargets.count(''),
    state.accountCreations.count(''),
  ]);
  assert.deepEqual(
    left,
    left.map(() => 0),
  );
  assert.match((await call('CreateOrganization', {})).Organization?.Id ?? '', /^o-/);
});
