/**
 * The errors of S3 that Sojourn answers: code → HTTP status, as the S3 API reference lists them
 * ("Error responses", List of error codes).
 */
import { errorTable, type ServiceError } from '../../base/service-error.ts';

/** Makes an error of S3; a code that is not in the table does not compile. */
export const s3Error = errorTable({
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  BadDigest: 400,
  BadRequest: 400,
  BucketAlreadyExists: 409,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IllegalLocationConstraintException: 400,
  IllegalVersioningConfigurationException: 400,
  InvalidArgument: 400,
  InvalidBucketAclWithObjectOwnership: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidLocationConstraint: 400,
  InvalidPart: 400,
  InvalidPartNumber: 416,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidStorageClass: 400,
  InvalidTag: 400,
  KeyTooLongError: 400,
  MalformedXML: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchBucketPolicy: 404,
  NoSuchCORSConfiguration: 404,
  NoSuchKey: 404,
  NoSuchLifecycleConfiguration: 404,
  NoSuchPublicAccessBlockConfiguration: 404,
  NoSuchTagSet: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  NoSuchWebsiteConfiguration: 404,
  NotImplemented: 501,
  ObjectLockConfigurationNotFoundError: 404,
  OwnershipControlsNotFoundError: 404,
  PreconditionFailed: 412,
  ReplicationConfigurationNotFoundError: 404,
  TooManyBuckets: 400,
});

/** The error for an argument that is well-formed on the wire but not acceptable. */
export function invalidArgument(message: string, name: string, value: string): ServiceError {
  return s3Error('InvalidArgument', message, { details: { ArgumentName: name, ArgumentValue: value } });
}

/** The error for a part of S3 that Sojourn does not have. `what` is named in the message, so that the caller knows. */
export function notImplemented(what: string): ServiceError {
  return s3Error('NotImplemented', `Sojourn does not implement ${what}.`);
}

/** The error for a key that holds no object. */
export function noSuchKey(key: string): ServiceError {
  return s3Error('NoSuchKey', 'The specified key does not exist.', { details: { Key: key } });
}

/** The error for a body that is XML but not what the operation takes. */
export function malformedXml(): ServiceError {
  return s3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
