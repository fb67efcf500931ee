/** What versions there are, for the suites of versions. */
import assert from 'node:assert/strict';
import { collect } from './object-samples.ts';
import type { Objects } from './objects.ts';

/** A listing of everything. */
export const ALL = { prefix: '', delimiter: undefined, after: undefined, limit: 1000 } as const;

/** Names of all versions, in the order of the listing. */
export async function versions(
  objects: Objects,
  bucket = 'b',
): Promise<{ readonly key: string; readonly versionId: string }[]> {
  const { versions: listed } = await objects.listVersions(bucket, ALL);
  return listed.map(({ version }) => (version.kind === 'object' ? version.object : version.marker));
}

/** What each version holds, in the order of the listing; the first of each key is the latest and no other. */
export async function texts(objects: Objects, bucket = 'b'): Promise<string[]> {
  const { versions: listed } = await objects.listVersions(bucket, ALL);
  assert.deepEqual(
    listed.map(({ isLatest }) => isLatest),
    listed.map((_, at) => at === 0),
  );
  return Promise.all(
    listed.map(async ({ version }) => {
      if (version.kind === 'deleteMarker') return 'deleted';
      return (await collect(objects.read(version.object, 0, version.object.size))).toString();
    }),
  );
}
