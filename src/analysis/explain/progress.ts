/** Whether one of several edits brings a request nearer to the other outcome: what denies is taken away one by one. */
import type { Decision } from '../../policy/decision.ts';

/** Whether the outcome is on the other side: allowed instead of denied, or denied instead of allowed. */
export function isTurned(after: Decision, before: Decision): boolean {
  return (after.outcome === 'allow') !== (before.outcome === 'allow');
}

/** Whether less stands in the way than before, though the outcome may still be the same. */
export function isNearer(after: Decision, before: Decision): boolean {
  if (isTurned(after, before)) return true;
  switch (before.outcome) {
    case 'allow':
      return matchedStatements(after, 'Allow') < matchedStatements(before, 'Allow');
    case 'explicitDeny':
      return matchedStatements(after, 'Deny') < matchedStatements(before, 'Deny');
    case 'implicitDeny':
      return (
        after.outcome === 'implicitDeny' &&
        (after.decidedBy !== before.decidedBy || silentLevels(after).length < silentLevels(before).length)
      );
  }
}

/** Levels of control policies, from 0 at the root, of which none allows: the type that decided is asked, others have none. */
export function silentLevels({ policySet, policies, decidedBy }: Decision): readonly number[] {
  if (decidedBy !== 'scp' && decidedBy !== 'rcp') return [];
  const allows = new Set(
    policies
      .filter(({ statements }) => statements.some(({ matched, statement }) => matched && statement.effect === 'Allow'))
      .map(({ attached }) => attached),
  );
  const levels = policySet[decidedBy] ?? [];
  return levels.flatMap((level, index) => (level.some((policy) => allows.has(policy)) ? [] : [index]));
}

function matchedStatements({ policies }: Decision, effect: 'Allow' | 'Deny'): number {
  let count = 0;
  for (const { statements } of policies) {
    for (const { matched, statement } of statements) if (matched && statement.effect === effect) count++;
  }
  return count;
}
