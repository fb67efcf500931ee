/** Permissions boundaries of roles and users: a managed policy that limits what the entity's policies can grant. */
import type { Arn } from '../../base/arn.ts';
import type { Role, User } from '../../storage/state/iam-records.ts';
import type { Writers } from '../../storage/state/state.ts';
import type { AttachedPermissionsBoundary } from '../../wire/generated/iam-types.ts';
import { parseArn } from '../../base/arn.ts';
import { refuseReserved } from './attachments.ts';
import { iamError } from './errors.ts';
import { peekPolicy } from './managed-policies.ts';
import { holdPolicy, releasePolicy } from './policy-holders.ts';

/** The entity bounded by the policy. Throws `InvalidInput`, `NoSuchEntity`, `PolicyNotAttachable`. */
export async function withBoundary<E extends Role | User>(
  writers: Writers,
  kind: 'role' | 'user',
  entity: E,
  policyArn: string,
): Promise<E> {
  if (parseArn(policyArn)?.resource.startsWith('policy/') !== true) {
    throw iamError('InvalidInput', `ARN ${policyArn} is not valid.`);
  }
  refuseReserved(kind, policyArn);
  const policy = await peekPolicy(writers, entity.account, policyArn);
  if (policy === undefined) {
    throw iamError('NoSuchEntity', `Scope ARN: ${policyArn} does not exist or is not attachable.`);
  }
  const unbound = await withoutBoundary(writers, kind, entity);
  await holdPolicy(writers, kind, unbound, policy.arn, 'boundary');
  return { ...unbound, permissionsBoundary: policy.arn };
}

/** The entity without the boundary that it has. Throws `NoSuchEntity` when it has none (observed on AWS, September 2026; the sentence is ours). */
export function withoutItsBoundary<E extends Role | User>(
  writers: Writers,
  kind: 'role' | 'user',
  entity: E,
): Promise<E> {
  if (entity.permissionsBoundary === undefined) {
    throw iamError('NoSuchEntity', `The permissions boundary of ${kind} ${entity.name} cannot be found.`);
  }
  return withoutBoundary(writers, kind, entity);
}

/** The entity without boundary; unchanged when it had none. */
export async function withoutBoundary<E extends Role | User>(
  writers: Writers,
  kind: 'role' | 'user',
  entity: E,
): Promise<E> {
  if (entity.permissionsBoundary === undefined) return entity;
  await releasePolicy(writers, kind, entity, entity.permissionsBoundary, 'boundary');
  return { ...entity, permissionsBoundary: undefined };
}

/** The boundary as answers print it. */
export function boundaryAnswer(arn: Arn): AttachedPermissionsBoundary {
  return { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn };
}
