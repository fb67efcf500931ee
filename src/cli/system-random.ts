/** Strong random bytes, fetched from the system in batches: one call of the generator serves many small requests. */
import { randomFillSync } from 'node:crypto';
import type { Random } from '../base/clock.ts';

const BATCH = 8192;

const pool = Buffer.alloc(BATCH);
let used = BATCH;

/** Each byte is given out once and wiped from the batch as it goes. */
export const systemRandom: Random = {
  bytes(count) {
    if (count > BATCH / 8) return randomFillSync(Buffer.alloc(count));
    if (used + count > BATCH) {
      randomFillSync(pool);
      used = 0;
    }
    const bytes = Uint8Array.prototype.slice.call(pool, used, used + count);
    pool.fill(0, used, used + count);
    used += count;
    return bytes;
  },
};
