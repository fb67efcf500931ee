/** A version as a row of the index, and back. `objects` and `history` have these columns in common. */
import type { SQLOutputValue } from 'node:sqlite';
import type { DeleteMarker, ObjectFacts, StoredObject, Version } from '../objects.ts';
import { integer, json, text } from './columns.ts';

/** A row of {@link VERSION_COLUMNS}. */
export type Row = Record<string, SQLOutputValue>;

/** What of the facts is kept as JSON: all that is not a column of its own or known from the parts. */
type KeptFacts = Omit<ObjectFacts, 'size' | 'etag' | 'lastModified' | 'parts'>;

/** Columns that are read here. */
export const VERSION_COLUMNS = 'key, age, version_id, content, multipart, size, etag, last_modified, facts';

/** A version without the parts of its object. */
export function versionOf(bucket: string, row: Row): Version {
  return row['content'] === null
    ? { kind: 'deleteMarker', marker: markerOf(bucket, row) }
    : { kind: 'object', object: objectOf(bucket, row) };
}

/** An object without its parts. */
export function objectOf(bucket: string, row: Row): StoredObject {
  return {
    bucket,
    key: text(row['key']),
    versionId: text(row['version_id']),
    content: text(row['content']),
    size: integer(row['size']),
    etag: text(row['etag']),
    lastModified: integer(row['last_modified']),
    ...json<KeptFacts>(row['facts']),
  };
}

function markerOf(bucket: string, row: Row): DeleteMarker {
  return {
    bucket,
    key: text(row['key']),
    versionId: text(row['version_id']),
    lastModified: integer(row['last_modified']),
  };
}

/** The facts as the index keeps them, as JSON. */
export function factsText(facts: ObjectFacts): string {
  return JSON.stringify(keptFacts(facts));
}

/** Those facts that are kept as JSON, whatever else `facts` holds. */
export function keptFacts(facts: ObjectFacts): KeptFacts {
  const { headers, metadata, tags, checksums, checksumType, storageClass, uploadId } = facts;
  const kept = { headers, metadata, tags, checksums, checksumType, storageClass };
  return uploadId === undefined ? kept : { ...kept, uploadId };
}
