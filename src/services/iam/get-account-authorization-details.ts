/**
 * GetAccountAuthorizationDetails: users, roles, groups and managed policies with everything on them, page
 * by page in that order, whatever the order of the filter (observed on AWS, September 2026).
 */
import type { AccountId } from '../../base/arn.ts';
import type { Sojourn } from '../../federation/sojourn.ts';
import type { Reader, Readers } from '../../storage/state/state.ts';
import type {
  EntityType,
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  GroupDetail,
  ManagedPolicyDetail,
  RoleDetail,
  UserDetail,
} from '../../wire/generated/iam-types.ts';
import type { Call, Operation } from '../operation.ts';
import { groupDetail, policyDetail, roleDetail, userDetail } from './account-details.ts';
import { iamError } from './errors.ts';
import { readMarker, writeMarker } from './paging.ts';
import { onResource } from './permissions.ts';
import { cataloguedPolicies } from './policy-catalogue.ts';
import { holderPrefix } from './policy-holders.ts';

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
    const scope = `${OPERATION}/${typesOf(input.Filter).join()}`;
    const begin = beginOf(input, scope, call);
    for await (const item of items(call.sojourn, call.account, input.Filter, begin)) {
      if (taken === limit) return { ...answerOf(details), IsTruncated: true, Marker: writeMarker(call, scope, last) };
      await item.addTo(details);
      taken += 1;
      last = item.position;
    }
    return { ...answerOf(details), IsTruncated: false };
  },
};

const TYPES: readonly EntityType[] = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'];

/** The types asked for, each once and in one order; all of them when the filter is absent or empty. */
function typesOf(filter: readonly EntityType[] | undefined): readonly EntityType[] {
  return filter === undefined || filter.length === 0 ? TYPES : TYPES.filter((type) => filter.includes(type));
}

/** Where the page begins. A marker is of its types; who asks for one type hears so (observed on AWS, September 2026). */
function beginOf(input: GetAccountAuthorizationDetailsRequest, scope: string, call: Call): string | undefined {
  try {
    return readMarker(call, scope, input);
  } catch (error) {
    if (typesOf(input.Filter).length !== 1) throw error;
    throw iamError('ValidationError', 'Marker and Filter do not match');
  }
}

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
  const types = typesOf(filter);
  const wanted = (type: EntityType): boolean => types.includes(type);
  const [beginSection = '0', ...rest] = begin?.split('/') ?? [];
  const after = (section: string): string | undefined => (section === beginSection ? rest.join('/') : undefined);
  const open = (section: string, type: EntityType): boolean => wanted(type) && section >= beginSection;

  if (open('0', 'User')) {
    for await (const user of named(readers.users, account, after('0') || undefined)) {
      const addTo = async (to: Details): Promise<void> => void to.users.push(await userDetail(readers, user));
      yield { position: `0/${user.name.toLowerCase()}`, addTo };
    }
  }
  if (open('1', 'Role')) {
    for await (const role of named(readers.roles, account, after('1'))) {
      const addTo = async (to: Details): Promise<void> => void to.roles.push(await roleDetail(readers, role, lastUses));
      yield { position: `1/${role.name.toLowerCase()}`, addTo };
    }
  }
  if (open('2', 'Group')) {
    for await (const group of named(readers.groups, account, after('2'))) {
      const addTo = async (to: Details): Promise<void> => void to.groups.push(groupDetail(group));
      yield { position: `2/${group.name.toLowerCase()}`, addTo };
    }
  }
  const scope = wanted('LocalManagedPolicy') ? (wanted('AWSManagedPolicy') ? 'All' : 'Local') : 'AWS';
  if (!wanted('LocalManagedPolicy') && !wanted('AWSManagedPolicy')) return;
  for await (const { position, policy } of cataloguedPolicies(readers, account, scope, after('3'))) {
    if (position.startsWith('aws/') && !(await isHeld(readers, account, policy.arn))) continue;
    const addTo = async (to: Details): Promise<void> =>
      void to.policies.push(await policyDetail(readers, account, policy));
    yield { position: `3/${position}`, addTo };
  }
}

/** Of AWS's policies only those in use are told (observed on AWS, September 2026). */
async function isHeld(readers: Readers, account: AccountId, arn: string): Promise<boolean> {
  return (await readers.policyHolders.count(holderPrefix(account, arn))) > 0;
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
