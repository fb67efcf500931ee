import type { Bucket } from '../../storage/state/bucket-record.ts';
import type { ListBucketsOutput, ListBucketsRequest } from '../../wire/generated/s3-types.ts';
import type { Call, Operation } from '../operation.ts';
import { requestKeys } from './condition-keys.ts';
import { printContinuationToken, readContinuationToken } from './continuation-token.ts';
import { invalidArgument } from './errors.ts';
import { ownerOf } from './owner.ts';
import { wholeSeconds } from './whole-seconds.ts';

/** The most that one page may ask for, and what it holds when it does not ask. */
const MOST_BUCKETS = 10_000;
/** Records read at once while the other accounts' are passed over. */
const BATCH = 500;

/** The buckets of the caller's account, in order of their names. */
export const listBuckets: Operation<ListBucketsRequest, ListBucketsOutput> = {
  name: 'ListBuckets',
  permission: {
    kind: 'actions',
    actions: ['s3:ListAllMyBuckets'],
    requirements: (_input, call) => [
      { action: 's3:ListAllMyBuckets', resource: '*', context: requestKeys(undefined, call) },
    ],
  },
  async handle(input, call) {
    const most = input.MaxBuckets ?? MOST_BUCKETS;
    if (most < 1 || most > MOST_BUCKETS) {
      throw invalidArgument(
        `Argument max-buckets must be an integer between 1 and ${MOST_BUCKETS}`,
        'max-buckets',
        String(most),
      );
    }
    const found = await ownBuckets(input, most + 1, call);
    const page = found.slice(0, most);
    const last = page.at(-1);
    return {
      Buckets: page.map((bucket) => ({
        Name: bucket.name,
        CreationDate: wholeSeconds(bucket.createDate),
        BucketRegion: bucket.region,
      })),
      Owner: ownerOf(call.account),
      ContinuationToken: found.length > most && last !== undefined ? printContinuationToken(last.name) : undefined,
      Prefix: input.Prefix,
    };
  },
};

async function ownBuckets(input: ListBucketsRequest, limit: number, call: Call): Promise<readonly Bucket[]> {
  const found: Bucket[] = [];
  let after = input.ContinuationToken === undefined ? undefined : readContinuationToken(input.ContinuationToken);
  while (found.length < limit) {
    const batch = await call.sojourn.state.buckets.list(input.Prefix ?? '', { after, limit: BATCH });
    for (const bucket of batch) {
      const wanted = input.BucketRegion === undefined || bucket.region === input.BucketRegion;
      if (bucket.account === call.account && wanted) found.push(bucket);
    }
    after = batch.at(-1)?.name;
    if (batch.length < BATCH) break;
  }
  return found.slice(0, limit);
}
