/** Marker and MaxItems. A marker is sealed for its account and operation; within a page nothing is locked. */
import type { ServiceError } from '../../base/service-error.ts';
import { openMarker, sealMarker } from '../../federation/paging-marker.ts';
import type { Reader } from '../../storage/state/state.ts';
import type { Call } from '../operation.ts';
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

/** `MaxItems` of a request that names none. */
export const DEFAULT_MAX_ITEMS = 100;
/** Records read at a time while a filter looks for its page. */
const STRIDE = 1000;
/**
 * Records that one call looks at, so that a filter which fits nothing does not hold up everybody else.
 * The page then ends early with a marker: IAM's own reference says that it may have fewer items than asked.
 */
export const MAX_EXAMINED = 10_000;

/** A page of records in key order; reads on past records that the filter leaves out, as far as one call may. */
export async function pageOfRecords<V>(
  call: Call,
  reader: Reader<V>,
  list: RecordList<V>,
  paging: Paging,
): Promise<PageOf<V>> {
  const limit = paging.MaxItems ?? DEFAULT_MAX_ITEMS;
  const accepts = list.accepts ?? (() => true);
  const found: V[] = [];
  const begin = readMarker(call, list.operation, paging);
  let after = begin === undefined ? undefined : list.prefix + begin;
  const stride = list.accepts === undefined ? limit + 1 : STRIDE;
  for (let examined = stride; ; examined += stride) {
    const records = await reader.list(list.prefix, { after, limit: stride });
    for (const record of records) {
      if (!accepts(record)) continue;
      if (found.length === limit) return truncated(call, found, list, found.at(-1));
      found.push(record);
    }
    const last = records.at(-1);
    if (last === undefined || records.length < stride) return { items: found, mark: { IsTruncated: false } };
    if (examined >= MAX_EXAMINED) return truncated(call, found, list, last);
    after = list.prefix + list.keyOf(last);
  }
}

/** A page of a list that is held whole: tags, versions, attachments of one entity. Its marker counts items. */
export function pageOfList<T>(call: Call, operation: string, items: readonly T[], paging: Paging): PageOf<T> {
  const begin = positionIn(call, operation, paging);
  const end = begin + (paging.MaxItems ?? DEFAULT_MAX_ITEMS);
  const page = items.slice(begin, end);
  if (end >= items.length) return { items: page, mark: { IsTruncated: false } };
  return { items: page, mark: { IsTruncated: true, Marker: writeMarker(call, operation, String(end)) } };
}

/** @param last record after which the next page begins */
function truncated<V>(call: Call, found: readonly V[], list: RecordList<V>, last: V | undefined): PageOf<V> {
  const position = last === undefined ? '' : list.keyOf(last);
  return { items: found, mark: { IsTruncated: true, Marker: writeMarker(call, list.operation, position) } };
}

function positionIn(call: Call, operation: string, paging: Paging): number {
  const text = readMarker(call, operation, paging);
  return text === undefined ? 0 : Number(text);
}

/** The marker after which the next page begins. */
export function writeMarker(call: Call, operation: string, position: string): string {
  return sealMarker(scopeOf(call, operation), position, call.sojourn);
}

/**
 * The position in the request's marker, or undefined without one. Throws `ValidationError` `Invalid Marker.`, or what
 * the operation says instead.
 */
export function readMarker(
  call: Call,
  operation: string,
  paging: Paging,
  refusal: () => ServiceError = invalidMarker,
): string | undefined {
  if (paging.Marker === undefined) return undefined;
  const position = openMarker(scopeOf(call, operation), paging.Marker, call.sojourn);
  if (position === undefined) throw refusal();
  return position;
}

function scopeOf(call: Call, operation: string): string {
  return `${call.account}/${operation}`;
}

function invalidMarker(): ServiceError {
  return iamError('ValidationError', 'Invalid Marker.');
}
