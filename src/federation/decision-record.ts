/**
 * A decision as the audit log keeps it: short when it allowed, whole when it denied, so that
 * `sojourn explain REQUEST-ID` can tell later what the wire message could not.
 */
import type { Explanation } from '../analysis/explain.ts';
import { decidingPolicy } from '../policy/deciding-policy.ts';
import type { Decision } from '../policy/decision.ts';
import type { DenialExplanations } from './denial-explanations.ts';

/** What the audit log keeps of one decision. */
export type DecisionRecord =
  | {
      readonly outcome: 'allow';
      readonly action: string;
      readonly resource: string;
      /** Where the statement that allowed stands: policy and Sid or index. */
      readonly by: string;
    }
  | {
      readonly outcome: 'explicitDeny' | 'implicitDeny';
      readonly action: string;
      readonly resource: string;
      readonly explanation: Explanation;
    };

/** The record of `decision`, a denial with its explanation. */
export function decisionRecord(decision: Decision, explanations: DenialExplanations): DecisionRecord {
  const { action, resource } = decision.request;
  if (decision.outcome !== 'allow') {
    return { outcome: decision.outcome, action, resource, explanation: explanations.of(decision) };
  }
  return { outcome: 'allow', action, resource, by: allowedBy(decision) };
}

function allowedBy(decision: Decision): string {
  const { statement } = decision;
  if (statement === undefined) return 'the root user of the account';
  const { sid, index } = statement.statement;
  return `${decidingPolicy(decision)?.source ?? decision.decidedBy} ${sid === undefined ? `statement ${index + 1}` : `statement ${sid}`}`;
}
