/**
 * The changes of the index that touch more than one table. Each is a part of one transaction: see
 * `commits.ts`.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { MultipartUpload, ObjectFacts, PartFacts, PutResult, StoredObject, Writing } from '../objects.ts';
import { Contents } from './contents.ts';
import { Listing } from './listing.ts';
import { UploadTable } from './upload-table.ts';
import type { UploadName } from './upload-table.ts';
import { VersionIndex } from './version-index.ts';
import type { Draft } from './version-index.ts';
import { VersionListing } from './version-listing.ts';
import { keptFacts } from './version-row.ts';

/** What {@link ObjectIndex.completeUpload} gives. */
export type CompleteResult =
  PutResult | { readonly kind: 'noSuchUpload' } | { readonly kind: 'noSuchPart'; readonly number: number };

export class ObjectIndex {
  readonly contents: Contents;
  readonly versions: VersionIndex;
  readonly uploads: UploadTable;
  readonly listing: Listing;
  readonly versionListing: VersionListing;

  constructor(connection: DatabaseSync) {
    this.contents = new Contents(connection);
    this.uploads = new UploadTable(connection, this.contents);
    this.versions = new VersionIndex(connection, this.contents, this.uploads);
    this.listing = new Listing(connection);
    this.versionListing = new VersionListing(connection);
  }

  /** Puts an object of one blob, which `blob` names. */
  putObject(bucket: string, key: string, blob: string, facts: ObjectFacts, writing: Writing): PutResult {
    const refusal = this.versions.refusal(bucket, key, writing.condition);
    if (refusal !== undefined) return refusal;
    this.contents.addWhole(blob, facts.size);
    const draft = draftOf({ bucket, key }, blob, { ...facts, uploadId: undefined });
    return { kind: 'stored', object: this.versions.put(draft, writing.version) };
  }

  /** False, and nothing changes, when the upload is gone. */
  putPart(upload: UploadName, blob: string, part: PartFacts): boolean {
    const content = this.uploads.content(upload);
    if (content === undefined) return false;
    this.contents.addPart(content, blob, part);
    return true;
  }

  /** The upload's content, without the parts that are not named, becomes the object's. `numbers` ascend. */
  completeUpload(
    upload: MultipartUpload,
    numbers: readonly number[],
    facts: Omit<ObjectFacts, 'size' | 'lastModified'>,
    writing: Writing,
  ): CompleteResult {
    const content = this.uploads.content(upload);
    if (content === undefined) return { kind: 'noSuchUpload' };
    const refusal = this.versions.refusal(upload.bucket, upload.key, writing.condition);
    if (refusal !== undefined) return refusal;
    const present = this.contents.parts(content);
    const etags = new Map(present.map((part) => [part.number, part.etag]));
    const expected = new Map(facts.parts?.map((part) => [part.number, part.etag]));
    const missing = numbers.find((number) => {
      const etag = etags.get(number);
      return etag === undefined || etag !== (expected.get(number) ?? etag);
    });
    if (missing !== undefined) return { kind: 'noSuchPart', number: missing };
    const chosen = new Set(numbers);
    const parts = present.filter((part) => chosen.has(part.number));
    for (const { number } of present) if (!chosen.has(number)) this.contents.dropPart(content, number);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const lastModified = upload.initiated;
    const draft = draftOf(upload, content, { ...facts, size, lastModified, uploadId: upload.uploadId });
    const { object, kept } = this.versions.putParts(draft, writing.version, this.uploads.begun(upload));
    if (kept) this.uploads.complete(upload, object.versionId);
    else this.uploads.abort(upload);
    return { kind: 'stored', object: { ...object, parts } };
  }

  /** What an upload was completed as, while that is there. */
  completed(upload: UploadName): StoredObject | undefined {
    const versionId = this.uploads.completed(upload);
    const version = versionId === undefined ? undefined : this.versions.find(upload.bucket, upload.key, versionId);
    return version?.kind === 'object' && version.object.uploadId === upload.uploadId ? version.object : undefined;
  }

  /** Drops up to `limit` uploads, latest and other versions of a bucket; false when there is nothing left of it. */
  dropSome(bucket: string, limit: number): boolean {
    const versions = this.versions.some(bucket, limit);
    for (const { key, versionId } of versions) this.versions.delete(bucket, key, versionId);
    const uploads = this.uploads.list(bucket, '', undefined, limit);
    for (const upload of uploads) this.uploads.abort(upload);
    return versions.length + uploads.length > 0;
  }
}

/** An object that has no version yet, without its parts, whatever else `facts` holds. */
function draftOf(name: { readonly bucket: string; readonly key: string }, content: string, facts: ObjectFacts): Draft {
  const { size, etag, lastModified } = facts;
  return { bucket: name.bucket, key: name.key, content, size, etag, lastModified, ...keptFacts(facts) };
}
