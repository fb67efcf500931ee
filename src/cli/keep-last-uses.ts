/** Writes down, now and then and at the end, when keys and roles were last used. */
import type { LastUses } from '../federation/last-uses.ts';

/** Milliseconds between two writes: what a crash may lose, and what a busy server writes for. */
const INTERVAL = 60_000;

/**
 * @param report told of a write that failed; what it held is written by the next one
 * @returns stops the writing, after a last time
 */
export function keepLastUses(lastUses: LastUses, report: (line: string) => void): () => Promise<void> {
  const flush = async (): Promise<void> => {
    try {
      await lastUses.flush();
    } catch (error) {
      report(`last uses could not be written: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  };
  const timer = setInterval(() => void flush(), INTERVAL);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await flush();
  };
}
