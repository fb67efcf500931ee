import { s3Arn } from '../../base/arn.ts';
import type { ServiceError } from '../../base/service-error.ts';
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { CreateBucketOutput, CreateBucketRequest } from '../../wire/generated/s3-types.ts';
import type { Call, Operation, Requirement } from '../operation.ts';
import { isBucketName } from './bucket-names.ts';
import { requestKeys, resourceTagKeys, writeKeys } from './condition-keys.ts';
import { notImplemented, s3Error } from './errors.ts';
import { OWNERSHIP } from './ownership.ts';
import { BLOCK_ALL, PUBLIC_ACCESS_BLOCK } from './public-access-block.ts';
import { bucketRegion, FIRST_REGION } from './regions.ts';
import { checkBucketTags } from './tag-sets.ts';

/** S3's quota for an account (10,000 since November 2024), here for the whole installation. */
const MOST_BUCKETS = 10_000;

/** Makes a bucket: no ACLs, no public access, as S3 has made them since April 2023. */
export const createBucket: Operation<CreateBucketRequest, CreateBucketOutput> = {
  name: 'CreateBucket',
  permission: {
    kind: 'actions',
    actions: ['s3:CreateBucket', 's3:PutBucketAcl', 's3:PutBucketOwnershipControls', 's3:TagResource'],
    requirements,
  },
  async handle(input, call) {
    const bucket = newBucket(input, call);
    await call.sojourn.state.write(async ({ buckets }) => {
      const present = await buckets.get(bucket.name);
      if (present !== undefined) return answerTaken(present, bucket, call);
      if ((await buckets.count('')) >= MOST_BUCKETS) {
        throw s3Error('TooManyBuckets', 'You have attempted to create more buckets than allowed');
      }
      // Of a bucket of that name that is gone, a crash may have left what was being put.
      await call.sojourn.objects.dropBucket(bucket.name);
      await buckets.create(bucket.name, bucket);
    });
    return { Location: `/${bucket.name}` };
  },
};

async function requirements(input: CreateBucketRequest, call: Call): Promise<readonly Requirement[]> {
  if (!isBucketName(input.Bucket)) {
    throw s3Error('InvalidBucketName', 'The specified bucket is not valid.', { details: { BucketName: input.Bucket } });
  }
  const present = await call.sojourn.state.buckets.get(input.Bucket);
  // Before authorization: to the owner's policies this would be a call on their bucket, which it is not.
  if (present !== undefined && present.account !== call.account) throw bucketAlreadyExists(input.Bucket);
  const constraint = input.CreateBucketConfiguration?.LocationConstraint;
  const tags = input.CreateBucketConfiguration?.Tags ?? [];
  const context = {
    ...requestKeys(undefined, call),
    ...writeKeys(call),
    ...(constraint !== undefined && { 's3:locationconstraint': constraint }),
    ...(tags.length > 0 && resourceTagKeys(tags)),
  };
  const actions = ['s3:CreateBucket'];
  if (input.ACL !== undefined) actions.push('s3:PutBucketAcl');
  if (input.ObjectOwnership !== undefined) actions.push('s3:PutBucketOwnershipControls');
  if (tags.length > 0) actions.push('s3:TagResource');
  const resource = s3Arn(input.Bucket);
  call.notes.resources.push({ accountId: call.account, type: 'AWS::S3::Bucket', ARN: resource });
  return actions.map((action) => ({ action, resource, context }));
}

function newBucket(input: CreateBucketRequest, call: Call): Bucket {
  const { CreateBucketConfiguration: configuration } = input;
  if (input.ObjectLockEnabledForBucket === true) throw notImplemented('Object Lock');
  if (configuration?.Location !== undefined || configuration?.Bucket !== undefined) {
    throw notImplemented('directory buckets');
  }
  checkAcl(input);
  const tags = configuration?.Tags ?? [];
  checkBucketTags(tags);
  return {
    name: input.Bucket,
    account: call.account,
    region: bucketRegion(configuration?.LocationConstraint, call.region),
    createDate: call.now,
    policy: undefined,
    tags,
    versioning: undefined,
    configurations: {
      [OWNERSHIP]: input.ObjectOwnership ?? 'BucketOwnerEnforced',
      [PUBLIC_ACCESS_BLOCK]: BLOCK_ALL,
    },
  };
}

function checkAcl(input: CreateBucketRequest): void {
  const grants = [input.GrantFullControl, input.GrantRead, input.GrantReadACP, input.GrantWrite, input.GrantWriteACP];
  const grantless = grants.every((grant) => grant === undefined);
  if (grantless && (input.ACL === undefined || input.ACL === 'private')) return;
  if ((input.ObjectOwnership ?? 'BucketOwnerEnforced') === 'BucketOwnerEnforced') {
    throw s3Error(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  }
  throw notImplemented('bucket ACLs other than private');
}

/** In us-east-1 creating one's own bucket again succeeds, everywhere else it does not (API reference, CreateBucket). */
function answerTaken(present: Bucket, wanted: Bucket, call: Call): void {
  if (present.account !== call.account) throw bucketAlreadyExists(wanted.name);
  if (present.region === FIRST_REGION && wanted.region === FIRST_REGION) return;
  throw s3Error(
    'BucketAlreadyOwnedByYou',
    'Your previous request to create the named bucket succeeded and you already own it.',
    { details: { BucketName: wanted.name } },
  );
}

function bucketAlreadyExists(name: string): ServiceError {
  return s3Error(
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    { details: { BucketName: name } },
  );
}
