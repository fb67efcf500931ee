/** The user, group or role that a request names by ARN, and every policy document that grants it something. */
import { type AccountId, parseArn } from '../../base/arn.ts';
import { managedPolicyDocument } from '../../federation/policies-of.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';
import { groups, roles, users } from './named-records.ts';
import type { HolderRecord } from './policy-holders.ts';

/** The documents of the entity; a user's include those of its groups. Throws `InvalidInput`, `NoSuchEntity`. */
export async function documentsOfSource(arn: string, call: Call): Promise<readonly string[]> {
  const holders = await holdersOf(arn, call.sojourn.state, call.account);
  const attached = holders.flatMap((holder) => holder.attachedPolicies);
  const managed = await Promise.all(attached.map((policy) => managedPolicyDocument(policy, call.sojourn)));
  return [
    ...holders.flatMap((holder) => Object.values(holder.inlinePolicies)),
    ...managed.filter((document) => document !== undefined),
  ];
}

async function holdersOf(arn: string, readers: Readers, account: AccountId): Promise<readonly HolderRecord[]> {
  const resource = parseArn(arn)?.resource ?? '';
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  switch (resource.split('/', 1)[0]) {
    case 'user': {
      const user = await users.find(readers, account, name);
      const joined = await Promise.all(user.groups.map((group) => groups.peek(readers, account, group)));
      return [user, ...joined.filter((group) => group !== undefined)];
    }
    case 'group':
      return [await groups.find(readers, account, name)];
    case 'role':
      return [await roles.find(readers, account, name)];
    default:
      throw iamError('InvalidInput', `ARN ${arn} is not valid.`);
  }
}
