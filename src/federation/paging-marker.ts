/** Markers of paged lists: sealed, so that a client can only hand back what it was given, to the call that gave it. */
import { Buffer } from 'node:buffer';
import { open, seal } from '../credentials/sealing.ts';
import type { Sojourn } from './sojourn.ts';

type MarkerKeys = Pick<Sojourn, 'keyRing' | 'random'>;

/**
 * The marker after which the next page begins, base64url.
 *
 * @param scope the list that it belongs to: account and operation; holds no line break
 * @param position where the page before ended
 */
export function sealMarker(scope: string, position: string, { keyRing, random }: MarkerKeys): string {
  return seal('paging-marker', Buffer.from(`${scope}\n${position}`, 'utf8'), keyRing, random).toString('base64url');
}

/** The position again; undefined for a marker of another list, changed, or sealed by another installation. */
export function openMarker(scope: string, marker: string, { keyRing }: MarkerKeys): string | undefined {
  const opened = open('paging-marker', Buffer.from(marker, 'base64url'), keyRing);
  if (opened.kind !== 'opened') return undefined;
  const text = opened.bytes.toString('utf8');
  return text.startsWith(`${scope}\n`) ? text.slice(scope.length + 1) : undefined;
}
