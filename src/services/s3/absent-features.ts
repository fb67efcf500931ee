/**
 * Features of S3 that Sojourn does not have, kept in one place: a read answers what it answers on a
 * bucket where the feature was never set up, which is what Terraform and the CLI ask for; a write is
 * refused, never swallowed; taking the feature away succeeds.
 */
import type { Empty, Operations } from '../../wire/generated/s3-types.ts';
import type { Operation, OperationTable } from '../operation.ts';
import { notImplemented, s3Error } from './errors.ts';
import type { BucketInput } from './existing-bucket.ts';
import { onBucket, onObject, type ObjectInput } from './permissions.ts';

/** A read of a setting in its default. */
function reads<Input extends BucketInput, Output>(
  name: string,
  action: string,
  output: Output,
): Operation<Input, Output> {
  return { name, permission: onBucket(action), handle: async () => output };
}

/** A read of a configuration that is not there. */
function absent<Input extends BucketInput>(
  name: string,
  action: string,
  code: Parameters<typeof s3Error>[0],
  message: string,
): Operation<Input, never> {
  return {
    name,
    permission: onBucket(action),
    handle: async (input) => {
      throw s3Error(code, message, { details: { BucketName: input.Bucket } });
    },
  };
}

/** A write that would set the feature up; `harmless` tells the inputs that only repeat the default. */
function refuses<Input extends BucketInput>(
  name: string,
  action: string,
  what: string,
  harmless: (input: Input) => boolean = () => false,
): Operation<Input, Empty> {
  return {
    name,
    permission: onBucket(action),
    handle: async (input) => {
      if (!harmless(input)) throw notImplemented(what);
      return {};
    },
  };
}

/** Taking away what is not there. */
function removes<Input extends BucketInput>(name: string, action: string): Operation<Input, Empty> {
  return { name, permission: onBucket(action), handle: async () => ({}) };
}

/** Retention and legal holds, which need a bucket with Object Lock. */
function locks<Input extends ObjectInput>(name: string, action: string): Operation<Input, never> {
  return {
    name,
    permission: onObject(action),
    handle: async () => {
      throw s3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
    },
  };
}

const NO_LIFECYCLE = ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'] as const;

/** The operations of those features. */
export const absentFeatures: OperationTable<Operations> = {
  GetBucketAbac: reads('GetBucketAbac', 's3:GetBucketAbac', { AbacStatus: { Status: 'Disabled' } }),
  PutBucketAbac: refuses(
    'PutBucketAbac',
    's3:PutBucketAbac',
    'attribute-based access control of buckets',
    (input) => input.AbacStatus.Status === 'Disabled',
  ),

  GetBucketAccelerateConfiguration: reads('GetBucketAccelerateConfiguration', 's3:GetAccelerateConfiguration', {}),
  PutBucketAccelerateConfiguration: refuses(
    'PutBucketAccelerateConfiguration',
    's3:PutAccelerateConfiguration',
    'Transfer Acceleration',
  ),

  GetBucketCors: absent(
    'GetBucketCors',
    's3:GetBucketCORS',
    'NoSuchCORSConfiguration',
    'The CORS configuration does not exist',
  ),
  PutBucketCors: refuses('PutBucketCors', 's3:PutBucketCORS', 'CORS rules of buckets'),
  DeleteBucketCors: removes('DeleteBucketCors', 's3:PutBucketCORS'),

  GetBucketLifecycle: absent('GetBucketLifecycle', 's3:GetLifecycleConfiguration', ...NO_LIFECYCLE),
  GetBucketLifecycleConfiguration: absent(
    'GetBucketLifecycleConfiguration',
    's3:GetLifecycleConfiguration',
    ...NO_LIFECYCLE,
  ),
  PutBucketLifecycle: refuses('PutBucketLifecycle', 's3:PutLifecycleConfiguration', 'lifecycle rules'),
  PutBucketLifecycleConfiguration: refuses(
    'PutBucketLifecycleConfiguration',
    's3:PutLifecycleConfiguration',
    'lifecycle rules',
  ),
  DeleteBucketLifecycle: removes('DeleteBucketLifecycle', 's3:PutLifecycleConfiguration'),

  GetBucketLogging: reads('GetBucketLogging', 's3:GetBucketLogging', {}),
  PutBucketLogging: refuses(
    'PutBucketLogging',
    's3:PutBucketLogging',
    'server access logging',
    (input) => input.BucketLoggingStatus.LoggingEnabled === undefined,
  ),

  GetBucketNotification: reads('GetBucketNotification', 's3:GetBucketNotification', {}),
  GetBucketNotificationConfiguration: reads('GetBucketNotificationConfiguration', 's3:GetBucketNotification', {}),
  PutBucketNotification: refuses('PutBucketNotification', 's3:PutBucketNotification', 'event notifications', (input) =>
    isEmpty(input.NotificationConfiguration),
  ),
  PutBucketNotificationConfiguration: refuses(
    'PutBucketNotificationConfiguration',
    's3:PutBucketNotification',
    'event notifications',
    (input) => isEmpty(input.NotificationConfiguration),
  ),

  GetBucketReplication: absent(
    'GetBucketReplication',
    's3:GetReplicationConfiguration',
    'ReplicationConfigurationNotFoundError',
    'The replication configuration was not found',
  ),
  PutBucketReplication: refuses('PutBucketReplication', 's3:PutReplicationConfiguration', 'replication'),
  DeleteBucketReplication: removes('DeleteBucketReplication', 's3:PutReplicationConfiguration'),

  GetBucketRequestPayment: reads('GetBucketRequestPayment', 's3:GetBucketRequestPayment', { Payer: 'BucketOwner' }),
  PutBucketRequestPayment: refuses(
    'PutBucketRequestPayment',
    's3:PutBucketRequestPayment',
    'requester pays',
    (input) => input.RequestPaymentConfiguration.Payer === 'BucketOwner',
  ),

  GetBucketWebsite: absent(
    'GetBucketWebsite',
    's3:GetBucketWebsite',
    'NoSuchWebsiteConfiguration',
    'The specified bucket does not have a website configuration',
  ),
  PutBucketWebsite: refuses('PutBucketWebsite', 's3:PutBucketWebsite', 'website hosting'),
  DeleteBucketWebsite: removes('DeleteBucketWebsite', 's3:DeleteBucketWebsite'),

  GetObjectLockConfiguration: absent(
    'GetObjectLockConfiguration',
    's3:GetBucketObjectLockConfiguration',
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ),
  PutObjectLockConfiguration: refuses(
    'PutObjectLockConfiguration',
    's3:PutBucketObjectLockConfiguration',
    'Object Lock',
  ),
  GetObjectLegalHold: locks('GetObjectLegalHold', 's3:GetObjectLegalHold'),
  PutObjectLegalHold: locks('PutObjectLegalHold', 's3:PutObjectLegalHold'),
  GetObjectRetention: locks('GetObjectRetention', 's3:GetObjectRetention'),
  PutObjectRetention: locks('PutObjectRetention', 's3:PutObjectRetention'),
};

/** Whether a configuration names nothing: members may be there, undefined or without entries. */
function isEmpty(configuration: object): boolean {
  const members: readonly unknown[] = Object.values(configuration);
  return members.every((member) => member === undefined || (Array.isArray(member) && member.length === 0));
}
