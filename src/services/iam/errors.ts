/** IAM's error codes and their HTTP statuses (public service model; reference aws-federation 8.3). */
import { errorTable } from '../../base/service-error.ts';

/** The refusal to throw, by code; `AccessDenied` and `ValidationError` are on the wire without being in the model. */
export const iamError = errorTable({
  AccessDenied: 403,
  DeleteConflict: 409,
  EntityAlreadyExists: 409,
  FeatureDisabled: 404,
  FeatureEnabled: 409,
  InvalidInput: 400,
  LimitExceeded: 409,
  NoSuchEntity: 404,
  PolicyNotAttachable: 400,
  UnmodifiableEntity: 400,
  ValidationError: 400,
});
