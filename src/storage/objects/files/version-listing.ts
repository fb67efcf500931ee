/** Listings of versions: like those of objects, but with what is below and beside the latest ones. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { NO_END, afterPrefix } from '../../sqlite/key-range.ts';
import type { ListedVersion, VersionList, VersionPlace, VersionQuery } from '../objects.ts';
import { integer, text } from './columns.ts';
import { commonPrefix, firstKey } from './listing.ts';
import { ageOfVersionId } from './version-order.ts';
import { VERSION_COLUMNS, versionOf } from './version-row.ts';

/** One line of a listing. */
type Entry =
  | { readonly kind: 'version'; readonly listed: ListedVersion }
  | { readonly kind: 'commonPrefix'; readonly commonPrefix: string };

/** Where to begin: rows of this key with a greater age, and later keys. */
interface Start {
  readonly key: string;
  readonly age: number;
}

/** Every age is greater. */
const NO_AGE = Number.MIN_SAFE_INTEGER;

export class VersionListing {
  readonly #rows: StatementSync;
  readonly #ageOfNull: StatementSync;

  constructor(connection: DatabaseSync) {
    // Both halves begin at their place and come in the order of their primary key: SQLite merges them and
    // stops at the limit. The row value is the only lower bound, or the age would be looked for row by row.
    const start = `(max(?2, ?4), CASE WHEN ?2 > ?4 THEN ${NO_AGE} ELSE ?5 END)`;
    const range = `bucket = ?1 AND (key, age) > ${start} AND key < ?3`;
    this.#rows = connection.prepare(
      `SELECT ${VERSION_COLUMNS}, 1 AS latest FROM objects WHERE ${range}
       UNION ALL
       SELECT ${VERSION_COLUMNS}, ${IS_LATEST_MARKER} AS latest FROM history AS listed WHERE ${range}
       ORDER BY key, age LIMIT ?6`,
    );
    this.#ageOfNull = connection.prepare(
      `SELECT age FROM objects WHERE bucket = ?1 AND key = ?2 AND version_id = 'null'
       UNION ALL SELECT age FROM history WHERE bucket = ?1 AND key = ?2 AND version_id = 'null'`,
    );
  }

  /** Objects come without their parts. */
  list(bucket: string, query: VersionQuery): VersionList {
    const versions: ListedVersion[] = [];
    const commonPrefixes: string[] = [];
    if (query.limit === 0) return { versions, commonPrefixes, next: undefined };
    let last: VersionPlace | undefined;
    for (const entry of this.#entries(bucket, query)) {
      // This one does not fit: there is a next page.
      if (versions.length + commonPrefixes.length === query.limit) return { versions, commonPrefixes, next: last };
      if (entry.kind === 'version') {
        versions.push(entry.listed);
        last = placeOf(entry.listed);
      } else {
        commonPrefixes.push(entry.commonPrefix);
        last = { key: entry.commonPrefix, versionId: undefined };
      }
    }
    return { versions, commonPrefixes, next: undefined };
  }

  *#entries(bucket: string, query: VersionQuery): Generator<Entry, void, undefined> {
    const end = afterPrefix(query.prefix) ?? NO_END;
    let from = this.#start(bucket, query);
    while (from !== undefined) {
      const rows = this.#rows.iterate(bucket, query.prefix, end, from.key, from.age, query.limit + 1);
      from = undefined;
      for (const row of rows) {
        const group = commonPrefix(text(row['key']), query);
        if (group === undefined) {
          yield { kind: 'version', listed: { version: versionOf(bucket, row), isLatest: row['latest'] === 1 } };
          continue;
        }
        yield { kind: 'commonPrefix', commonPrefix: group };
        const key = afterPrefix(group);
        from = key === undefined ? undefined : { key, age: NO_AGE };
        break;
      }
    }
  }

  /** Undefined when nothing may be listed. */
  #start(bucket: string, query: VersionQuery): Start | undefined {
    const { after } = query;
    if (after?.versionId !== undefined && commonPrefix(after.key, query) === undefined) {
      return { key: after.key, age: this.#ageOf(bucket, after.key, after.versionId) };
    }
    const key = firstKey({ ...query, after: after?.key ?? '' });
    return key === undefined ? undefined : { key, age: NO_AGE };
  }

  /**
   * The age of a version that may be gone. Of a `null` version that is gone no id tells it: then the
   * key begins anew, since to show a version twice is better than to leave one out.
   */
  #ageOf(bucket: string, key: string, versionId: string): number {
    const age = ageOfVersionId(versionId);
    if (age !== undefined) return age;
    const row = this.#ageOfNull.get(bucket, key);
    return row === undefined ? NO_AGE : integer(row['age']);
  }
}

/** Of a row `listed` of `history`: two steps for a delete marker, none for an object, which is never the latest. */
const IS_LATEST_MARKER = `(listed.content IS NULL
  AND NOT EXISTS (SELECT 1 FROM objects AS o WHERE o.bucket = listed.bucket AND o.key = listed.key)
  AND NOT EXISTS (SELECT 1 FROM history AS h
                  WHERE h.bucket = listed.bucket AND h.key = listed.key AND h.age < listed.age))`;

function placeOf({ version }: ListedVersion): VersionPlace {
  const { key, versionId } = version.kind === 'object' ? version.object : version.marker;
  return { key, versionId };
}
