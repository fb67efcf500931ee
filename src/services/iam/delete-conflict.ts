/** `DeleteConflict`: what must go first. */
import type { ServiceError } from '../../base/service-error.ts';
import { iamError } from './errors.ts';

/** What hangs on an entity, in AWS's words. */
type First =
  | 'delete access keys'
  | 'delete policies'
  | 'detach all policies'
  | 'remove roles from instance profile'
  | 'remove users from group';

/** `Cannot delete entity, must {first} first.` */
export function deleteConflict(first: First): ServiceError {
  return iamError('DeleteConflict', `Cannot delete entity, must ${first} first.`);
}
