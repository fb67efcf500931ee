/** Identity policies, boundaries and session policies (reference aws-federation 8.6). */
import type { ParseResult } from '../parse.ts';
import type { Policy } from '../tree.ts';
import { actionFault } from './actions.ts';
import {
  conditionValuesAreStorable,
  conditionValuesCanBeSimulated,
  conditionValuesFitASession,
} from './condition-values.ts';
import { resourceFault } from './resources.ts';
import { sidsAreAlphanumeric, sidsAreUnique } from './sids.ts';

const SYNTAX = 'Syntax errors in policy.';
const LEGACY = 'The policy failed legacy parsing';
const NO_ACTIONS = 'Policy statement must contain actions.';

/** STS takes most malformed literals in session policies and evaluates them (recorded, reference 13.1). */
const CONDITION_VALUES = {
  identity: conditionValuesAreStorable,
  session: conditionValuesFitASession,
  simulatedIdentity: conditionValuesCanBeSimulated,
} as const;

/** AWS's sentence, or undefined when the document may be stored. */
export function identityFault(
  parsed: ParseResult,
  use: 'identity' | 'session' | 'simulatedIdentity',
): string | undefined {
  if (parsed.kind === 'malformed') {
    return parsed.problems.every(({ code }) => code === 'missingAction') ? NO_ACTIONS : SYNTAX;
  }
  const { policy } = parsed;
  // The simulator takes a document with an Id, and one without a version (recorded).
  const isSimulated = use === 'simulatedIdentity';
  if ((policy.id !== undefined && !isSimulated) || !sidsAreAlphanumeric(policy)) return SYNTAX;
  if (policy.version !== '2012-10-17' && !isSimulated) return 'Policy document must be version 2012-10-17 or greater.';
  if (!CONDITION_VALUES[use](policy)) return LEGACY;
  if (!sidsAreUnique(policy)) return 'Statement IDs (SID) in a single policy must be unique.';
  return statementsFault(policy);
}

function statementsFault(policy: Policy): string | undefined {
  const { statements } = policy;
  if (statements.some(({ action }) => action.items.length === 0)) return NO_ACTIONS;
  if (statements.some(({ resource }) => resource === undefined || resource.items.length === 0)) {
    return 'Policy statement must contain resources.';
  }
  if (statements.some(({ principal }) => principal !== undefined)) {
    return 'Policy document should not specify a principal.';
  }
  return (
    firstFault(
      statements.flatMap(({ resource }) => resource?.items ?? []),
      resourceFault,
    ) ??
    firstFault(
      statements.flatMap(({ action }) => action.items),
      actionFault,
    )
  );
}

function firstFault(
  values: readonly { readonly text: string }[],
  faultOf: (text: string) => string | undefined,
): string | undefined {
  for (const { text } of values) {
    const fault = faultOf(text);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
