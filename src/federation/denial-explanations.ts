/** The explanations of one call's denials: the audit log and the sealed message tell the same one. */
import { explain, type Explanation } from '../analysis/explain.ts';
import type { Decision } from '../policy/decision.ts';

/** Explains each decision when it is first asked for, and no second time: that costs more than the decision itself. */
export class DenialExplanations {
  readonly #made = new Map<Decision, Explanation>();

  /** The explanation of a decision of this call. */
  of(decision: Decision): Explanation {
    const made = this.#made.get(decision) ?? explain(decision);
    this.#made.set(decision, made);
    return made;
  }
}
