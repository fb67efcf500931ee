/**
 * Identity policies, boundaries and session policies. The sentences are those of reference aws-federation 8.6, in the
 * order in which AWS was recorded to look (getmoto/moto): the whole document by one rule, then by the next.
 */
import type { ParseResult } from '../parse.ts';
import type { Located, PolicyDraft } from '../tree.ts';
import { actionFault } from './actions.ts';
import {
  conditionValuesAreStorable,
  conditionValuesCanBeSimulated,
  conditionValuesFitASession,
} from './condition-values.ts';
import { resourceFault, resourcePassesLegacyParsing } from './resources.ts';
import { sidsAreAlphanumeric, sidsAreUnique } from './sids.ts';

type IdentityUse = 'identity' | 'session' | 'simulatedIdentity';

const SYNTAX = 'Syntax errors in policy.';
const LEGACY = 'The policy failed legacy parsing';

/** STS takes most malformed literals in session policies and evaluates them (recorded, reference 13.1). */
const CONDITION_VALUES = {
  identity: conditionValuesAreStorable,
  session: conditionValuesFitASession,
  simulatedIdentity: conditionValuesCanBeSimulated,
} as const;

/** AWS's sentence, or undefined when the document may be stored. */
export function identityFault(parsed: ParseResult, use: IdentityUse): string | undefined {
  const document = parsed.kind === 'policy' ? parsed.policy : readableDraft(parsed);
  if (document === undefined) return SYNTAX;
  // The simulator takes a document with an Id, and one without a version (recorded).
  const isSimulated = use === 'simulatedIdentity';
  if ((document.id !== undefined && !isSimulated) || !sidsAreAlphanumeric(document)) return SYNTAX;
  if (document.version !== '2012-10-17' && !isSimulated)
    return 'Policy document must be version 2012-10-17 or greater.';
  if (!passesLegacyParsing(document, use)) return LEGACY;
  if (!sidsAreUnique(document)) return 'Statement IDs (SID) in a single policy must be unique.';
  return statementsFault(document);
}

/** An effect in another case is found by the older parser only; any other one is a syntax error. */
function readableDraft({ problems, draft }: Extract<ParseResult, { kind: 'malformed' }>): PolicyDraft | undefined {
  const effects = problems.filter(({ code }) => code === 'badEffect');
  return effects.every(({ subject = '' }) => /^(?:allow|deny)$/i.test(subject)) ? draft : undefined;
}

/** What IAM's older parser has to say: of effects, literals in conditions, and ARNs that are ARNs at first sight. */
function passesLegacyParsing(document: PolicyDraft, use: IdentityUse): boolean {
  if (document.statements.some(({ effect }) => effect === undefined)) return false;
  if (!CONDITION_VALUES[use](document)) return false;
  // Whether STS and the simulator look at resources here is not recorded.
  if (use !== 'identity') return true;
  const resources = resourcesOf(document);
  return (
    firstFault(resources, resourceFault) !== undefined ||
    resources.every(({ text }) => resourcePassesLegacyParsing(text))
  );
}

function statementsFault(document: PolicyDraft): string | undefined {
  const { statements } = document;
  if (statements.some(({ action }) => action === undefined || action.items.length === 0)) {
    return 'Policy statement must contain actions.';
  }
  // Before the resources: a trust policy has none, and this is what AWS says to one (hashicorp/terraform#13449).
  if (statements.some(({ principal }) => principal !== undefined)) {
    return 'Policy document should not specify a principal.';
  }
  const actions = statements.flatMap(({ action }) => action?.items ?? []);
  const fault = firstFault(resourcesOf(document), resourceFault) ?? firstFault(actions, actionFault);
  if (fault !== undefined) return fault;
  const isBare = statements.some(({ resource }) => resource === undefined || resource.items.length === 0);
  return isBare ? 'Policy statement must contain resources.' : undefined;
}

function resourcesOf({ statements }: PolicyDraft): readonly Located[] {
  return statements.flatMap(({ resource }) => resource?.items ?? []);
}

function firstFault(values: readonly Located[], faultOf: (text: string) => string | undefined): string | undefined {
  for (const { text } of values) {
    const fault = faultOf(text);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
