/** Attaching managed policies to roles, users and groups. */
import type { Arn } from '../../base/arn.ts';
import { parseArn } from '../../base/arn.ts';
import type { Readers, Writers } from '../../storage/state/state.ts';
import type { AttachedPolicy } from '../../wire/generated/iam-types.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';
import { peekPolicy, policyNotFound } from './managed-policies.ts';
import { type Paging, pageOfList, type PageMark } from './paging.ts';
import { type HolderKind, type HolderRecord, holdPolicy, releasePolicy } from './policy-holders.ts';
import { quotaExceeded, QUOTAS } from './quotas.ts';

const QUOTA = { group: 'PoliciesPerGroup', role: 'PoliciesPerRole', user: 'PoliciesPerUser' } as const;

/**
 * The entity with the policy attached; unchanged when it was. Throws `NoSuchEntity`, `ValidationError`,
 * `PolicyNotAttachable`, `LimitExceeded`.
 */
export async function attachPolicy<E extends HolderRecord>(
  writers: Writers,
  kind: HolderKind,
  entity: E,
  policyArn: string,
): Promise<E> {
  if (parseArn(policyArn) === undefined) throw iamError('ValidationError', `ARN ${policyArn} is not valid.`);
  refuseReserved(kind, policyArn);
  const arn = await attachableArn(writers, entity, policyArn);
  if (entity.attachedPolicies.includes(arn)) return entity;
  const quota = QUOTA[kind];
  if (entity.attachedPolicies.length >= QUOTAS[quota]) throw quotaExceeded(quota);
  await holdPolicy(writers, kind, entity, arn, 'attached');
  return { ...entity, attachedPolicies: [...entity.attachedPolicies, arn] };
}

/** Paths of AWS's policies that only AWS attaches: those of service-linked roles, and those of AssumeRoot. */
const RESERVED = /^arn:aws:iam::aws:policy\/(?:aws-service-role|root-task)\//;

/**
 * Throws `PolicyNotAttachable` for a policy that is reserved for AWS. Sojourn has none of them: which
 * names are real it does not know. The sentences for users (observed on AWS, September 2026) and roles
 * (quoted in many public issues) are AWS's, that for groups follows the former.
 */
export function refuseReserved(kind: HolderKind, policyArn: string): void {
  if (!RESERVED.test(policyArn)) return;
  throw iamError(
    'PolicyNotAttachable',
    kind === 'role'
      ? 'Cannot attach a Service Role Policy to a Customer Role.'
      : `Cannot attach AWS reserved policy to an IAM ${kind}.`,
  );
}

/** The entity without the policy. Throws `NoSuchEntity` when it was not attached. */
export async function detachPolicy<E extends HolderRecord>(
  writers: Writers,
  kind: HolderKind,
  entity: E,
  policyArn: string,
): Promise<E> {
  const left = entity.attachedPolicies.filter((arn) => arn !== policyArn);
  if (left.length === entity.attachedPolicies.length) {
    if (parseArn(policyArn) === undefined) throw iamError('ValidationError', 'Invalid ARN:  Could not be parsed!');
    throw policyNotFound(policyArn);
  }
  await releasePolicy(writers, kind, entity, policyArn, 'attached');
  return { ...entity, attachedPolicies: left };
}

/** A page of the attached policies, narrowed by their path. */
export function attachedPage(
  call: Call,
  operation: string,
  entity: HolderRecord,
  input: Paging & { readonly PathPrefix?: string | undefined },
): PageMark & { readonly AttachedPolicies: readonly AttachedPolicy[] } {
  const prefix = input.PathPrefix ?? '/';
  const under = entity.attachedPolicies.filter((arn) => policyPathOf(arn).startsWith(prefix));
  const { items, mark } = pageOfList(call, operation, under, input);
  return { AttachedPolicies: attachedAnswer(items), ...mark };
}

/** Names and ARNs as the answers list them. */
export function attachedAnswer(arns: readonly Arn[]): readonly AttachedPolicy[] {
  return arns.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }));
}

async function attachableArn(readers: Readers, entity: HolderRecord, policyArn: string): Promise<Arn> {
  const policy = await peekPolicy(readers, entity.account, policyArn);
  if (policy === undefined) {
    throw iamError('NoSuchEntity', `Policy ${policyArn} does not exist or is not attachable.`);
  }
  return policy.arn;
}

/** `/team/` of `arn:aws:iam::1:policy/team/Name`. */
function policyPathOf(arn: Arn): string {
  const resource = parseArn(arn)?.resource ?? '';
  return resource.slice(resource.indexOf('/'), resource.lastIndexOf('/') + 1);
}
