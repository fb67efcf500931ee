/**
 * What an evaluation left undecided because it had taken all its steps (`policy/work.ts`): of such a statement nothing
 * is to be said but that, and what would be too much to find out is not advised on.
 */
import type { StatementOutcome } from '../../policy/decision.ts';
import { EVALUATION_STEPS } from '../../policy/work.ts';

/** Why an element or a condition is neither met nor failed. */
export const CUT_SHORT_CAUSE = `The policies are too much to compare with this request: a Deny applies then, an Allow does not (${EVALUATION_STEPS.toLocaleString('en-US')} steps).`;

/** Whether an element or a condition was cut short, and so may or may not have been met. */
export function isCutShort({ cutShort, conditions }: StatementOutcome): boolean {
  return cutShort || conditions.some((condition) => condition.cutShort);
}

/** Whether it is not known of every part of the statement how it fares: conditions that were only to be told were left out. */
export function isUndecided(outcome: StatementOutcome): boolean {
  return isCutShort(outcome) || outcome.conditions.length < outcome.statement.conditions.length;
}

/** Whether the statement does not match only as far as it was compared. */
export function mayHaveMatched({
  principal,
  action,
  resource,
  cutShort,
  conditions,
  matched,
}: StatementOutcome): boolean {
  if (matched || !principal || !action || !(resource || cutShort)) return false;
  const failed = conditions.filter(({ passed }) => !passed);
  return failed.every((condition) => condition.cutShort) && (cutShort || failed.length > 0);
}
