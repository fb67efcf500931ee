/**
 * How much work one evaluation may be. Every test is linear in the policy and in the request's value, but a large policy
 * times a long value is still seconds, and one thread decides for everybody. Beyond the bound a statement is decided as
 * one with a malformed value is: an Allow does not apply, a Deny does
 * (docs/decisions/0006).
 *
 * Evaluations do not interleave, so one pair of counters is enough. What is tested only to be told (conditions of a
 * statement that does not match anyway) has a share of its own: a decision is the same whether it is kept or not. A
 * search that is cut short says that nothing was found, which is nobody's answer: {@link isSpent} is asked before a
 * result is used. Outside of an evaluation nothing is bounded.
 */

/** Steps that an evaluation may take, of about two nanoseconds each: a unit of text that is looked at by itself is one. */
export const EVALUATION_STEPS = 400_000;
const UNBOUNDED = Number.POSITIVE_INFINITY;

let left = UNBOUNDED;
/** The share that is not being spent: of what is only told, or while that is being tested, of the decision. */
let other = UNBOUNDED;

/** An evaluation starts, with what it may spend on the decision and on what is told beside it. */
export function beginWork(): void {
  left = EVALUATION_STEPS;
  other = EVALUATION_STEPS;
}

/** The evaluation has ended. */
export function endWork(): void {
  left = UNBOUNDED;
  other = UNBOUNDED;
}

/** From here on it is the other share that is spent. */
export function switchShare(): void {
  [left, other] = [other, left];
}

let paused = UNBOUNDED;

/** What follows is not counted, because something else bounds it. Ended by {@link resumeWork}. */
export function pauseWork(): void {
  paused = left;
  left = UNBOUNDED;
}

/** From here on steps are counted again. */
export function resumeWork(): void {
  left = paused;
}

/** Counts steps; what the machine does for many units at once is a fraction of one for each. */
export function spend(steps: number): void {
  left -= steps;
}

/** Whether the share has been spent. */
export function isSpent(): boolean {
  return left < 0;
}
