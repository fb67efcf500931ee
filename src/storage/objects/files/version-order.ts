/** Where a version stands among those of its key. Times are microseconds since the epoch, about. */
import { randomBytes } from 'node:crypto';
import { NULL_VERSION, makeVersionId, timeOfVersionId } from '../../../base/version-id.ts';
import type { WrittenVersion } from '../objects.ts';

/** Times that ascend, whatever the clock says. */
export class VersionTimes {
  #last = 0;

  /**
   * A time after every other that was given, and after that of the newest version of the key.
   *
   * @param now milliseconds since the epoch
   * @param newest its time, if the key has a version
   */
  next(now: number, newest = 0): number {
    this.#last = Math.max(Math.floor(now * 1000), this.#last + 1, newest + 1);
    return this.#last;
  }
}

/** The name of a version of that time. */
export function nameVersion(kind: WrittenVersion, time: number): string {
  if (kind === 'null') return NULL_VERSION;
  return makeVersionId(time, { bytes: (count) => randomBytes(count) });
}

/** How the index orders times: ascends from the newest version of a key to the oldest. Its own inverse. */
export function ageOf(time: number): number {
  return 0 - time;
}

/** The age of the version that had this id when it was made; undefined for `null` and what is no id. */
export function ageOfVersionId(id: string): number | undefined {
  const time = timeOfVersionId(id);
  return time === undefined ? undefined : ageOf(time);
}
