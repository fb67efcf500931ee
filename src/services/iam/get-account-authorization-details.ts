/** GetAccountAuthorizationDetails: users, groups, roles and managed policies with everything on them, in that order. */
import type { AccountId } from '../../base/arn.ts';
import type { Sojourn } from '../../federation/sojourn.ts';
import type { Reader } from '../../storage/state/state.ts';
import type {
  EntityType,
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  GroupDetail,
  ManagedPolicyDetail,
  RoleDetail,
  UserDetail,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { groupDetail, policyDetail, roleDetail, userDetail } from './account-details.ts';
import { readMarker, writeMarker } from './paging.ts';
import { onResource } from './permissions.ts';
import { cataloguedPolicies } from './policy-catalogue.ts';

const OPERATION = 'GetAccountAuthorizationDetails';

export const getAccountAuthorizationDetails: Operation<
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse
> = {
  name: OPERATION,
  permission: onResource('iam:GetAccountAuthorizationDetails', () => '*'),
  handle: async (input, call) => {
    const limit = input.MaxItems ?? 100;
    const details: Details = { users: [], groups: [], roles: [], policies: [] };
    let taken = 0;
    let last = '';
    const begin = readMarker(call, OPERATION, input);
    for await (const item of items(call.sojourn, call.account, input.Filter, begin)) {
      if (taken === limit)
        return { ...answerOf(details), IsTruncated: true, Marker: writeMarker(call, OPERATION, last) };
      await item.addTo(details);
      taken += 1;
      last = item.position;
    }
    return { ...answerOf(details), IsTruncated: false };
  },
};

interface Details {
  readonly users: UserDetail[];
  readonly groups: GroupDetail[];
  readonly roles: RoleDetail[];
  readonly policies: ManagedPolicyDetail[];
}

/** One entity, its place in the whole list, and how it gets into the answer: looked up only when the page has room. */
interface Item {
  /** `{number of the section}/{place in it}` */
  readonly position: string;
  readonly addTo: (details: Details) => Promise<void>;
}

async function* items(
  { state: readers, lastUses }: Pick<Sojourn, 'state' | 'lastUses'>,
  account: AccountId,
  filter: readonly EntityType[] | undefined,
  begin: string | undefined,
): AsyncGenerator<Item> {
  const wanted = (type: EntityType): boolean => filter === undefined || filter.length === 0 || filter.includes(type);
  const [beginSection = '0', ...rest] = begin?.split('/') ?? [];
  const after = (section: string): string | undefined => (section === beginSection ? rest.join('/') : undefined);
  const open = (section: string, type: EntityType): boolean => wanted(type) && section >= beginSection;

  if (open('0', 'User')) {
    for await (const user of named(readers.users, account, after('0') || undefined)) {
      const addTo = async (to: Details): Promise<void> => void to.users.push(await userDetail(readers, user));
      yield { position: `0/${user.name.toLowerCase()}`, addTo };
    }
  }
  if (open('1', 'Group')) {
    for await (const group of named(readers.groups, account, after('1'))) {
      const addTo = async (to: Details): Promise<void> => void to.groups.push(groupDetail(group));
      yield { position: `1/${group.name.toLowerCase()}`, addTo };
    }
  }
  if (open('2', 'Role')) {
    for await (const role of named(readers.roles, account, after('2'))) {
      const addTo = async (to: Details): Promise<void> => void to.roles.push(await roleDetail(readers, role, lastUses));
      yield { position: `2/${role.name.toLowerCase()}`, addTo };
    }
  }
  const scope = wanted('LocalManagedPolicy') ? (wanted('AWSManagedPolicy') ? 'All' : 'Local') : 'AWS';
  if (!wanted('LocalManagedPolicy') && !wanted('AWSManagedPolicy')) return;
  for await (const { position, policy } of cataloguedPolicies(readers, account, scope, after('3'))) {
    const addTo = async (to: Details): Promise<void> =>
      void to.policies.push(await policyDetail(readers, account, policy));
    yield { position: `3/${position}`, addTo };
  }
}

/** Records read at a time. */
const STRIDE = 200;

async function* named<V extends { readonly name: string }>(
  reader: Reader<V>,
  account: AccountId,
  begin: string | undefined,
): AsyncGenerator<V> {
  const prefix = `${account}/`;
  let after = begin === undefined ? undefined : prefix + begin;
  for (;;) {
    const records = await reader.list(prefix, { after, limit: STRIDE });
    yield* records;
    const last = records.at(-1);
    if (last === undefined || records.length < STRIDE) return;
    after = prefix + last.name.toLowerCase();
  }
}

function answerOf(details: Details): GetAccountAuthorizationDetailsResponse {
  return {
    UserDetailList: details.users,
    GroupDetailList: details.groups,
    RoleDetailList: details.roles,
    Policies: details.policies,
  };
}
