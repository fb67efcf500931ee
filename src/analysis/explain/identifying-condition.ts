/**
 * The condition that an Allow for web identities must not be without: of a shared issuer's tokens everybody gets some,
 * and only certain claims tell whose they are (reference aws-federation 5). No edit is named that would leave a role
 * open, or that AWS would refuse to store.
 */
import { builtInPrincipal } from '../../idp/built-in.ts';
import { requiredKeys, sharedProviderOf } from '../../idp/shared-providers.ts';
import { findOperator } from '../../policy/operators/table.ts';
import type { Condition } from '../../policy/tree.ts';
import { namesSomebody, namingCost } from './identity-value.ts';

/** Claims that say for whom a token is or how its subject came in, not who it is. */
const OF_NOBODY: ReadonlySet<string> = new Set(['aud', 'oaud', 'amr']);

/** The keys of which AWS wants one to be tested; undefined for issuers of which it wants none. */
export function identifyingKeys(issuer: string): readonly string[] | undefined {
  const shared = sharedProviderOf(issuer);
  return shared === undefined ? builtInPrincipal(issuer)?.applicationKeys : requiredKeys(shared, issuer);
}

/** Whether some of the conditions tells callers apart: with them an Allow lets in those whom it names, not everybody. */
export function isIdentified(conditions: readonly Condition[], issuer: string): boolean {
  const identified = conditions.filter((condition) => identifies(condition, issuer));
  if (identifyingKeys(issuer) === undefined) return identified.length > 0;
  // AWS looks at all the keys that it wants of one operator together (`federation/shared-provider-guard.ts`).
  const ofKeys = conditions.filter(({ key }) => isIdentifyingKey(key.text, issuer));
  return identified.some(({ operator }) =>
    ofKeys.every((other) => other.operator.text !== operator.text || identified.includes(other)),
  );
}

/** Whether a condition on a key that tells callers apart has a value that does not. */
export function isOpen(condition: Condition, issuer: string): boolean {
  const isNegated = findOperator(condition.operator.text)?.operator.negated === true;
  return !isNegated && isIdentifyingKey(condition.key.text, issuer) && openValues(condition, issuer).length > 0;
}

/** Those of the condition's values that everybody's tokens may fit. */
export function openValues({ operator, key, values }: Condition, issuer: string): readonly string[] {
  const claim = key.text.slice(key.text.lastIndexOf(':') + 1).toLowerCase();
  const wildcards = findOperator(operator.text)?.operator.name === 'StringLike';
  const place = { issuer, claim, wildcards, shared: identifyingKeys(issuer) !== undefined };
  return values.map(({ text }) => text).filter((text) => !namesSomebody(text, place));
}

/** How much work it is to look at the values of a condition; none when it is on another key. */
export function identifyingCost({ key, values }: Condition, issuer: string | undefined): number {
  if (issuer === undefined || !isIdentifyingKey(key.text, issuer)) return 0;
  return values.reduce((cost, { text }) => cost + namingCost(text), 0);
}

function identifies(condition: Condition, issuer: string): boolean {
  const { operator, key, values } = condition;
  const use = findOperator(operator.text);
  if (use === undefined || use.ifExists || use.quantifier === 'all') return false;
  if (!operatorsFor(issuer).has(use.operator.name) || !isIdentifyingKey(key.text, issuer)) return false;
  if (isBuiltIn(issuer) && identifyingKeys(issuer)?.includes(key.text) !== true) return false;
  return values.length > 0 && openValues(condition, issuer).length === 0;
}

const EQUATING: ReadonlySet<string> = new Set(['StringEquals', 'StringEqualsIgnoreCase']);
const COMPARING: ReadonlySet<string> = new Set([...EQUATING, 'StringLike']);
const COUNTING: ReadonlySet<string> = new Set([...COMPARING, 'NumericEquals']);

/** Of built-in providers AWS wants an application named whole; where it wants nothing, an id may be a number. */
function operatorsFor(issuer: string): ReadonlySet<string> {
  if (isBuiltIn(issuer)) return EQUATING;
  return sharedProviderOf(issuer) === undefined ? COUNTING : COMPARING;
}

function isBuiltIn(issuer: string): boolean {
  return sharedProviderOf(issuer) === undefined && builtInPrincipal(issuer) !== undefined;
}

function isIdentifyingKey(key: string, issuer: string): boolean {
  const contextKey = key.toLowerCase();
  const keys = identifyingKeys(issuer);
  if (keys !== undefined) return keys.some((name) => name.toLowerCase() === contextKey);
  const prefix = `${issuer}:`.toLowerCase();
  return contextKey.startsWith(prefix) && !OF_NOBODY.has(contextKey.slice(prefix.length));
}
