/** Membership: the user's record lists its groups, a row for each pair leads from group to user. */
import type { AccountId } from '../../base/arn.ts';
import { nameKey } from './named-records.ts';

/** Key prefix of a group's rows. */
export function memberPrefix(account: AccountId, groupName: string): string {
  return `${nameKey(account, groupName)}/`;
}

/** Key of the row of one user in one group. */
export function memberKey(account: AccountId, groupName: string, userName: string): string {
  return memberPrefix(account, groupName) + userName.toLowerCase();
}
