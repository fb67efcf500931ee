/** How many characters an answer has for what it tells, markup included, about. */
import type { MatchedStatement } from './simulate.ts';

/** A `ResourceSpecificResults` member without its lists. */
const RESULT = 250;
/** A `MatchedStatements` member: its type and two positions. */
const STATEMENT = 450;
/** A member of `MissingContextValues`. */
const KEY = 20;

/** Of a result that tells nothing but its decision. */
export function resultCharacters(resource: string): number {
  return RESULT + resource.length;
}

/** Of the statements of a result. */
export function statementCharacters(statements: readonly MatchedStatement[]): number {
  return statements.reduce((sum, { document }) => sum + STATEMENT + document.length, 0);
}

/** Of the missing keys of a result. */
export function keyCharacters(keys: readonly string[]): number {
  return keys.reduce((sum, key) => sum + KEY + key.length, 0);
}
