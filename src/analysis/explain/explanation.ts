/** A decision in words, as a value that survives JSON: what the audit log keeps and the CLI and console show. */
import type { Outcome, PolicyType } from '../../policy/decision.ts';

/** Everything that is said about one decision. */
export interface Explanation {
  readonly outcome: Outcome;
  /** One sentence: what was decided, by what. */
  readonly summary: string;
  /** The type of policy that decided. */
  readonly decidedBy: PolicyType;
  readonly request: ExplainedRequest;
  /** The statement that decided, or for an implicit deny the one that came nearest; absent when there is none. */
  readonly statement?: ExplainedStatement;
  /** Further statements that could have allowed the request, those with the fewest failed elements first. */
  readonly nearMisses: readonly ExplainedStatement[];
  /** The smallest edits that would turn the outcome round, each tried out on the policy engine. */
  readonly changes: readonly Change[];
  /** Policies whose stored text no longer parses, and so allow nothing. */
  readonly unreadable: readonly UnreadablePolicy[];
}

/** Who asked for what. */
export interface ExplainedRequest {
  /** ARN of the caller, or what stands for it. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

/** How one statement fared on the request. */
export interface ExplainedStatement {
  /** Where the policy hangs: `trust:role/deploy`, an ARN. */
  readonly policy: string;
  readonly type: PolicyType;
  /** The Sid, when it has one. */
  readonly sid?: string;
  /** Place in the document, from 1. */
  readonly number: number;
  readonly line: number;
  readonly column: number;
  readonly effect: 'Allow' | 'Deny';
  readonly matched: boolean;
  /** How many of the elements and conditions failed; those that were cut short did not. */
  readonly failed: number;
  /** Principal, Action and Resource, as far as the statement has them. */
  readonly elements: readonly ExplainedElement[];
  readonly conditions: readonly ExplainedCondition[];
}

/** How Principal, Action or Resource of a statement fared. */
export interface ExplainedElement {
  /** `Principal`, `NotAction`, … */
  readonly element: string;
  readonly expected: readonly string[];
  readonly actual: string;
  /** Of an element that was cut short what it counts as: false in an Allow, true in a Deny. */
  readonly passed: boolean;
  /** It was left undecided, because the evaluation had taken all its steps. */
  readonly cutShort?: true;
  /** The likely mistake, in a sentence. */
  readonly cause?: string;
  readonly line: number;
  readonly column: number;
}

/** How one condition fared. */
export interface ExplainedCondition {
  readonly operator: string;
  readonly key: string;
  readonly expected: readonly string[];
  /** The request's value; absent when the key was. */
  readonly actual?: string | readonly string[];
  /** Why the key is absent: `because the job has no environment`. */
  readonly absent?: string;
  /** Of a condition that was cut short what it counts as: false in an Allow, true in a Deny. */
  readonly passed: boolean;
  /** It was left undecided, because the evaluation had taken all its steps. */
  readonly cutShort?: true;
  /** The likely mistake, or why it passed against expectation, in a sentence. */
  readonly cause?: string;
  readonly line: number;
  readonly column: number;
}

/** One way to turn the outcome round; all its edits are needed. */
export interface Change {
  /** Whether the request or a policy would have to change. */
  readonly of: 'request' | 'policy';
  /** What the outcome would be then. */
  readonly outcome: Outcome;
  readonly edits: readonly string[];
}

/** A stored policy that no longer parses, and the place of its first problem. */
export interface UnreadablePolicy {
  readonly policy: string;
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}
