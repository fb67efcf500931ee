/** Whatever is called in whatever order: what the records say of each other stays true, and the limits hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../../base/service-error.ts';
import { defaultPolicy } from '../../federation/organization-managed-policies.ts';
import { targetPrefix } from './attachments.ts';
import { DENY_DELETION, DENY_READING, withOrganization, type OrganizationsUnderTest } from './organizations-suite.ts';
import { POLICIES_PER_TARGET } from './quotas.ts';
import { childPrefix, everyNode } from './tree.ts';

const TYPES = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;
const DOCUMENTS = { SERVICE_CONTROL_POLICY: DENY_DELETION, RESOURCE_CONTROL_POLICY: DENY_READING };
const ALL = { limit: 10_000 };

/** One call: which, and numbers that pick what it is about. */
const STEP = fc.record({
  call: fc.constantFrom(
    ...(['unit', 'account', 'policy', 'attach', 'attach', 'attach', 'detach', 'move', 'enable', 'enable'] as const),
    ...(['disable', 'rename', 'delete unit', 'delete policy', 'remove'] as const),
  ),
  a: fc.nat(20),
  b: fc.nat(20),
});
type Step = typeof STEP extends fc.Arbitrary<infer S> ? S : never;

test('records agree with each other after any calls', async (context) => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 40 }), async (steps) => {
      const subject = await withOrganization(context);
      const known = new Known(subject.rootId);
      for (const step of steps) await tried(() => take(step, subject, known));
      await check(subject);
    }),
    { numRuns: 60 },
  );
});

/** Ids that calls have made; some may be gone again, which is a case of its own. */
class Known {
  readonly nodes: string[];
  readonly policies: string[] = ['p-FullAWSAccess', 'p-RCPFullAWSAccess'];
  constructor(rootId: string) {
    this.nodes = [rootId];
  }
}

function pick(from: readonly string[], n: number): string {
  return from[n % from.length] ?? '';
}

/** Refusals are fine, faults are not. */
async function tried(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof ServiceError) || error.status >= 500) throw error;
  }
}

async function take({ call: name, a, b }: Step, { call, rootId }: Subject, known: Known): Promise<unknown> {
  const node = pick(known.nodes, a);
  const PolicyId = pick(known.policies, a);
  const type = TYPES[a % 2] ?? 'SERVICE_CONTROL_POLICY';
  switch (name) {
    case 'unit': {
      const made = await call('CreateOrganizationalUnit', { ParentId: node, Name: `u${b}` });
      return known.nodes.push(made.OrganizationalUnit?.Id ?? '');
    }
    case 'account': {
      const begun = await call('CreateAccount', { Email: `${a}@example.com`, AccountName: `a${a}` });
      const CreateAccountRequestId = begun.CreateAccountStatus?.Id ?? '';
      const { CreateAccountStatus: ended } = await call('DescribeCreateAccountStatus', { CreateAccountRequestId });
      return ended?.AccountId !== undefined && known.nodes.push(ended.AccountId);
    }
    case 'policy': {
      const draft = { Type: type, Name: `p${b}`, Description: '', Content: DOCUMENTS[type] };
      const made = await call('CreatePolicy', draft);
      return known.policies.push(made.Policy?.PolicySummary?.Id ?? '');
    }
    case 'attach':
      return call('AttachPolicy', { PolicyId, TargetId: pick(known.nodes, b) });
    case 'detach':
      return call('DetachPolicy', { PolicyId, TargetId: pick(known.nodes, b) });
    case 'move': {
      const [parent] = (await call('ListParents', { ChildId: node })).Parents ?? [];
      const DestinationParentId = pick(known.nodes, b);
      return call('MoveAccount', { AccountId: node, SourceParentId: parent?.Id ?? '', DestinationParentId });
    }
    case 'enable':
      return call('EnablePolicyType', { RootId: rootId, PolicyType: type });
    case 'disable':
      return call('DisablePolicyType', { RootId: rootId, PolicyType: type });
    case 'rename':
      return call('UpdatePolicy', { PolicyId, Name: `p${b}` });
    case 'delete unit':
      return call('DeleteOrganizationalUnit', { OrganizationalUnitId: node });
    case 'delete policy':
      return call('DeletePolicy', { PolicyId });
    case 'remove':
      return call('RemoveAccountFromOrganization', { AccountId: node });
    default:
      return name satisfies never;
  }
}

type Subject = OrganizationsUnderTest & { readonly organizationId: string; readonly rootId: string };

async function check({ sojourn, organizationId }: Subject): Promise<void> {
  const { state } = sojourn;
  const organization = await state.organizations.get(organizationId);
  assert.ok(organization !== undefined);
  const policies = await state.organizationPolicies.list(`${organizationId}/`, ALL);
  const types = new Map([...policies, ...TYPES.map(defaultPolicy)].map(({ id, type }) => [id, type]));
  const rows: string[] = [];
  let children = 0;
  for await (const { kind, record } of everyNode(state, organization)) {
    for (const type of TYPES) {
      const held = record.policies.filter((id) => types.get(id) === type);
      if (!organization.root.enabledPolicyTypes.includes(type)) assert.deepEqual(held, [], 'a disabled type binds');
      else assert.ok(held.length >= 1 && held.length <= POLICIES_PER_TARGET[type], `${held.length} of ${type}`);
    }
    assert.ok(
      record.policies.every((id) => types.has(id)),
      'a policy that is gone is attached',
    );
    assert.equal(new Set(record.policies).size, record.policies.length, 'a policy is attached twice');
    rows.push(...record.policies.map((id) => targetPrefix(organization, id) + record.id));
    if (kind === 'ROOT') continue;
    children++;
    const key: string = childPrefix(organization, record.parentId, kind) + record.id;
    assert.ok(
      (await state.organizationChildren.get(key)) !== undefined,
      `${record.id} is not among its parent's children`,
    );
  }
  for (const row of rows) assert.ok((await state.organizationPolicyTargets.get(row)) !== undefined, row);
  assert.equal(await state.organizationPolicyTargets.count(`${organizationId}/`), rows.length, 'a target too many');
  assert.equal(await state.organizationChildren.count(`${organizationId}/`), children, 'a child too many');
  assert.equal(await state.organizationPolicyNames.count(`${organizationId}/`), policies.length, 'a name too many');
}
