/** The shape that every condition operator has: one file an operator, one row of `table.ts`. */
import type { RequestContext } from '../context.ts';

/** The values are equal. */
export const MATCH = 1;
/** They are not. A negated operator is true when all its values say so. */
export const NO_MATCH = 0;
/** The request's value is not of the operator's type: neither the operator nor its negation is true. */
export const UNREADABLE = 2;
/** The policy's value is malformed and was reached: an Allow does not apply, a Deny does (reference 17). */
export const MALFORMED = 3;
/** What a {@link ValueTest} says. */
export type Verdict = typeof MATCH | typeof NO_MATCH | typeof UNREADABLE | typeof MALFORMED;

/** One value of a policy, ready to be compared with one value of a request. */
export type ValueTest = (actual: string, context: RequestContext) => Verdict;

/** A condition operator: a row of the table. */
export interface Operator {
  /** Base name in AWS's spelling: `StringNotLike`. */
  readonly name: string;
  /** Whether it is true when *no* value matches; true on a missing key then. */
  readonly negated: boolean;
  /** `presence` tests whether the key is there (Null), not its value. */
  readonly tests: 'value' | 'presence';
  /** Whether AWS stores a policy with this value (reference 13.1). Policy variables are checked elsewhere. */
  readonly storable: (value: string) => boolean;
  /**
   * Compiles one value of the policy. A negated operator compiles what it denies: its test says MATCH where the
   * operator is false.
   *
   * @param variables whether policy variables mean anything in the document; only String and Arn operators heed it
   */
  readonly compile: (value: string, variables: boolean) => ValueTest;
}
