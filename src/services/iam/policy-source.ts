/** The user, group or role that a request names by ARN, and every policy document that grants it something. */
import { type AccountId, parseArn } from '../../base/arn.ts';
import { managedPolicyDocument } from '../../federation/policies-of.ts';
import type { SimulatedDocument } from '../../federation/simulation/simulate.ts';
import type { Group, Role, User } from '../../storage/state/iam-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';
import { groups, roles, users } from './named-records.ts';

/** What `PolicySourceArn` can name. */
export type PolicySource =
  | { readonly kind: 'user'; readonly record: User }
  | { readonly kind: 'group'; readonly record: Group }
  | { readonly kind: 'role'; readonly record: Role };

/** The entity of that ARN, by its name. Throws `InvalidInput` for other ARNs, `NoSuchEntity`. */
export async function policySource(arn: string, readers: Readers, account: AccountId): Promise<PolicySource> {
  const resource = parseArn(arn)?.resource ?? '';
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  switch (resource.split('/', 1)[0]) {
    case 'user':
      return { kind: 'user', record: await users.find(readers, account, name) };
    case 'group':
      return { kind: 'group', record: await groups.find(readers, account, name) };
    case 'role':
      return { kind: 'role', record: await roles.find(readers, account, name) };
    default:
      throw iamError('InvalidInput', `ARN ${arn} is not valid.`);
  }
}

/** The documents of the entity, a user's with those of its groups, named as the simulator names them. */
export async function documentsOfSource(source: PolicySource, call: Call): Promise<readonly SimulatedDocument[]> {
  const documents = await documentsOf(source, call);
  if (source.kind !== 'user') return documents;
  for (const name of source.record.groups) {
    const group = await groups.peek(call.sojourn.state, source.record.account, name);
    if (group !== undefined) documents.push(...(await documentsOf({ kind: 'group', record: group }, call)));
  }
  return documents;
}

/** Recorded on AWS: a managed policy goes by its name, an inline one by `role_{role}_{policy}`. */
async function documentsOf({ kind, record }: PolicySource, call: Call): Promise<SimulatedDocument[]> {
  const documents = Object.entries(record.inlinePolicies).map(([name, text]): SimulatedDocument => ({
    id: `${kind}_${record.name}_${name}`,
    text,
  }));
  for (const arn of record.attachedPolicies) {
    const text = await managedPolicyDocument(arn, call.sojourn);
    if (text !== undefined) documents.push({ id: arn.slice(arn.lastIndexOf('/') + 1), text });
  }
  return documents;
}
