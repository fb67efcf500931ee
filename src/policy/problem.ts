/** What is wrong with a policy document, and where. Write controls turn these into AWS's sentences. */
import type { Position } from './tree.ts';

/** The closed set of things that keep a text from being a policy, whatever kind of policy it is meant to be. */
export type ProblemCode =
  /** Not JSON; or more than fits the bounds of the reader. */
  | 'json'
  | 'tooLong'
  | 'tooDeep'
  /** An object names a member twice (grammar: "must not contain multiple instances of the same key"). */
  | 'duplicateMember'
  | 'notAnObject'
  | 'unknownElement'
  /** A number where a text belongs, an object where a list belongs. */
  | 'wrongType'
  | 'badVersion'
  | 'missingStatement'
  | 'emptyStatement'
  | 'missingEffect'
  | 'badEffect'
  | 'missingAction'
  /** Action with NotAction, Resource with NotResource, Principal with NotPrincipal. */
  | 'exclusiveElements'
  | 'badPrincipal'
  | 'unknownPrincipalType'
  | 'unknownOperator';

/** One problem: a sentence for people and the place in the document. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  /** The element, value or member name that is wrong, as written; undefined when nothing in particular is. */
  readonly subject: string | undefined;
  readonly at: Position;
}
