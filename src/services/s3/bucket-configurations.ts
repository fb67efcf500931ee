/** Sub-resources of a bucket that are kept as short texts by name. */
import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { Call } from '../operation.ts';
import { type BucketInput, changeBucket } from './existing-bucket.ts';

/** Sets the sub-resource `name` of the bucket. */
export async function setConfiguration(input: BucketInput, name: string, text: string, call: Call): Promise<void> {
  await changeBucket(input, call, (bucket) => withConfiguration(bucket, name, text));
}

/** Takes the sub-resource `name` from the bucket; taking one that is not there succeeds as well. */
export async function dropConfiguration(input: BucketInput, name: string, call: Call): Promise<void> {
  await changeBucket(input, call, (bucket) => withConfiguration(bucket, name, undefined));
}

function withConfiguration(bucket: Bucket, name: string, text: string | undefined): Bucket {
  const { [name]: _replaced, ...rest } = bucket.configurations;
  return { ...bucket, configurations: text === undefined ? rest : { ...rest, [name]: text } };
}
