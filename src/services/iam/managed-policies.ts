/** Managed policies, the customer's and AWS's, found by ARN; only the customer's own can be changed. */
import type { AccountId } from '../../base/arn.ts';
import { parseArn } from '../../base/arn.ts';
import { awsManagedPolicy, type AwsManagedPolicy } from '../../federation/managed-policies/managed-policies.ts';
import type { ManagedPolicy } from '../../storage/state/iam-records.ts';
import type { Readers, Writers } from '../../storage/state/state.ts';
import type { Call, Permission } from '../operation.ts';
import { type ConditionKeys, resourceTagKeys } from './condition-keys.ts';
import { iamError } from './errors.ts';

/** What both kinds of managed policy have. */
export type PolicyFacts = Omit<ManagedPolicy, 'account' | 'nextVersion'>;

/** The policy, or undefined when this account cannot see one of that ARN. Throws `ValidationError` for a text that is no ARN. */
export async function peekPolicy(readers: Readers, account: AccountId, arn: string): Promise<PolicyFacts | undefined> {
  const parts = parseArn(arn);
  if (parts === undefined) throw iamError('ValidationError', 'Invalid ARN:  Could not be parsed!');
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

/** The account's own policy of that ARN. Throws `NoSuchEntity`, and `AccessDenied` for one of AWS's. */
export async function findOwnPolicy(readers: Readers, account: AccountId, arn: string): Promise<ManagedPolicy> {
  await findPolicy(readers, account, arn);
  const own = await readers.managedPolicies.get(arn);
  if (own === undefined) throw iamError('AccessDenied', 'Policy is outside your own account.');
  return own;
}

/** Replaces the account's own policy by what `change` makes of it, in one transaction. */
export async function changePolicy(
  call: Call,
  arn: string,
  change: (policy: ManagedPolicy, writers: Writers) => ManagedPolicy | Promise<ManagedPolicy>,
): Promise<ManagedPolicy> {
  return call.sojourn.state.write(async (writers) => {
    const policy = await change(await findOwnPolicy(writers, call.account, arn), writers);
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
    requirements: async (input, call) => {
      const policy = await peekPolicy(call.sojourn.state, call.account, input.PolicyArn);
      return [{ action, resource: input.PolicyArn, context: { ...resourceTagKeys(policy?.tags), ...keys(input) } }];
    },
  };
}

/** `Policy {arn} was not found.` */
export function policyNotFound(arn: string): Error {
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
