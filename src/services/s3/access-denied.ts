/** Denials that operations take themselves, worded as the dispatcher words its own. */
import type { ServiceError } from '../../base/service-error.ts';
import type { authorize } from '../../federation/authorize.ts';
import { s3Error } from './errors.ts';

type Decision = Awaited<ReturnType<typeof authorize>>;

/** AccessDenied for a decision that did not allow. */
export function accessDenied(decision: Decision): ServiceError {
  return s3Error('AccessDenied', 'Access Denied', { reason: `${decision.request.action}: ${decision.outcome}` });
}
