/**
 * The index of the object store: which object is which bytes.
 *
 * Bytes are *contents*. A content is one or more *segments* in number order, each one blob file; an
 * object has one content, and so has an upload: its parts are the segments. Completing an upload
 * hands its content over to the object, so that no byte and no row of a part moves. A content that
 * nobody has any more is *discarded*: kept for those who still read it, then removed.
 *
 * `objects` holds what a plain listing shows: of each key the latest version, if that is an object.
 * All other versions are in `history`: older ones, and delete markers, whose content is null. So an
 * unversioned bucket has nothing there, and a listing never passes what it does not show. `age`
 * orders the versions of a key, the newest first: it is minus the time in its id (`version-order.ts`).
 *
 * `completed` tells which version an upload was completed as, for as long as that version is there.
 */
import type { Schema } from '../../sqlite/database.ts';

/** `application_id` is `SOJO` in ASCII. */
export const INDEX_SCHEMA: Schema = {
  applicationId: 0x534f4a4f,
  migrations: [
    `CREATE TABLE objects (
       bucket TEXT NOT NULL,
       key TEXT NOT NULL,
       content TEXT NOT NULL,
       multipart INTEGER NOT NULL,
       size INTEGER NOT NULL,
       etag TEXT NOT NULL,
       last_modified INTEGER NOT NULL,
       facts TEXT NOT NULL,
       PRIMARY KEY (bucket, key)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE uploads (
       bucket TEXT NOT NULL,
       key TEXT NOT NULL,
       upload_id TEXT NOT NULL,
       content TEXT NOT NULL,
       facts TEXT NOT NULL,
       PRIMARY KEY (bucket, key, upload_id)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE segments (
       content TEXT NOT NULL,
       number INTEGER NOT NULL,
       blob TEXT NOT NULL UNIQUE,
       size INTEGER NOT NULL,
       part TEXT,
       PRIMARY KEY (content, number)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE discarded (
       id INTEGER PRIMARY KEY AUTOINCREMENT,
       content TEXT NOT NULL
     ) STRICT;`,
    `ALTER TABLE objects ADD COLUMN version_id TEXT NOT NULL DEFAULT 'null';
     ALTER TABLE objects ADD COLUMN age INTEGER NOT NULL DEFAULT 0;
     CREATE TABLE history (
       bucket TEXT NOT NULL,
       key TEXT NOT NULL,
       age INTEGER NOT NULL,
       version_id TEXT NOT NULL,
       content TEXT,
       multipart INTEGER NOT NULL,
       size INTEGER NOT NULL,
       etag TEXT NOT NULL,
       last_modified INTEGER NOT NULL,
       facts TEXT NOT NULL,
       PRIMARY KEY (bucket, key, age),
       UNIQUE (bucket, key, version_id)
     ) STRICT, WITHOUT ROWID;
     ALTER TABLE uploads ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
     UPDATE uploads SET begun = 1000 * json_extract(facts, '$.initiated');
     CREATE TABLE completed (
       bucket TEXT NOT NULL,
       key TEXT NOT NULL,
       upload_id TEXT NOT NULL,
       version_id TEXT NOT NULL,
       PRIMARY KEY (bucket, key, upload_id)
     ) STRICT, WITHOUT ROWID;`,
  ],
};
