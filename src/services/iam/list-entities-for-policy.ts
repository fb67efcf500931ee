/** ListEntitiesForPolicy: who holds a managed policy, as permissions or as boundary. */
import type { PolicyHolder, Readers } from '../../storage/state/state.ts';
import type {
  EntityType,
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse,
} from '../../wire/generated/iam-types.ts';
import type { AccountId } from '../../base/arn.ts';
import type { Call, Operation } from '../operation.ts';
import { findPolicy, onPolicy } from './managed-policies.ts';
import { groups, roles, users } from './named-records.ts';
import { pageOfRecords } from './paging.ts';
import { holderPosition, holderPrefix } from './policy-holders.ts';

export const listEntitiesForPolicy: Operation<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse> = {
  name: 'ListEntitiesForPolicy',
  permission: onPolicy('iam:ListEntitiesForPolicy'),
  handle: async (input, call) => {
    const policy = await findPolicy(call.sojourn.state, call.account, input.PolicyArn);
    const list = {
      operation: 'ListEntitiesForPolicy',
      prefix: holderPrefix(call.account, policy.arn),
      keyOf: (holder: PolicyHolder) => `${holder.use}|${holderPosition(holder)}`,
      accepts: acceptsHolder(input),
    };
    const { items, mark } = await pageOfRecords(call, call.sojourn.state.policyHolders, list, input);
    return { ...answerOf(await underPrefix(items, input.PathPrefix, call)), ...mark };
  },
};

const KIND_OF: Readonly<Record<EntityType, PolicyHolder['kind'] | undefined>> = {
  User: 'user',
  Role: 'role',
  Group: 'group',
  LocalManagedPolicy: undefined,
  AWSManagedPolicy: undefined,
};

function acceptsHolder(input: ListEntitiesForPolicyRequest): (holder: PolicyHolder) => boolean {
  const use = input.PolicyUsageFilter === 'PermissionsBoundary' ? 'boundary' : 'attached';
  return (holder) =>
    (input.PolicyUsageFilter === undefined || holder.use === use) &&
    (input.EntityFilter === undefined || holder.kind === KIND_OF[input.EntityFilter]);
}

/** The path is on the entity, not on the row: looked up for one page only, so a page may come out short. */
async function underPrefix(
  holders: readonly PolicyHolder[],
  prefix: string | undefined,
  call: Call,
): Promise<readonly PolicyHolder[]> {
  if (prefix === undefined || prefix === '/') return holders;
  const paths = await Promise.all(holders.map((holder) => pathOfHolder(call.sojourn.state, call.account, holder)));
  return holders.filter((_, index) => paths[index]?.startsWith(prefix));
}

async function pathOfHolder(readers: Readers, account: AccountId, holder: PolicyHolder): Promise<string | undefined> {
  const table = { group: groups, role: roles, user: users }[holder.kind];
  return (await table.peek(readers, account, holder.name))?.path;
}

function answerOf(holders: readonly PolicyHolder[]): ListEntitiesForPolicyResponse {
  const of = (kind: PolicyHolder['kind']): readonly PolicyHolder[] => holders.filter((holder) => holder.kind === kind);
  return {
    PolicyGroups: of('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
    PolicyUsers: of('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
    PolicyRoles: of('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
  };
}
