/** The user, group or role that a request names by ARN, to read its policies. */
import { type AccountId, nameInArn, parseArn, PARTITION } from '../../base/arn.ts';
import type { Group, Role, User } from '../../storage/state/iam-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import { iamError } from './errors.ts';
import { groups, roles, users } from './named-records.ts';

/** What `PolicySourceArn` can name. */
export type PolicySource =
  | { readonly kind: 'user'; readonly record: User }
  | { readonly kind: 'group'; readonly record: Group }
  | { readonly kind: 'role'; readonly record: Role };

/** An entity by kind and name: names are told apart without case and without paths. */
export interface NamedEntity {
  readonly kind: PolicySource['kind'];
  /** Twelve digits, or what the ARN has in their place. */
  readonly account: string;
  readonly name: string;
}

const KINDS = ['user', 'group', 'role'] as const;

/**
 * The entity that an ARN names, by its last part: one with another path names the same (recorded). Whoever asks
 * permission must therefore ask it on the ARN of the record, never on the one that was sent.
 */
export function entityNamed(arn: string): NamedEntity | undefined {
  const parts = parseArn(arn);
  if (parts === undefined || parts.partition !== PARTITION || parts.service !== 'iam' || parts.region !== '') {
    return undefined;
  }
  const kind = KINDS.find((one) => parts.resource.startsWith(`${one}/`));
  return kind && { kind, account: parts.account, name: nameInArn(arn) };
}

/** The entity's record; undefined when there is none, or it would be another account's. */
export async function peekSource(
  { kind, account: owner, name }: NamedEntity,
  readers: Readers,
  account: AccountId,
): Promise<PolicySource | undefined> {
  if (owner !== account) return undefined;
  switch (kind) {
    case 'user': {
      const record = await users.peek(readers, account, name);
      return record && { kind, record };
    }
    case 'group': {
      const record = await groups.peek(readers, account, name);
      return record && { kind, record };
    }
    case 'role': {
      const record = await roles.peek(readers, account, name);
      return record && { kind, record };
    }
  }
}

/** The entity of that ARN. Throws `InvalidInput` for other ARNs, `NoSuchEntity` for those of other accounts too. */
export async function policySource(arn: string, readers: Readers, account: AccountId): Promise<PolicySource> {
  const named = entityNamed(arn);
  if (named === undefined) throw iamError('InvalidInput', `ARN ${arn} is not valid.`);
  const source = await peekSource(named, readers, account);
  if (source !== undefined) return source;
  throw iamError('NoSuchEntity', `The ${named.kind} with name ${named.name} cannot be found.`);
}

/**
 * As {@link policySource}, for the simulators and their condition keys, which say otherwise what is wrong (observed on
 * AWS, September 2026). Throws `InvalidInput` for other ARNs and those of other accounts, `NoSuchEntity`.
 */
export async function simulatedSource(arn: string, readers: Readers, account: AccountId): Promise<PolicySource> {
  const named = entityNamed(arn);
  if (named === undefined) throw iamError('InvalidInput', `Invalid ARN provided in the request: ${arn}`);
  if (named.account !== account) {
    const what = `caller's account ${account} does not have access to policies in account ${named.account}.`;
    throw iamError('InvalidInput', `Invalid Policy Source Arn: ${what}`);
  }
  const source = await peekSource(named, readers, account);
  if (source === undefined) throw iamError('NoSuchEntity', 'Unable to retrieve specified IAM entity.');
  return source;
}
