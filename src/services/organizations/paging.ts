/** NextToken and MaxResults. A token is sealed for its account, operation and list; within a page nothing is locked. */
import { openMarker, sealMarker } from '../../federation/paging-marker.ts';
import type { Reader } from '../../storage/state/state.ts';
import type { Call } from '../operation.ts';
import { invalidParameter } from './errors.ts';

/** The paging members of a request. */
export interface Paging {
  readonly NextToken?: string | undefined;
  /** 1–20, 20 when absent. */
  readonly MaxResults?: number | undefined;
}

/** Records of one page, and what leads to the next. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: { readonly NextToken?: string };
}

const PAGE = 20;

/** Which records a list call is about. */
export interface RecordList<V> {
  /** Tells the list from every other one of the account. */
  readonly scope: string;
  readonly prefix: string;
  /** What follows the prefix in a record's key. */
  readonly keyOf: (record: V) => string;
  /** One that is not stored and comes before all others. */
  readonly first?: V;
  readonly accepts?: (record: V) => boolean;
}

/** A page of records in key order; reads on past records that the filter leaves out. */
export async function pageOfRecords<V>(
  call: Call,
  reader: Reader<V>,
  list: RecordList<V>,
  paging: Paging,
): Promise<PageOf<V>> {
  const limit = paging.MaxResults ?? PAGE;
  const begin = positionIn(call, list.scope, paging);
  const items: V[] = begin === undefined && list.first !== undefined ? [list.first] : [];
  let position = begin ?? '';
  for (;;) {
    const records = await reader.list(list.prefix, { after: list.prefix + position, limit: PAGE + 1 });
    for (const record of records) {
      if (list.accepts?.(record) === false) continue;
      if (items.length === limit) return { items, next: { NextToken: tokenAt(call, list.scope, position) } };
      items.push(record);
      position = list.keyOf(record);
    }
    const last = records.at(-1);
    if (last === undefined || records.length <= PAGE) return { items, next: {} };
    position = list.keyOf(last);
  }
}

/** A page of a list that is held whole. Its token counts items. */
export function pageOfList<T>(call: Call, scope: string, items: readonly T[], paging: Paging): PageOf<T> {
  const begin = Number(positionIn(call, scope, paging) ?? 0);
  const end = begin + (paging.MaxResults ?? PAGE);
  const page = items.slice(begin, end);
  return end >= items.length
    ? { items: page, next: {} }
    : { items: page, next: { NextToken: tokenAt(call, scope, String(end)) } };
}

function tokenAt(call: Call, scope: string, position: string): string {
  return sealMarker(sealedScope(call, scope), position, call.sojourn);
}

function positionIn(call: Call, scope: string, paging: Paging): string | undefined {
  if (paging.NextToken === undefined) return undefined;
  const position = openMarker(sealedScope(call, scope), paging.NextToken, call.sojourn);
  if (position === undefined) throw invalidParameter('INVALID_NEXT_TOKEN');
  return position;
}

function sealedScope(call: Call, scope: string): string {
  return `${call.account}/organizations/${scope}`;
}
