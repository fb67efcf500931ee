/** Default encryption of a bucket: SSE-S3, the only kind, with or without the bucket-key flag that says nothing here. */
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { ServerSideEncryptionConfiguration } from '../../wire/generated/s3-types.ts';
import { malformedXml, notImplemented } from './errors.ts';
import { SSE_S3 } from './object-headers.ts';

/** Name under which a bucket keeps it among its configurations. */
export const ENCRYPTION = 'encryption';

const WITH_BUCKET_KEY = `${SSE_S3},BucketKeyEnabled`;

/** The bucket's rule; what was never set is SSE-S3, as on S3 since January 2023. */
export function encryptionOf(bucket: Bucket): ServerSideEncryptionConfiguration {
  return {
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: SSE_S3 },
        BucketKeyEnabled: bucket.configurations[ENCRYPTION] === WITH_BUCKET_KEY,
      },
    ],
  };
}

/**
 * As the bucket keeps it.
 *
 * @throws ServiceError MalformedXML unless there is one rule, NotImplemented for KMS keys
 */
export function printEncryption(configuration: ServerSideEncryptionConfiguration): string {
  const [rule, second] = configuration.Rules;
  if (rule === undefined || second !== undefined) {
    throw malformedXml();
  }
  const algorithm = rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? SSE_S3;
  if (algorithm !== SSE_S3) throw notImplemented('server-side encryption with KMS keys (SSE-KMS)');
  return rule.BucketKeyEnabled === true ? WITH_BUCKET_KEY : SSE_S3;
}
