/** Service and resource control policies: CreatePolicy and UpdatePolicy of Organizations (reference 9 and 10). */
import { hasWildcard } from '../arn-pattern.ts';
import type { ParseResult } from '../parse.ts';
import { isRcpAction } from '../rcp-services.ts';
import type { PrincipalElement, Statement } from '../tree.ts';
import { actionFault } from './actions.ts';
import { conditionValuesAreStorable } from './condition-values.ts';

/** The one sentence that Organizations has. */
const REFUSED = 'The provided policy document does not meet the requirements of the specified policy type.';

/** Organizations' sentence, or undefined when the document may be stored. */
export function organizationsFault(parsed: ParseResult, use: 'scp' | 'rcp'): string | undefined {
  if (parsed.kind === 'malformed') return REFUSED;
  const { policy } = parsed;
  const fits = use === 'scp' ? isScpStatement : isRcpStatement;
  return policy.statements.every(fits) && conditionValuesAreStorable(policy) ? undefined : REFUSED;
}

/** Since September 2025 the full language of identity policies. */
function isScpStatement({ principal, action, resource }: Statement): boolean {
  return (
    principal === undefined &&
    action.items.length > 0 &&
    action.items.every(({ text }) => actionFault(text) === undefined) &&
    isResource(resource)
  );
}

function isRcpStatement({ effect, principal, action, resource }: Statement): boolean {
  return (
    effect === 'Deny' &&
    isEveryone(principal) &&
    !action.negated &&
    action.items.length > 0 &&
    action.items.every(({ text }) => actionFault(text) === undefined && isRcpAction(text)) &&
    isResource(resource)
  );
}

/** `"*"` or `{"AWS":"*"}`; the list `["*"]`, accounts and roles are refused (recorded). */
function isEveryone(principal: PrincipalElement | undefined): boolean {
  if (principal === undefined || principal.negated) return false;
  const [entry, ...others] = principal.entries;
  if (principal.everyone) return true;
  if (entry === undefined || others.length > 0 || entry.list) return false;
  return entry.type === 'AWS' && entry.values.length === 1 && entry.values[0]?.text === '*';
}

/** `*`, an ARN of six parts, or a shorter one with a wildcard. */
function isResource(resource: Statement['resource']): boolean {
  if (resource === undefined || resource.items.length === 0) return false;
  return resource.items.every(({ text }) => {
    if (text === '*') return true;
    return text.startsWith('arn:') && (text.split(':').length >= 6 || hasWildcard(text));
  });
}
