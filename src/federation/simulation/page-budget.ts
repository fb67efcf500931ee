/**
 * What one page of a simulation may cost: one thread decides for everybody. A page that would cost more ends early, with
 * a marker, as IAM's reference allows; an action that costs more by itself is refused. Limits of ours.
 */
import { EVALUATION_STEPS } from '../../policy/work.ts';
import type { EvaluationWeight } from './evaluation-weight.ts';

/** Steps of a page, about 1.5 seconds at most. */
const PAGE_STEPS = 500_000_000;
/** Characters that a page tells. */
const PAGE_CHARACTERS = 3_000_000;

/** Whether one evaluation is more than the engine looks through: it would decide without looking on, and the answer say nothing. */
export function isTooHeavy({ counted }: EvaluationWeight): boolean {
  return counted > EVALUATION_STEPS;
}

/** What is left of a page. */
export class PageBudget {
  #steps = PAGE_STEPS;
  #characters = PAGE_CHARACTERS;

  /** Whether there is as much left. */
  has(steps: number, characters: number): boolean {
    return steps <= this.#steps && characters <= this.#characters;
  }

  /** Takes the steps. */
  work(steps: number): void {
    this.#steps -= steps;
  }

  /** Takes the characters; false when there are not as many left. */
  tell(characters: number): boolean {
    this.#characters -= characters;
    return this.#characters >= 0;
  }
}
