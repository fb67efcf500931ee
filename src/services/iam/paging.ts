/**
 * Marker and MaxItems. A marker says which operation it belongs to and where the next page begins;
 * it grants nothing, since every page is read within the caller's account whatever the marker says.
 */
import { Buffer } from 'node:buffer';
import type { Reader } from '../../storage/state/state.ts';
import { iamError } from './errors.ts';

/** The paging members of a request. */
export interface Paging {
  readonly Marker?: string | undefined;
  /** 1–1000, 100 when absent. */
  readonly MaxItems?: number | undefined;
}

/** The paging members of an answer. */
export interface PageMark {
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly mark: PageMark;
}

/** Which records a list call is about. */
export interface RecordList<V> {
  /** Name of the operation: a marker of another one is refused. */
  readonly operation: string;
  readonly prefix: string;
  /** What follows the prefix in the record's key. */
  readonly keyOf: (record: V) => string;
  readonly accepts?: ((record: V) => boolean) | undefined;
}

const DEFAULT_MAX_ITEMS = 100;
/** Records read at a time while a filter looks for its page. */
const STRIDE = 1000;

/** A page of records in key order; reads on past records that the filter leaves out. */
export async function pageOfRecords<V>(reader: Reader<V>, list: RecordList<V>, paging: Paging): Promise<PageOf<V>> {
  const limit = paging.MaxItems ?? DEFAULT_MAX_ITEMS;
  const accepts = list.accepts ?? (() => true);
  const found: V[] = [];
  const begin = readMarker(list.operation, paging);
  let after = begin === undefined ? undefined : list.prefix + begin;
  const stride = list.accepts === undefined ? limit + 1 : STRIDE;
  for (;;) {
    const records = await reader.list(list.prefix, { after, limit: stride });
    for (const record of records) {
      if (!accepts(record)) continue;
      if (found.length === limit) return truncated(found, list);
      found.push(record);
    }
    const last = records.at(-1);
    if (last === undefined || records.length < stride) return { items: found, mark: { IsTruncated: false } };
    after = list.prefix + list.keyOf(last);
  }
}

/** A page of a list that is held whole: tags, versions, attachments of one entity. Its marker counts items. */
export function pageOfList<T>(operation: string, items: readonly T[], paging: Paging): PageOf<T> {
  const begin = positionIn(operation, paging);
  const end = begin + (paging.MaxItems ?? DEFAULT_MAX_ITEMS);
  const page = items.slice(begin, end);
  if (end >= items.length) return { items: page, mark: { IsTruncated: false } };
  return { items: page, mark: { IsTruncated: true, Marker: writeMarker(operation, String(end)) } };
}

function truncated<V>(found: readonly V[], list: RecordList<V>): PageOf<V> {
  const last = found.at(-1);
  const position = last === undefined ? '' : list.keyOf(last);
  return { items: found, mark: { IsTruncated: true, Marker: writeMarker(list.operation, position) } };
}

function positionIn(operation: string, paging: Paging): number {
  const text = readMarker(operation, paging);
  if (text === undefined) return 0;
  if (!/^[0-9]{1,9}$/.test(text)) throw invalidMarker();
  return Number(text);
}

/** The marker after which the next page begins; `position` is ASCII. */
export function writeMarker(operation: string, position: string): string {
  return Buffer.from(`${operation}\n${position}`, 'latin1').toString('base64url');
}

/** The position in the request's marker, or undefined without one. Throws `ValidationError` `Invalid Marker.`. */
export function readMarker(operation: string, paging: Paging): string | undefined {
  if (paging.Marker === undefined) return undefined;
  const text = Buffer.from(paging.Marker, 'base64url').toString('latin1');
  const head = `${operation}\n`;
  const position = text.slice(head.length);
  if (!text.startsWith(head) || writeMarker(operation, position) !== paging.Marker) throw invalidMarker();
  return position;
}

function invalidMarker(): Error {
  return iamError('ValidationError', 'Invalid Marker.');
}
