/** The explanations of one call's denials: the audit log and the sealed message tell the same one. */
import { explain, type Explanation } from '../analysis/explain.ts';
import type { Decision } from '../policy/decision.ts';

/** Explains each decision when it is first asked for, and no second time: that costs more than the decision itself. */
export class DenialExplanations {
  readonly #made = new Map<Decision, Explanation>();

  /** The explanation of a decision of this call. It never throws: the answer and the audit event do not hang on it. */
  of(decision: Decision): Explanation {
    const made = this.#made.get(decision) ?? explained(decision);
    this.#made.set(decision, made);
    return made;
  }
}

function explained(decision: Decision): Explanation {
  try {
    return explain(decision);
  } catch (fault) {
    const { outcome, decidedBy, request } = decision;
    const { principal, action, resource } = request;
    const kind = fault instanceof Error ? fault.name : typeof fault;
    return {
      outcome,
      summary: `${outcome === 'allow' ? 'Allowed' : 'Denied'}: ${action}. Why could not be told (${kind}), which is a defect of Sojourn.`,
      decidedBy,
      request: { principal: 'arn' in principal ? principal.arn : principal.kind, action, resource },
      nearMisses: [],
      changes: [],
      unreadable: [],
    };
  }
}
