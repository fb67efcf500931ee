/** Managed policies, the customer's and AWS's, found by ARN; only the customer's own can be changed. */
import type { AccountId } from '../../base/arn.ts';
import { parseArn, PARTITION } from '../../base/arn.ts';
import type { ServiceError } from '../../base/service-error.ts';
import { awsManagedPolicy, type AwsManagedPolicy } from '../../federation/managed-policies/managed-policies.ts';
import type { ManagedPolicy } from '../../storage/state/iam-records.ts';
import type { Readers, Writers } from '../../storage/state/state.ts';
import type { Call, Permission, Requirement } from '../operation.ts';
import { type ConditionKeys, resourceTagKeys } from './condition-keys.ts';
import { iamError } from './errors.ts';

/** What both kinds of managed policy have. */
export type PolicyFacts = Omit<ManagedPolicy, 'account' | 'nextVersion'>;

/**
 * The policy, or undefined when this account cannot see one of that ARN. Throws `ValidationError` for a
 * text that is no ARN, or one of another partition.
 */
export async function peekPolicy(readers: Readers, account: AccountId, arn: string): Promise<PolicyFacts | undefined> {
  const parts = parseArn(arn);
  if (parts === undefined) throw iamError('ValidationError', 'Invalid ARN:  Could not be parsed!');
  if (parts.partition !== PARTITION) throw iamError('ValidationError', 'Invalid ARN partition');
  if (parts.account !== account) {
    const policy = awsManagedPolicy(arn);
    return policy === undefined ? undefined : factsOf(policy);
  }
  return readers.managedPolicies.get(arn);
}

/** Throws `NoSuchEntity` when this account cannot see a policy of that ARN. */
export async function findPolicy(readers: Readers, account: AccountId, arn: string): Promise<PolicyFacts> {
  const policy = await peekPolicy(readers, account, arn);
  if (policy === undefined) throw policyNotFound(arn);
  return policy;
}

/** What one operation says of policies that it cannot change. */
export interface PolicyRefusals {
  /** Of a policy of AWS or of another account, whether there is one or not (observed on AWS, September 2026). */
  readonly outside: () => ServiceError;
  /** Of the account's own that is not there. */
  readonly missing: (arn: string) => ServiceError;
}

/** `Cannot {what} outside your own account.`, and `Policy {arn} was not found.` */
export function cannot(what: string): PolicyRefusals {
  return {
    outside: () => iamError('AccessDenied', `Cannot ${what} outside your own account.`),
    missing: policyNotFound,
  };
}

/** Of TagPolicy and UntagPolicy. */
export const TAGGING_REFUSALS: PolicyRefusals = {
  outside: () => iamError('InvalidInput', 'Tags not supported for policies in this domain'),
  missing: policyNotFound,
};

/** The account's own policy of that ARN. Throws `ValidationError` for a text that is no ARN, and the refusals given. */
export async function findOwnPolicy(
  readers: Readers,
  account: AccountId,
  arn: string,
  refusals: PolicyRefusals,
): Promise<ManagedPolicy> {
  await peekPolicy(readers, account, arn);
  if (parseArn(arn)?.account !== account) throw refusals.outside();
  const own = await readers.managedPolicies.get(arn);
  if (own === undefined) throw refusals.missing(arn);
  return own;
}

/** Replaces the account's own policy by what `change` makes of it, in one transaction. */
export async function changePolicy(
  call: Call,
  arn: string,
  refusals: PolicyRefusals,
  change: (policy: ManagedPolicy, writers: Writers) => ManagedPolicy | Promise<ManagedPolicy>,
): Promise<ManagedPolicy> {
  return call.sojourn.state.write(async (writers) => {
    const policy = await change(await findOwnPolicy(writers, call.account, arn, refusals), writers);
    await writers.managedPolicies.put(arn, policy);
    return policy;
  });
}

/** One action on the policy that the input names, with its tags. */
export function onPolicy<I extends { readonly PolicyArn: string }>(
  action: string,
  keys: (input: I) => ConditionKeys = () => ({}),
): Permission<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => [await policyRequirement(action, input.PolicyArn, call, keys(input))],
  };
}

/** The requirement of one action on the policy of that ARN. */
export async function policyRequirement(
  action: string,
  arn: string,
  call: Call,
  keys: ConditionKeys = {},
): Promise<Requirement> {
  const policy = await peekPolicy(call.sojourn.state, call.account, arn);
  return { action, resource: arn, context: { ...resourceTagKeys(policy?.tags), ...keys } };
}

/** `Policy {arn} was not found.` */
export function policyNotFound(arn: string): ServiceError {
  return iamError('NoSuchEntity', `Policy ${arn} was not found.`);
}

/** One of AWS's policies in the shape of a stored one. */
export function factsOf(policy: AwsManagedPolicy): PolicyFacts {
  const { arn, path, name, id, description, createDate, updateDate, versionId, document } = policy;
  return {
    arn,
    path,
    name,
    id,
    description,
    createDate,
    updateDate,
    tags: [],
    defaultVersionId: versionId,
    versions: [{ id: versionId, document, createDate: updateDate }],
  };
}
