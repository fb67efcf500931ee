/**
 * Roles, users, groups and instance profiles: records found by name. IAM keeps the case of a name and
 * compares without it, across paths.
 */
import type { AccountId } from '../../base/arn.ts';
import type { Readers, Records, Writers } from '../../storage/state/state.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';

/** The kinds of record whose key is `{account}/{lower-cased name}`. */
export type NamedKind = 'roles' | 'users' | 'groups' | 'instanceProfiles';

/** Key of a named record. */
export function nameKey(account: AccountId, name: string): string {
  return `${account}/${name.toLowerCase()}`;
}

/** What every operation on one kind of named record starts with. */
export interface NamedRecords<V> {
  /** Undefined when there is none. */
  readonly peek: (state: Readers, account: AccountId, name: string) => Promise<V | undefined>;
  /** Throws `NoSuchEntity` when there is none. */
  readonly find: (state: Readers, account: AccountId, name: string) => Promise<V>;
  /** Replaces the record by what `change` makes of it, in one transaction; throws `NoSuchEntity`. */
  readonly change: (call: Call, name: string, change: (record: V, writers: Writers) => V | Promise<V>) => Promise<V>;
}

export const roles = namedRecords('roles', (name) => `The role with name ${name} cannot be found.`);
export const users = namedRecords('users', (name) => `The user with name ${name} cannot be found.`);
export const groups = namedRecords('groups', (name) => `The group with name ${name} cannot be found.`);
export const instanceProfiles = namedRecords('instanceProfiles', (name) => `Instance Profile ${name} cannot be found.`);

function namedRecords<K extends NamedKind>(kind: K, missing: (name: string) => string): NamedRecords<Records[K]> {
  const peek: NamedRecords<Records[K]>['peek'] = (state, account, name) => state[kind].get(nameKey(account, name));
  const find: NamedRecords<Records[K]>['find'] = async (state, account, name) => {
    const record = await peek(state, account, name);
    if (record === undefined) throw iamError('NoSuchEntity', missing(name));
    return record;
  };
  return {
    peek,
    find,
    change: (call, name, change) =>
      call.sojourn.state.write(async (writers) => {
        const changed = await change(await find(writers, call.account, name), writers);
        await writers[kind].put(nameKey(call.account, name), changed);
        return changed;
      }),
  };
}
