/** One page of a bucket's keys: what ListObjects and ListObjectsV2 share. */
import type { ListResult } from '../../storage/objects/objects.ts';
import type { Call } from '../operation.ts';

/** What a listing asks for. An empty delimiter is none, as on S3. */
export interface PageQuery {
  readonly Bucket: string;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
}

/**
 * Reads one page; a page of no entries ends the listing, as on S3.
 *
 * @param after keys and common prefixes strictly after this
 */
export async function listPage(query: PageQuery, after: string, limit: number, call: Call): Promise<ListResult> {
  if (limit === 0) return { objects: [], commonPrefixes: [], next: undefined };
  return call.sojourn.objects.list(query.Bucket, {
    prefix: query.Prefix ?? '',
    delimiter: query.Delimiter === '' ? undefined : query.Delimiter,
    after,
    limit,
  });
}
