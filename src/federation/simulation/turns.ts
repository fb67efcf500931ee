/** The turns of one call: one thread decides for everybody, so others get theirs between the steps of a simulation. */
import { setImmediate } from 'node:timers/promises';

/** Steps (`evaluation-weight.ts`) of a turn, about 25 milliseconds. */
const TURN_STEPS = 10_000_000;
/** Reading a unit of a document, and compiling it. */
const DOCUMENT_UNIT = 100;

/** Counts the steps of a call, and waits where a turn is over. */
export class Turns {
  #left = TURN_STEPS;

  /** Before work of so many steps. */
  async work(steps: number): Promise<void> {
    this.#left -= steps;
    if (this.#left >= 0) return;
    await setImmediate();
    this.#left = TURN_STEPS - steps;
  }

  /** Before a document is read, and before it is compiled. */
  async document(text: string): Promise<void> {
    await this.work(text.length * DOCUMENT_UNIT);
  }
}

/** One after the other. */
export async function inOrder<T, R>(
  items: readonly T[],
  make: (item: T, index: number) => R | Promise<R>,
): Promise<R[]> {
  const made: R[] = [];
  for (const [index, item] of items.entries()) made.push(await make(item, index));
  return made;
}
