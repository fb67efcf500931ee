/**
 * Listings over the index: a common prefix costs one step, however many keys it stands for, because
 * the next step starts after all of them.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { NO_END, afterKey, afterPrefix } from '../../sqlite/key-range.ts';
import type { ListQuery, ListResult, StoredObject } from '../objects.ts';
import { text } from './columns.ts';
import { VERSION_COLUMNS, objectOf } from './version-row.ts';

/** One line of a listing. */
type Entry =
  | { readonly kind: 'object'; readonly object: StoredObject }
  | { readonly kind: 'commonPrefix'; readonly commonPrefix: string };

export class Listing {
  readonly #keys: StatementSync;

  constructor(connection: DatabaseSync) {
    this.#keys = connection.prepare(
      `SELECT ${VERSION_COLUMNS} FROM objects
       WHERE bucket = ? AND key >= max(?, ?) AND key < ? ORDER BY key LIMIT ?`,
    );
  }

  /** Objects come without their parts. */
  list(bucket: string, query: ListQuery): ListResult {
    const objects: StoredObject[] = [];
    const commonPrefixes: string[] = [];
    if (query.limit === 0) return { objects, commonPrefixes, next: undefined };
    let last: string | undefined;
    for (const entry of this.#entries(bucket, query)) {
      // This one does not fit: there is a next page.
      if (objects.length + commonPrefixes.length === query.limit) return { objects, commonPrefixes, next: last };
      if (entry.kind === 'object') {
        objects.push(entry.object);
        last = entry.object.key;
      } else {
        commonPrefixes.push(entry.commonPrefix);
        last = entry.commonPrefix;
      }
    }
    return { objects, commonPrefixes, next: undefined };
  }

  *#entries(bucket: string, query: ListQuery): Generator<Entry, void, undefined> {
    const end = afterPrefix(query.prefix) ?? NO_END;
    let from = firstKey(query);
    while (from !== undefined) {
      const rows = this.#keys.iterate(bucket, query.prefix, from, end, query.limit + 1);
      from = undefined;
      for (const row of rows) {
        const group = commonPrefix(text(row['key']), query);
        if (group === undefined) {
          yield { kind: 'object', object: objectOf(bucket, row) };
          continue;
        }
        yield { kind: 'commonPrefix', commonPrefix: group };
        from = afterPrefix(group);
        break;
      }
    }
  }
}

/** The least text that may be listed; undefined when nothing may. A common prefix that `after` is within is over. */
export function firstKey(query: ListQuery): string | undefined {
  if (query.after === '') return '';
  const group = query.after.startsWith(query.prefix) ? commonPrefix(query.after, query) : undefined;
  return group === undefined ? afterKey(query.after) : afterPrefix(group);
}

/** The common prefix that stands for `key`: up to the first delimiter after the prefix, which is included. */
export function commonPrefix(
  key: string,
  query: { readonly prefix: string; readonly delimiter: string | undefined },
): string | undefined {
  const { prefix, delimiter } = query;
  if (delimiter === undefined || delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
