/** Baeza-Yates and Gonnet's Shift-And: finds a run of units, some of which may be any, with one bit for each of them. */
import { ANY, type Unit } from './unit.ts';
import { isSpent, spend } from './work.ts';

/** Leftmost place of a run in a text, at or after `from` and ending at or before `end`; -1 when there is none. */
export type RunSearch = (text: string, from: number, end: number) => number;

const WORD = 32;
/** Words of masks that one run may keep; a run of thousands of different letters would want millions. */
const MAX_WORDS = 16_384;

/** Compiles a run; one of up to 32 units, as nearly all are, needs one word. */
export function searchRun(units: readonly Unit[]): RunSearch {
  if (units.length <= WORD) return searchShortRun(units);
  const distinct = new Set(units).size;
  return distinct * Math.ceil(units.length / WORD) > MAX_WORDS ? searchByPlace(units) : searchLongRun(units);
}

function searchShortRun(units: readonly Unit[]): RunSearch {
  let any = 0;
  const byUnit = new Map<Unit, number>();
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] ?? ANY;
    if (unit === ANY) any |= 1 << i;
    else byUnit.set(unit, (byUnit.get(unit) ?? 0) | (1 << i));
  }
  const goal = 1 << (units.length - 1);
  return (text, from, end) => {
    spend(4 * (end - from));
    if (isSpent()) return -1;
    let state = 0;
    for (let at = from; at < end; at++) {
      state = ((state << 1) | 1) & ((byUnit.get(text.charCodeAt(at)) ?? 0) | any);
      if ((state & goal) !== 0) return at - units.length + 1;
    }
    return -1;
  };
}

function searchLongRun(units: readonly Unit[]): RunSearch {
  const words = Math.ceil(units.length / WORD);
  spend(units.length * words);
  const any = new Uint32Array(words);
  const byUnit = new Map<Unit, Uint32Array>();
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
  return (text, from, end) => {
    spend((end - from) * (4 + words));
    if (isSpent()) return -1;
    return searchWords({ length: units.length, words, any, byUnit }, text, from, end);
  };
}

/** Every place is tried, which ends early at most places. */
function searchByPlace(units: readonly Unit[]): RunSearch {
  return (text, from, end) => {
    for (let at = from; at <= end - units.length; at++) {
      let fits = 0;
      while (fits < units.length && (units[fits] === ANY || units[fits] === text.charCodeAt(at + fits))) fits++;
      if (fits === units.length) return at;
      spend(2 + fits);
      if (isSpent()) return -1;
    }
    return -1;
  };
}

interface Masks {
  readonly length: number;
  readonly words: number;
  /** Bits where any unit fits. */
  readonly any: Uint32Array;
  /** Bits where this unit fits, `any` included. */
  readonly byUnit: ReadonlyMap<Unit, Uint32Array>;
}

function searchWords({ length, words, any, byUnit }: Masks, text: string, from: number, end: number): number {
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
