/** What an organization says about a call: levels of policies, condition keys, and when they are read again. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { formatArn, parseAccountId, type AccountId } from '../base/arn.ts';
import { requestContext } from '../policy/context.ts';
import { isAllowed } from '../policy/evaluate.ts';
import { PolicyCache } from '../policy/policy-cache.ts';
import type {
  Organization,
  OrganizationAccount,
  OrganizationPolicy,
  OrganizationPolicyType,
} from '../storage/state/organization-records.ts';
import { openSqliteState } from '../storage/state/sqlite/sqlite-state.ts';
import type { State } from '../storage/state/state.ts';
import { membershipOf, type PolicyLevels } from './organization-membership.ts';
import { organizationSide } from './organization-side.ts';

const MANAGEMENT = accountId('111111111111');
const MEMBER = accountId('222222222222');
const OUTSIDER = accountId('333333333333');
const ORGANIZATION: Organization = {
  id: 'o-aaaaaaaaaa',
  featureSet: 'ALL',
  managementAccount: MANAGEMENT,
  managementEmail: 'm@example.com',
  createDate: 0,
  root: {
    id: 'r-aaaa',
    enabledPolicyTypes: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
    policies: ['p-FullAWSAccess', 'p-RCPFullAWSAccess'],
    tags: [],
  },
};
const PATH = 'o-aaaaaaaaaa/r-aaaa/ou-aaaa-11111111/ou-aaaa-22222222/';

interface Ground {
  readonly state: State;
  readonly policies: PolicyCache;
}

/** root → unit 1 → unit 2 → member; the management account stands at the root. */
async function openOrganization(context: TestContext): Promise<Ground> {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-organization-'));
  const state = openSqliteState(join(directory, 'state.sqlite'));
  context.after(async () => {
    await state.close();
    rmSync(directory, { recursive: true });
  });
  const key = (id: string): string => `${ORGANIZATION.id}/${id}`;
  await state.write(async (writers) => {
    await writers.organizations.put(ORGANIZATION.id, ORGANIZATION);
    const unit = { policies: ['p-FullAWSAccess', 'p-RCPFullAWSAccess'], tags: [] };
    const first = { ...unit, id: 'ou-aaaa-11111111', name: '1', parentId: 'r-aaaa' };
    const second = { ...unit, id: 'ou-aaaa-22222222', name: '2', parentId: first.id };
    await writers.organizationalUnits.put(key(first.id), first);
    await writers.organizationalUnits.put(key(second.id), { ...second, policies: [...unit.policies, 'p-readings'] });
    for (const [id, parentId] of [
      [MANAGEMENT, 'r-aaaa'],
      [MEMBER, second.id],
    ] as const) {
      await writers.organizationMembers.put(id, { name: ORGANIZATION.id });
      await writers.organizationAccounts.put(key(id), account(id, parentId));
    }
    await writers.organizationPolicies.put(key('p-deletes0'), deletions('p-deletes0'));
    await writers.organizationPolicies.put(key('p-readings'), readings('p-readings'));
  });
  return { state, policies: new PolicyCache(50) };
}

function account(id: AccountId, parentId: string): OrganizationAccount {
  return {
    id,
    name: id,
    email: `${id}@example.com`,
    status: 'ACTIVE',
    joinedMethod: 'CREATED',
    joinDate: 0,
    parentId,
    policies: ['p-FullAWSAccess', 'p-RCPFullAWSAccess', 'p-deletes0'],
    tags: [],
  };
}

function deletions(id: string): OrganizationPolicy {
  return policy(id, 'SERVICE_CONTROL_POLICY', { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' });
}

function readings(id: string): OrganizationPolicy {
  return policy(id, 'RESOURCE_CONTROL_POLICY', {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: '*',
  });
}

function policy(id: string, type: OrganizationPolicyType, statement: object): OrganizationPolicy {
  const resource = `policy/${ORGANIZATION.id}/${type.toLowerCase()}/${id}`;
  return {
    id,
    arn: formatArn({ partition: 'aws', service: 'organizations', region: '', account: MANAGEMENT, resource }),
    type,
    name: id,
    description: '',
    content: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    tags: [],
  };
}

function accountId(text: string): AccountId {
  const id = parseAccountId(text);
  assert.ok(id !== undefined);
  return id;
}

function idsOf(levels: PolicyLevels | undefined): string[][] | undefined {
  return levels?.map((level) => level.map(({ source }) => source.slice(source.lastIndexOf('/') + 1)));
}

test('levels go from the root down to the account, each type by itself', async (context) => {
  const { policies } = await organizationSide(MEMBER, MEMBER, await openOrganization(context));
  const full = ['p-FullAWSAccess'];
  assert.deepEqual(idsOf(policies.scp), [full, full, full, [...full, 'p-deletes0']]);
  const rcpFull = ['p-RCPFullAWSAccess'];
  assert.deepEqual(idsOf(policies.rcp), [rcpFull, rcpFull, [...rcpFull, 'p-readings'], rcpFull]);
  assert.equal(
    policies.rcp?.[2]?.[1]?.source,
    'arn:aws:organizations::111111111111:policy/o-aaaaaaaaaa/resource_control_policy/p-readings',
  );
});

test('neither type binds the management account, an account outside, or one whose type is disabled', async (context) => {
  const ground = await openOrganization(context);
  const management = await organizationSide(MANAGEMENT, MANAGEMENT, ground);
  assert.deepEqual(management.policies, { scp: undefined, rcp: undefined });
  const outside = await organizationSide(OUTSIDER, undefined, ground);
  assert.deepEqual(outside, { policies: {}, keys: [] });
  const root = { ...ORGANIZATION.root, enabledPolicyTypes: ['SERVICE_CONTROL_POLICY' as const] };
  await ground.state.write((writers) => writers.organizations.put(ORGANIZATION.id, { ...ORGANIZATION, root }));
  const disabled = await organizationSide(MEMBER, MEMBER, ground);
  assert.equal(disabled.policies.scp?.length, 4);
  assert.equal(disabled.policies.rcp, undefined);
});

test('the principal’s account brings its service control policies, the resource’s its resource control policies', async (context) => {
  const ground = await openOrganization(context);
  const inbound = await organizationSide(OUTSIDER, MEMBER, ground);
  assert.equal(inbound.policies.scp, undefined);
  assert.equal(inbound.policies.rcp?.length, 4);
  assert.deepEqual(inbound.keys, [
    ['aws:resourceorgid', 'o-aaaaaaaaaa'],
    ['aws:resourceorgpaths', [PATH]],
  ]);
  const outbound = await organizationSide(MEMBER, OUTSIDER, ground);
  assert.equal(outbound.policies.scp?.length, 4);
  assert.equal(outbound.policies.rcp, undefined);
  assert.deepEqual(outbound.keys, [
    ['aws:principalorgid', 'o-aaaaaaaaaa'],
    ['aws:principalorgpaths', [PATH]],
  ]);
  const webIdentity = await organizationSide(undefined, MEMBER, ground);
  assert.deepEqual(webIdentity, inbound);
  assert.deepEqual((await organizationSide(MEMBER, undefined, ground)).keys, outbound.keys);
  assert.deepEqual((await organizationSide(MANAGEMENT, OUTSIDER, ground)).keys[1], [
    'aws:principalorgpaths',
    ['o-aaaaaaaaaa/r-aaaa/'],
  ]);
});

test('a call of a closed account, and one on what it owns, is denied; others are not', async (context) => {
  const ground = await openOrganization(context);
  const ask = async (): Promise<readonly boolean[]> => {
    const request = {
      principal: { kind: 'webIdentity', account: MEMBER, provider: 'p' },
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: `arn:aws:iam::${MEMBER}:role/r`,
      resourceAccount: MEMBER,
      context: requestContext([]),
    } as const;
    const trust = ground.policies.get(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Federated: 'p' }, Action: 'sts:AssumeRoleWithWebIdentity' }],
      }),
    );
    const identity = [{ type: 'identity' as const, source: 'inline', policy: ground.policies.get(ALLOW_ALL) }];
    const { policies } = await organizationSide(undefined, MEMBER, ground);
    const own = await organizationSide(MEMBER, undefined, ground);
    const principal = { kind: 'user', account: MEMBER, arn: formatArn(USER), id: 'AIDA' } as const;
    return [
      isAllowed(request, { ...policies, identity: [], resource: { type: 'trust', source: 'trust', policy: trust } }),
      isAllowed({ ...request, principal, action: 'iam:ListRoles' }, { ...own.policies, identity }),
    ];
  };
  assert.deepEqual(await ask(), [true, true]);
  const key = `${ORGANIZATION.id}/${MEMBER}`;
  const open = await ground.state.organizationAccounts.get(key);
  assert.ok(open !== undefined);
  await ground.state.write(({ organizationAccounts }) =>
    organizationAccounts.put(key, { ...open, status: 'SUSPENDED' }),
  );
  assert.deepEqual(await ask(), [false, false]);
  await ground.state.write(({ organizationAccounts }) => organizationAccounts.put(key, open));
  assert.deepEqual(await ask(), [true, true]);
});

const ALLOW_ALL = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const USER = { partition: 'aws', service: 'iam', region: '', account: MEMBER, resource: 'user/u' };

test('a membership is read once until the records change, and then at once', async (context) => {
  const { state, policies } = await openOrganization(context);
  let reads = 0;
  const organizationMembers: State['organizationMembers'] = {
    get: (key) => {
      reads++;
      return state.organizationMembers.get(key);
    },
    list: (prefix, page) => state.organizationMembers.list(prefix, page),
    count: (prefix) => state.organizationMembers.count(prefix),
  };
  const ground = { state: { ...state, organizationMembers }, policies };
  const first = await membershipOf(MEMBER, ground);
  assert.equal(await membershipOf(MEMBER, ground), first);
  assert.equal(await membershipOf(OUTSIDER, ground), undefined);
  assert.equal(await membershipOf(OUTSIDER, ground), undefined);
  assert.equal(reads, 2);
  const key = `${ORGANIZATION.id}/${MEMBER}`;
  await state.write((writers) => writers.organizationAccounts.put(key, account(MEMBER, 'r-aaaa')));
  assert.equal((await membershipOf(MEMBER, ground))?.path, 'o-aaaaaaaaaa/r-aaaa/');
  assert.equal(reads, 3);
});

test('records that contradict one another end the call instead of losing a denial', async (context) => {
  const ground = await openOrganization(context);
  await ground.state.write((writers) => writers.organizationPolicies.delete(`${ORGANIZATION.id}/p-deletes0`));
  await assert.rejects(organizationSide(MEMBER, undefined, ground), /p-deletes0 is gone/);
  await ground.state.write((writers) => writers.organizationalUnits.delete(`${ORGANIZATION.id}/ou-aaaa-11111111`));
  await assert.rejects(organizationSide(undefined, MEMBER, ground), /lead nowhere/);
});
