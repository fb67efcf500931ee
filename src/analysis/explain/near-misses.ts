/** Which statements could have allowed a request that nothing allowed, and how far off each of them is. */
import type { Decision, PolicyOutcome, PolicyType, StatementOutcome } from '../../policy/decision.ts';
import { isCutShort } from './cut-short.ts';
import { silentLevels } from './progress.ts';
import { failedElements } from './statement.ts';

/** A statement together with the policy that it stands in. */
export interface PlacedStatement {
  readonly outcome: StatementOutcome;
  readonly policy: PolicyOutcome;
}

/** Statements beyond these help nobody. */
const MAX_NEAR_MISSES = 3;

/** Allows that did not match, of the policies that could have allowed, fewest failures first, and last what was cut short. */
export function nearMisses(decision: Decision): readonly PlacedStatement[] {
  const placed = askedPolicies(decision).flatMap((policy) =>
    policy.statements
      .filter(({ matched, statement }) => !matched && statement.effect === 'Allow')
      .map((outcome) => ({
        outcome,
        policy,
        isCut: isCutShort(outcome),
        failed: failedElements(outcome) + untested(outcome),
        passed: passed(outcome),
      })),
  );
  return placed
    .sort(
      (a, b) =>
        Number(a.isCut) - Number(b.isCut) ||
        a.failed - b.failed ||
        Number(b.outcome.action) - Number(a.outcome.action) ||
        b.passed - a.passed,
    )
    .slice(0, MAX_NEAR_MISSES);
}

/** The policies, one of which would have had to allow: of control policies those of the levels that were silent. */
export function askedPolicies(decision: Decision): readonly PolicyOutcome[] {
  const { decidedBy, policies, policySet } = decision;
  if (decidedBy === 'scp' || decidedBy === 'rcp') {
    const levels = policySet[decidedBy] ?? [];
    const asked = new Set(silentLevels(decision).flatMap((level) => levels[level] ?? []));
    return policies.filter(({ attached }) => asked.has(attached));
  }
  const types = grantingTypes(decision);
  return policies.filter(({ attached }) => types.includes(attached.type));
}

/** The statement that made the outcome; undefined for an implicit deny and for root's default allow. */
export function decidingStatement({ statement, policies }: Decision): PlacedStatement | undefined {
  if (statement === undefined) return undefined;
  const policy = policies.find(({ statements }) => statements.includes(statement));
  return policy && { outcome: statement, policy };
}

/** Conditions that were left out because the evaluation had become too much work: none of them is known to have held. */
function untested({ statement, conditions }: StatementOutcome): number {
  return statement.conditions.length - conditions.length;
}

/** Conditions that held: of two statements that miss by as much, the more particular one was meant. */
function passed({ conditions }: StatementOutcome): number {
  return conditions.filter((condition) => condition.passed).length;
}

/** Within an account a resource-based policy can stand in for an identity-based one. */
function grantingTypes({ decidedBy, request }: Decision): readonly PolicyType[] {
  const { principal, resourceAccount } = request;
  const account = 'account' in principal ? principal.account : undefined;
  const within = resourceAccount === undefined || resourceAccount === account;
  return decidedBy === 'identity' && within ? ['identity', 'resource'] : [decidedBy];
}
