/** A versioned bucket, for the tests of what is in it. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type Answer, element, elements, type InProcess, openS3 } from './s3-suite.ts';

/** Enables a bucket, as PutBucketVersioning takes it. */
export const ENABLED = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
/** Suspends it. */
export const SUSPENDED = '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>';

/** An S3 with the bucket `bucket`, enabled. */
export async function versioned(t: TestContext): Promise<InProcess> {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  assert.equal((await s3.send('PUT /bucket?versioning', { body: ENABLED })).status, 200);
  return s3;
}

/** The version id that a write answers. */
export async function put(s3: InProcess, key: string, body: string): Promise<string> {
  const answer = await s3.send(`PUT /bucket/${key}`, { body });
  const id = answer.headers.get('x-amz-version-id');
  assert.match(id ?? '', /^[A-Za-z0-9._]{32}$/);
  return id ?? '';
}

/** What an answer says of a version: status, code, and the two headers. */
export function told(answer: Answer): readonly unknown[] {
  const { status, code, headers } = answer;
  return [status, code, headers.get('x-amz-version-id'), headers.get('x-amz-delete-marker')];
}

/** Key, version id, IsLatest and kind of every entry: versions, then markers, as the document has them. */
export async function listed(s3: InProcess): Promise<(readonly (string | undefined)[])[]> {
  const { text } = await s3.send('GET /bucket?versions');
  const entries = (name: string, kind: string): (readonly (string | undefined)[])[] =>
    elements(text, name).map((entry) => [
      ...['Key', 'VersionId', 'IsLatest'].map((part) => element(entry, part)),
      kind,
    ]);
  return [...entries('Version', 'version'), ...entries('DeleteMarker', 'marker')];
}
