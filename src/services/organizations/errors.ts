/** Organizations' error codes, and AWS's sentences for them. Every one is 400 on the wire. */
import { ServiceError } from '../../base/service-error.ts';

/** Codes of the model that Sojourn answers, with the sentence that AWS writes. */
const SENTENCES = {
  AWSOrganizationsNotInUseException: 'Your account is not a member of an organization.',
  AccessDeniedException: "You don't have permissions to access this resource.",
  AccountAlreadyClosedException: 'The provided account is already closed.',
  AccountNotFoundException: "You specified an account that doesn't exist.",
  AlreadyInOrganizationException: 'The AWS account is already a member of an organization.',
  ChildNotFoundException: "You specified a child that doesn't exist.",
  CreateAccountStatusNotFoundException: "You specified a create account request that doesn't exist.",
  DestinationParentNotFoundException: "You specified a destination parent that doesn't exist.",
  DuplicateAccountException: 'You specified an account that is already present in the specified destination.',
  DuplicateOrganizationalUnitException: 'An OU with the same name already exists.',
  DuplicatePolicyAttachmentException: 'A policy with the specified name and type already exists.',
  DuplicatePolicyException: 'A policy with the same name already exists.',
  EffectivePolicyNotFoundException:
    'The specified policy type is not enabled. Enable that policy type on your organization root and then retry.',
  MasterCannotLeaveOrganizationException: "You can't remove the management account from the organization.",
  OrganizationNotEmptyException:
    'To delete an organization you must first remove all member accounts (except the master).',
  OrganizationalUnitNotEmptyException: 'The specified organizational unit is not empty.',
  OrganizationalUnitNotFoundException: "You specified an organizational unit that doesn't exist.",
  ParentNotFoundException: "You specified parent that doesn't exist.",
  PolicyInUseException: 'The specified policy is in use and cannot be deleted.',
  PolicyNotAttachedException: 'The specified policy is not attached to the specified target.',
  PolicyNotFoundException: "You specified a policy that doesn't exist.",
  PolicyTypeAlreadyEnabledException: 'The specified policy type is already enabled.',
  PolicyTypeNotAvailableForOrganizationException: 'The specified policy type is not available for this organization.',
  PolicyTypeNotEnabledException: 'This operation can be performed only for enabled policy types.',
  RootNotFoundException: "You specified a root that doesn't exist.",
  SourceParentNotFoundException: "You specified a source parent that doesn't exist.",
  TargetNotFoundException: "You specified a target that doesn't exist.",
} as const;

/** `Reason` of a ConstraintViolationException → the sentence. */
const CONSTRAINTS = {
  ACCOUNT_CANNOT_LEAVE_ORGANIZATION: 'A closed account cannot leave its organization.',
  ACCOUNT_NUMBER_LIMIT_EXCEEDED: 'You have exceeded the allowed number of AWS Accounts.',
  CANNOT_CLOSE_MANAGEMENT_ACCOUNT: 'You cannot close the management account.',
  MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED:
    'You have attached the maximum number of policies to the specified target.',
  MAX_TAG_LIMIT_EXCEEDED: 'You have exceeded the allowed number of tags.',
  MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED:
    'You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.',
  OU_DEPTH_LIMIT_EXCEEDED: 'You have exceeded the allowed depth of the organizational unit tree.',
  OU_NUMBER_LIMIT_EXCEEDED: 'You have exceeded the allowed number of organizational units.',
  POLICY_CONTENT_LIMIT_EXCEEDED: 'You have exceeded the maximum policy size.',
  POLICY_NUMBER_LIMIT_EXCEEDED: 'You have exceeded the allowed number of policies.',
} as const;

/** `Reason` of an InvalidInputException → the sentence. */
const INVALID_INPUTS = {
  DUPLICATE_TAG_KEY: 'Your request includes duplicate tag keys.',
  IMMUTABLE_POLICY: 'You specified a policy that AWS manages and that cannot be changed.',
  INPUT_REQUIRED: 'You must provide a value for the parameter.',
  INVALID_ENUM: 'You specified an invalid value.',
  INVALID_ENUM_POLICY_TYPE: 'You specified an invalid policy type.',
  INVALID_NEXT_TOKEN:
    'You specified an invalid value for nextToken. You must get the value from the response to a previous call to the API.',
  INVALID_PATTERN: 'You provided a value that does not match the required pattern.',
  INVALID_ROLE_NAME: 'You provided a role name that is not valid: it begins as those of service-linked roles do.',
  INVALID_SYSTEM_TAGS_PARAMETER: 'You specified a tag key that begins with aws:, which AWS reserves.',
  MAX_LENGTH_EXCEEDED: 'You provided a string that exceeds that maximum length.',
  MAX_VALUE_EXCEEDED: 'You provided a value that is larger than the allowed maximum.',
  MIN_LENGTH_EXCEEDED: 'You provided a value that is shorter than the allowed minimum.',
  MIN_VALUE_EXCEEDED: 'You provided a value that is smaller than the allowed minimum.',
  NON_DETACHABLE_POLICY: 'You specified a policy that cannot be detached.',
  TARGET_NOT_SUPPORTED: 'You specified a target that is not currently supported.',
  UNRECOGNIZED_SERVICE_PRINCIPAL: 'You specified a service principal that is not recognized.',
} as const;

/** A key of the table of sentences; on the wire some carry the parameter's name behind it. */
export type InvalidInputReason = keyof typeof INVALID_INPUTS;

/** The refusal to throw, by code. */
export function organizationsError(
  code: keyof typeof SENTENCES,
  options: { readonly reason?: string } = {},
): ServiceError {
  return new ServiceError(code, 400, SENTENCES[code], options);
}

/** A limit, minimum or standing rule that the call would break. */
export function constraintViolation(reason: keyof typeof CONSTRAINTS): ServiceError {
  return new ServiceError('ConstraintViolationException', 400, CONSTRAINTS[reason], { details: { Reason: reason } });
}

/**
 * A parameter that is wrong in itself.
 *
 * @param parameter as `Reason` prints it behind the colon, `POLICY_TYPE`; left out where AWS leaves it out
 */
export function invalidParameter(reason: InvalidInputReason, parameter?: string): ServiceError {
  return new ServiceError('InvalidInputException', 400, INVALID_INPUTS[reason], {
    details: { Reason: parameter === undefined ? reason : `${reason}:${parameter}` },
  });
}

/** Every feature is enabled already: what EnableAllFeatures answers (observed on AWS, September 2026). */
export function allFeaturesEnabled(): ServiceError {
  return new ServiceError(
    'HandshakeConstraintViolationException',
    400,
    'All features are already enabled on this organization.',
    { details: { Reason: 'ORGANIZATION_ALREADY_HAS_ALL_FEATURES' } },
  );
}

/** A policy document that its type does not take; `message` is the policy language's own. */
export function malformedPolicy(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocumentException', 400, message);
}
