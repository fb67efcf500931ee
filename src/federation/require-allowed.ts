/** A requirement that must hold, or the call ends with AWS's AccessDenied. */
import { ServiceError } from '../base/service-error.ts';
import { denialReason, isFromWithin } from '../policy/denial.ts';
import type { Decision } from '../policy/decision.ts';
import { authorize } from './authorize.ts';
import { deniedResource } from './denied-resource.ts';
import type { RequestFacts, Requirement } from './request-facts.ts';

/** @throws ServiceError AccessDenied in the wording of the requirement's service */
export async function requireAllowed(requirement: Requirement, facts: RequestFacts): Promise<void> {
  const decision = await authorize(requirement, facts);
  if (decision.outcome !== 'allow') throw accessDenied(decision, facts, requirement.printed);
}

/** Organizations names neither caller nor action nor policy (observed on AWS, September 2026). */
const ORGANIZATIONS_SENTENCE = "You don't have permissions to access this resource.";

/**
 * The error of a denied decision (reference iam-policy-evaluation 12).
 *
 * S3 quotes the resource and is silent towards callers of other organizations and the anonymous;
 * Organizations has one sentence.
 *
 * @param printed what stands for the resource, when not what AWS prints for the action
 */
export function accessDenied(decision: Decision, facts: RequestFacts, printed?: string): ServiceError {
  return new ServiceError('AccessDenied', 403, denialMessage(decision, facts, printed));
}

function denialMessage(decision: Decision, { caller }: RequestFacts, printed: string | undefined): string {
  const { action, resource } = decision.request;
  if (action.startsWith('organizations:')) return ORGANIZATIONS_SENTENCE;
  const isS3 = action.startsWith('s3:');
  if (caller.kind === 'anonymous' || (isS3 && !isFromWithin(decision.request))) return 'Access Denied';
  // IAM prints the star; S3 leaves the resource out where an action has none.
  const quoted = resource === '*' ? '' : ` on resource: "${resource}"`;
  const on = isS3 ? quoted : ` on resource: ${printed ?? deniedResource(action, resource)}`;
  return `User: ${caller.arn} is not authorized to perform: ${action}${on} ${denialReason(decision)}`;
}
