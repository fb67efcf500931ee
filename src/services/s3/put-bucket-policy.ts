import { checkBucketPolicy } from '../../federation/bucket-policy.ts';
import { isPublicBucketPolicy } from '../../federation/public-bucket-policy.ts';
import type { ServiceError } from '../../base/service-error.ts';
import { s3Arn } from '../../base/arn.ts';
import type { Empty, PutBucketPolicyRequest } from '../../wire/generated/s3-types.ts';
import type { Call, Operation } from '../operation.ts';
import { onBucketPolicy, ownBucket } from './bucket-policies.ts';
import { s3Error } from './errors.ts';
import { noSuchBucket } from './existing-bucket.ts';
import { publicAccessBlockOf } from './public-access-block.ts';

/** Puts a policy on the bucket in place of the one before; a public one only where the bucket lets it. */
export const putBucketPolicy: Operation<PutBucketPolicyRequest, Empty> = {
  name: 'PutBucketPolicy',
  permission: onBucketPolicy('s3:PutBucketPolicy'),
  async handle(input, call) {
    await ownBucket(input, call);
    await call.sojourn.state.write(async (writers) => {
      const bucket = await writers.buckets.get(input.Bucket);
      if (bucket === undefined) throw noSuchBucket(input.Bucket);
      const known = { readers: writers, accounts: [bucket.account, call.sojourn.account] };
      const policy = await checkBucketPolicy(input.Policy, bucket.name, known);
      if (publicAccessBlockOf(bucket)?.BlockPublicPolicy === true && isPublicBucketPolicy(policy)) {
        throw publicPolicyBlocked(bucket.name, call);
      }
      await writers.buckets.put(bucket.name, { ...bucket, policy: input.Policy });
    });
    return {};
  },
};

/** The sentence of reference iam-policy-evaluation 12. */
function publicPolicyBlocked(bucket: string, { caller }: Call): ServiceError {
  const who = caller.kind === 'anonymous' ? 'anonymous' : caller.arn;
  return s3Error(
    'AccessDenied',
    `User: ${who} is not authorized to perform: s3:PutBucketPolicy on resource: "${s3Arn(bucket)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
  );
}
