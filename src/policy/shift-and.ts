/** Baeza-Yates and Gonnet's Shift-And: finds a run of units, some of which may be any, with one bit for each of them. */
import { ANY, type Unit } from './unit.ts';
import { isSpent, spend } from './work.ts';

/** A run of units as bits. */
export interface ShiftAndMasks {
  readonly length: number;
  readonly words: number;
  /** Bits where any unit fits. */
  readonly any: Uint32Array;
  /** Bits where this unit fits, `any` included. */
  readonly byUnit: ReadonlyMap<number, Uint32Array>;
}

/** The masks of a run, 32 units to a word. */
export function shiftAndMasks(units: readonly Unit[]): ShiftAndMasks {
  const words = Math.ceil(units.length / 32);
  spend(units.length * words);
  const any = new Uint32Array(words);
  const byUnit = new Map<number, Uint32Array>();
  const set = (mask: Uint32Array, i: number): void => {
    mask[i >>> 5] = (mask[i >>> 5] ?? 0) | (1 << (i & 31));
  };
  units.forEach((unit, i) => {
    if (unit === ANY) set(any, i);
  });
  units.forEach((unit, i) => {
    if (unit === ANY) return;
    const mask = byUnit.get(unit) ?? any.slice();
    set(mask, i);
    byUnit.set(unit, mask);
  });
  return { length: units.length, words, any, byUnit };
}

/** Leftmost place at or after `from` of a run that ends at or before `end`; -1 when there is none. */
export function shiftAnd(
  { length, words, any, byUnit }: ShiftAndMasks,
  text: string,
  from: number,
  end: number,
): number {
  spend((end - from) * words);
  if (isSpent()) return -1;
  const state = new Uint32Array(words);
  const goal = 1 << ((length - 1) & 31);
  for (let at = from; at < end; at++) {
    const mask = byUnit.get(text.charCodeAt(at)) ?? any;
    let carry = 1;
    for (let word = 0; word < words; word++) {
      const bits = state[word] ?? 0;
      state[word] = ((bits << 1) | carry) & (mask[word] ?? 0);
      carry = bits >>> 31;
    }
    if (((state[words - 1] ?? 0) & goal) !== 0) return at - length + 1;
  }
  return -1;
}
