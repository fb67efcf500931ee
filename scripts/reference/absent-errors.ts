/**
 * Errors that a public model names and that Sojourn's operations never answer with, and why: the
 * reference tells them apart from those that occur, and the test of all operations by boto3 holds each
 * error of a model to be in a case or in here.
 */
import type { Service } from '../../src/services/service.ts';

/** A row: one code, of all operations of the service that name it or of some. */
export interface AbsentError {
  readonly service: Service['name'];
  /** As on the wire. */
  readonly code: string;
  readonly operations: 'all' | readonly string[];
  readonly why: string;
}

export const ABSENT_ERRORS: readonly AbsentError[] = [
  {
    service: 'iam',
    code: 'ConcurrentModification',
    operations: 'all',
    why: 'changes of one record wait for each other, and none is lost or refused for that',
  },
  {
    service: 'iam',
    code: 'ServiceFailure',
    operations: 'all',
    why: 'a fault of Sojourn is `InternalFailure`, which is in no model and which clients try again as well',
  },
  {
    service: 'iam',
    code: 'EntityTemporarilyUnmodifiable',
    operations: 'all',
    why: 'a change is done when it is answered',
  },
  {
    service: 'iam',
    code: 'UnmodifiableEntity',
    operations: [
      'AddRoleToInstanceProfile',
      'AttachRolePolicy',
      'DeleteRole',
      'DeleteRolePermissionsBoundary',
      'DeleteRolePolicy',
      'DetachRolePolicy',
      'PutRolePermissionsBoundary',
      'PutRolePolicy',
      'RemoveRoleFromInstanceProfile',
      'UpdateAssumeRolePolicy',
      'UpdateRole',
      'UpdateRoleDescription',
    ],
    why: 'there are no service-linked roles',
  },
  {
    service: 'iam',
    code: 'LimitExceeded',
    operations: [
      'CreateAccountAlias',
      'DeleteAccessKey',
      'DeleteAccountAlias',
      'DeleteGroup',
      'DeleteGroupPolicy',
      'DeleteInstanceProfile',
      'DeleteLoginProfile',
      'DeletePolicy',
      'DeletePolicyVersion',
      'DeleteRole',
      'DeleteRolePolicy',
      'DeleteUser',
      'DeleteUserPolicy',
      'DetachGroupPolicy',
      'DetachRolePolicy',
      'DetachUserPolicy',
      'RemoveRoleFromInstanceProfile',
      'RemoveUserFromGroup',
      'SetDefaultPolicyVersion',
      'UpdateAccessKey',
      'UpdateGroup',
      'UpdateUser',
    ],
    why: 'they add nothing of which there is a quota; a second account alias takes the place of the first',
  },
  {
    service: 'iam',
    code: 'InvalidInput',
    operations: [
      'AddClientIDToOpenIDConnectProvider',
      'AttachGroupPolicy',
      'AttachRolePolicy',
      'AttachUserPolicy',
      'CreatePolicyVersion',
      'DeleteOpenIDConnectProvider',
      'DeletePolicy',
      'DeletePolicyVersion',
      'DetachGroupPolicy',
      'DetachRolePolicy',
      'DetachUserPolicy',
      'GetOpenIDConnectProvider',
      'GetPolicy',
      'GetPolicyVersion',
      'GetServiceLastAccessedDetails',
      'GetServiceLastAccessedDetailsWithEntities',
      'ListAttachedGroupPolicies',
      'ListAttachedRolePolicies',
      'ListAttachedUserPolicies',
      'ListEntitiesForPolicy',
      'ListOpenIDConnectProviderTags',
      'ListPolicyTags',
      'ListPolicyVersions',
      'RemoveClientIDFromOpenIDConnectProvider',
      'SetDefaultPolicyVersion',
    ],
    why: 'an ARN, a name or a job that cannot be is `ValidationError`',
  },
  {
    service: 'iam',
    code: 'EntityAlreadyExists',
    operations: ['AddRoleToInstanceProfile'],
    why: 'a role that is in the profile already is one too many, `LimitExceeded`, as on AWS',
  },
  {
    service: 'iam',
    code: 'NoSuchEntity',
    operations: ['CreateGroup'],
    why: 'it names nothing that has to be there',
  },
  {
    service: 'iam',
    code: 'OpenIdIdpCommunicationError',
    operations: 'all',
    why: 'a provider whose issuer cannot be reached is made without thumbprint',
  },
  {
    service: 'iam',
    code: 'NotSupportedService',
    operations: ['ListServiceSpecificCredentials'],
    why: 'the list is empty whatever service is asked for',
  },
  {
    service: 'iam',
    code: 'PolicyEvaluation',
    operations: 'all',
    why: 'every policy that can be read can be evaluated',
  },
  {
    service: 'sts',
    code: 'MalformedPolicyDocument',
    operations: ['AssumeRoleWithSAML'],
    why: 'there are no SAML providers, and the assertion is refused first',
  },
  {
    service: 'sts',
    code: 'IDPRejectedClaim',
    operations: ['AssumeRoleWithSAML'],
    why: 'there are no SAML providers, and no assertion is read',
  },
  {
    service: 'sts',
    code: 'PackedPolicyTooLarge',
    operations: ['AssumeRoleWithSAML', 'GetDelegatedAccessToken'],
    why: 'the calls are refused as a whole',
  },
  { service: 'sts', code: 'RegionDisabledException', operations: 'all', why: 'no region is disabled' },
  {
    service: 'sts',
    code: 'IDPCommunicationError',
    operations: 'all',
    why: 'an issuer that cannot be reached is `InvalidIdentityToken`, as AWS says of OIDC providers',
  },
  {
    service: 'sts',
    code: 'ExpiredTokenException',
    operations: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoot'],
    why: 'context assertions, SAML assertions and central root access are refused as a whole',
  },
];

/** Why that operation never answers with that code; undefined when it can. */
export function whyAbsent(service: Service['name'], operation: string, code: string): string | undefined {
  return ABSENT_ERRORS.find(
    (row) =>
      row.service === service && row.code === code && (row.operations === 'all' || row.operations.includes(operation)),
  )?.why;
}

/** Code and status of an error shape as they are on the wire: the model's own where it has them. */
export function wireError({ model }: Service, shapeName: string): { readonly code: string; readonly status?: number } {
  const shape = model.shapes[shapeName];
  const { code, httpStatusCode } = shape?.type === 'structure' ? (shape.error ?? {}) : {};
  return { code: code ?? shapeName, ...(httpStatusCode === undefined ? {} : { status: httpStatusCode }) };
}
