/** Regions of buckets, and the location constraints that name them. */
import type { BucketLocationConstraint } from '../../wire/generated/s3-types.ts';
import { s3Error } from './errors.ts';

/** The region that has no location constraint, for S3's oldest reasons. */
export const FIRST_REGION = 'us-east-1';

/**
 * The region of a new bucket. From us-east-1 any region may be named; from another region only itself,
 * and it must be named (API reference, CreateBucket).
 *
 * @param endpoint region that the request was signed for
 * @throws ServiceError IllegalLocationConstraintException, InvalidLocationConstraint
 */
export function bucketRegion(constraint: string | undefined, endpoint: string): string {
  if (constraint !== undefined && constraint !== 'EU' && constraintOf(constraint) === undefined) {
    throw s3Error('InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      details: { LocationConstraint: constraint },
    });
  }
  const region = constraint === 'EU' ? 'eu-west-1' : (constraint ?? FIRST_REGION);
  if (endpoint !== FIRST_REGION && region !== endpoint) {
    throw s3Error(
      'IllegalLocationConstraintException',
      `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  return region;
}

/** The location constraint of a region; undefined for us-east-1. */
export function constraintOf(region: string): BucketLocationConstraint | undefined {
  return CONSTRAINTS.find((constraint) => constraint === region);
}

const CONSTRAINTS = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'us-west-1',
  'us-west-2',
] as const satisfies readonly BucketLocationConstraint[];
