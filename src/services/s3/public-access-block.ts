/** The public access block of a bucket, as it is kept: the settings that are on, with commas between. */
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { PublicAccessBlockConfiguration } from '../../wire/generated/s3-types.ts';

/** Name under which a bucket keeps it among its configurations. */
export const PUBLIC_ACCESS_BLOCK = 'publicAccessBlock';

const SETTINGS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;

/** All four on: what every new bucket has had since April 2023. */
export const BLOCK_ALL: string = SETTINGS.join(',');

/** As the bucket keeps it; a setting that is not named is off. */
export function printPublicAccessBlock(configuration: PublicAccessBlockConfiguration): string {
  return SETTINGS.filter((setting) => configuration[setting] === true).join(',');
}

/** The bucket's settings; undefined after DeletePublicAccessBlock. */
export function publicAccessBlockOf(bucket: Bucket): Required<PublicAccessBlockConfiguration> | undefined {
  const kept = bucket.configurations[PUBLIC_ACCESS_BLOCK]?.split(',');
  if (kept === undefined) return undefined;
  return {
    BlockPublicAcls: kept.includes('BlockPublicAcls'),
    IgnorePublicAcls: kept.includes('IgnorePublicAcls'),
    BlockPublicPolicy: kept.includes('BlockPublicPolicy'),
    RestrictPublicBuckets: kept.includes('RestrictPublicBuckets'),
  };
}
