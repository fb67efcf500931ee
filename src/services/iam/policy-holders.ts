/** Who holds a managed policy, as permissions or as boundary: the rows behind ListEntitiesForPolicy and AttachmentCount. */
import type { AccountId } from '../../base/arn.ts';
import type { Group, Role, User } from '../../storage/state/iam-records.ts';
import type { PolicyHolder, Readers, Writers } from '../../storage/state/state.ts';

/** The entities that can hold policies. */
export type HolderKind = PolicyHolder['kind'];
export type HolderRecord = Role | User | Group;

/** Key prefix of all rows of one policy and one use. */
export function holderPrefix(account: AccountId, policyArn: string, use?: PolicyHolder['use']): string {
  return use === undefined ? `${account}|${policyArn}|` : `${account}|${policyArn}|${use}|`;
}

/** Key of a row: kind and lower-cased name follow the prefix. */
export function holderKey(account: AccountId, holder: PolicyHolder): string {
  return holderPrefix(account, holder.policyArn, holder.use) + holderPosition(holder);
}

/** What follows the prefix of policy and use. */
export function holderPosition(holder: PolicyHolder): string {
  return `${holder.kind}|${holder.name.toLowerCase()}`;
}

/** Notes that the entity holds the policy. */
export async function holdPolicy(
  writers: Writers,
  kind: HolderKind,
  entity: HolderRecord,
  policyArn: string,
  use: PolicyHolder['use'],
): Promise<void> {
  const holder: PolicyHolder = { policyArn, use, kind, name: entity.name, id: entity.id };
  await writers.policyHolders.put(holderKey(entity.account, holder), holder);
}

/** Notes that the entity holds the policy no more. */
export async function releasePolicy(
  writers: Writers,
  kind: HolderKind,
  entity: HolderRecord,
  policyArn: string,
  use: PolicyHolder['use'],
): Promise<void> {
  const holder: PolicyHolder = { policyArn, use, kind, name: entity.name, id: entity.id };
  await writers.policyHolders.delete(holderKey(entity.account, holder));
}

/** Moves the rows of an entity that gets a new name. */
export async function renameHolder(
  writers: Writers,
  kind: HolderKind,
  before: HolderRecord,
  after: HolderRecord,
): Promise<void> {
  for (const arn of before.attachedPolicies) {
    await releasePolicy(writers, kind, before, arn, 'attached');
    await holdPolicy(writers, kind, after, arn, 'attached');
  }
  const boundary = 'permissionsBoundary' in before ? before.permissionsBoundary : undefined;
  if (boundary === undefined) return;
  await releasePolicy(writers, kind, before, boundary, 'boundary');
  await holdPolicy(writers, kind, after, boundary, 'boundary');
}

/** How many entities of the account hold the policy. */
export function countHolders(
  readers: Readers,
  account: AccountId,
  policyArn: string,
  use: PolicyHolder['use'],
): Promise<number> {
  return readers.policyHolders.count(holderPrefix(account, policyArn, use));
}
