/**
 * The condition that an Allow for web identities must not be without: of a shared issuer's tokens everybody gets some,
 * and only certain claims tell whose they are (reference aws-federation 5). No edit is named that would leave a role
 * open, or that AWS would refuse to store.
 */
import { builtInPrincipal } from '../../idp/built-in.ts';
import { requiredKeys, sharedProviderOf } from '../../idp/shared-providers.ts';
import type { AuthorizationRequest } from '../../policy/decision.ts';
import { findOperator } from '../../policy/operators/table.ts';
import type { Condition, PolicyVersion, Span } from '../../policy/tree.ts';
import { literalText } from './literal-text.ts';
import { issuerOf } from './wording.ts';

/** Claims that say for whom a token is or how its subject came in, not who it is. */
const OF_NOBODY: ReadonlySet<string> = new Set(['aud', 'oaud', 'amr']);

/** What the request's own claim is, should none of the conditions tell callers apart; undefined when one does, or need not. */
export function missingIdentity(
  conditions: readonly Condition[],
  { principal, context }: AuthorizationRequest,
  { version, span }: { readonly version: PolicyVersion; readonly span: Span },
): Condition | undefined {
  const issuer = issuerOf(principal);
  if (issuer === undefined || conditions.some((condition) => identifies(condition, issuer))) return undefined;
  for (const key of identifyingKeys(issuer) ?? [`${issuer}:sub`]) {
    const held = context.get(key.toLowerCase());
    const value = typeof held === 'string' ? literalText(held, { version, wildcards: false }) : undefined;
    if (value === undefined) continue;
    const located = (text: string) => ({ text, span });
    return { operator: located('StringEquals'), key: located(key), values: [located(value)] };
  }
  return undefined;
}

/** The keys of which AWS wants one to be tested; undefined for issuers of which it wants none. */
function identifyingKeys(issuer: string): readonly string[] | undefined {
  const shared = sharedProviderOf(issuer);
  return shared === undefined ? builtInPrincipal(issuer)?.applicationKeys : requiredKeys(shared, issuer);
}

function identifies({ operator, key }: Condition, issuer: string): boolean {
  const use = findOperator(operator.text);
  if (use === undefined || use.operator.negated || use.operator.tests === 'presence') return false;
  if (use.ifExists || use.quantifier === 'all') return false;
  const contextKey = key.text.toLowerCase();
  const keys = identifyingKeys(issuer);
  if (keys !== undefined) return keys.some((name) => name.toLowerCase() === contextKey);
  const prefix = `${issuer}:`.toLowerCase();
  return contextKey.startsWith(prefix) && !OF_NOBODY.has(contextKey.slice(prefix.length));
}
