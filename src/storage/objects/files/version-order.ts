/** Where a version stands among those of its key. */
import { randomBytes } from 'node:crypto';
import { NULL_VERSION, makeVersionId, timeOfVersionId } from '../../../base/version-id.ts';
import type { WrittenVersion } from '../objects.ts';

/** The name and the place of a version to be written. */
export interface NewVersion {
  readonly versionId: string;
  /** Minus microseconds since the epoch, about: ascends from the newest version of a key to the oldest. */
  readonly age: number;
}

/**
 * Names a version that is newer than every other of its key, whatever the clock says.
 *
 * @param now milliseconds since the epoch
 * @param newest age of the newest version of the key, if it has any
 */
export function newVersion(kind: WrittenVersion, now: number, newest: number | undefined): NewVersion {
  const time = Math.max(0, Math.floor(now * 1000), newest === undefined ? 0 : 1 - newest);
  const random = { bytes: (count: number): Uint8Array => randomBytes(count) };
  return { versionId: kind === 'null' ? NULL_VERSION : makeVersionId(time, random), age: 0 - time };
}

/** The age of the version that had this id when it was made; undefined for `null` and what is no id. */
export function ageOfVersionId(id: string): number | undefined {
  const time = timeOfVersionId(id);
  return time === undefined ? undefined : 0 - time;
}
