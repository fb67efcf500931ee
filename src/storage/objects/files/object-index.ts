/**
 * The changes of the index that touch more than one table. Each is a part of one transaction: see
 * `commits.ts`.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { MultipartUpload, ObjectFacts, PartFacts, PutCondition, PutResult, StoredObject } from '../objects.ts';
import { Contents } from './contents.ts';
import { Listing } from './listing.ts';
import { ObjectTable, storedObject } from './object-table.ts';
import { UploadTable } from './upload-table.ts';
import type { UploadName } from './upload-table.ts';

/** What {@link ObjectIndex.completeUpload} gives. */
export type CompleteResult =
  PutResult | { readonly kind: 'noSuchUpload' } | { readonly kind: 'noSuchPart'; readonly number: number };

export class ObjectIndex {
  readonly contents: Contents;
  readonly objects: ObjectTable;
  readonly uploads: UploadTable;
  readonly listing: Listing;

  constructor(connection: DatabaseSync) {
    this.contents = new Contents(connection);
    this.objects = new ObjectTable(connection, this.contents);
    this.uploads = new UploadTable(connection, this.contents);
    this.listing = new Listing(connection);
  }

  /** Puts an object of one blob; `object.content` is the blob's name. */
  putObject(object: StoredObject, condition: PutCondition): PutResult {
    const refusal = this.objects.refusal(object.bucket, object.key, condition);
    if (refusal !== undefined) return refusal;
    this.contents.addWhole(object.content, object.size);
    this.objects.put(object, false);
    return { kind: 'stored', object };
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
    facts: Omit<ObjectFacts, 'size'>,
    condition: PutCondition,
  ): CompleteResult {
    const content = this.uploads.content(upload);
    if (content === undefined) return { kind: 'noSuchUpload' };
    const refusal = this.objects.refusal(upload.bucket, upload.key, condition);
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
    const object = { ...storedObject(upload.bucket, upload.key, content, { ...facts, size }), parts };
    this.objects.put(object, true);
    this.uploads.remove(upload);
    return { kind: 'stored', object };
  }

  /** Drops up to `limit` objects and uploads of a bucket; false when there is nothing left of it. */
  dropSome(bucket: string, limit: number): boolean {
    const keys = this.objects.someKeys(bucket, limit);
    for (const key of keys) this.objects.delete(bucket, key);
    const uploads = this.uploads.list(bucket, '', undefined, limit);
    for (const upload of uploads) this.uploads.abort(upload);
    return keys.length + uploads.length > 0;
  }
}
