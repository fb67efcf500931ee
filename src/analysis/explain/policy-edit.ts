/** Edits of one statement that would make it match a request: one for each element that failed. */
import type { AuthorizationRequest, StatementOutcome } from '../../policy/decision.ts';
import type {
  Condition,
  ListElement,
  Located,
  PrincipalElement,
  PrincipalType,
  Span,
  Statement,
} from '../../policy/tree.ts';
import { conditionEdit } from './condition-edit.ts';
import { isUndecided } from './cut-short.ts';
import { identifyingCost } from './identifying-condition.ts';
import { literalAction, literalText } from './literal-text.ts';
import { withIdentity } from './own-identity.ts';
import type { EditPurpose } from './possible-edits.ts';
import { issuerOf, principalName } from './wording.ts';

/** The edited statement and what was edited, in words. */
export interface StatementEdit {
  readonly statement: Statement;
  readonly edits: readonly string[];
}

/**
 * Edits whatever failed; undefined when something failed that no addition mends (a NotAction that names the action),
 * when the language has no words for what was asked alone, when the statement is about somebody else, to whom the edit
 * would give or take something too, or when it would let in everybody whom the issuer issues tokens to.
 */
export function editToMatch(outcome: StatementOutcome, purpose: EditPurpose): StatementEdit | undefined {
  const { request, version, budget } = purpose;
  const { statement } = outcome;
  const { tree } = statement;
  if (!outcome.principal && !outcome.action) return undefined;
  // What was not compared is not known to fail or to pass.
  if (isUndecided(outcome)) return undefined;
  const issuer = issuerOf(request.principal);
  const looking = tree.conditions.reduce((cost, condition) => cost + identifyingCost(condition, issuer), 0);
  if (!budget.spend(COMPILING * statement.conditions.length + looking)) return undefined;
  const edits: string[] = [];
  let { principal, action, resource } = tree;
  if (!outcome.principal) {
    if (principal === undefined || principal.negated) return undefined;
    const [type, name] = principalEntry(request);
    principal = withPrincipal(principal, type, name);
    edits.push(`${place(principal.span)} name "${name}" under ${type} in Principal`);
  }
  if (!outcome.action) {
    const added = literalAction(request.action);
    if (action.negated || added === undefined) return undefined;
    action = withItem(action, added);
    edits.push(`${place(action.span)} add "${added}" to Action`);
  }
  if (!outcome.resource && resource !== undefined) {
    const added = request.resource === '*' ? '*' : literalText(request.resource, { version, wildcards: true });
    if (resource.negated || added === undefined) return undefined;
    resource = withItem(resource, added);
    edits.push(`${place(resource.span)} add "${added}" to Resource`);
  }
  const conditions: Condition[] = [];
  for (const condition of outcome.conditions) {
    const edit = condition.passed ? { condition: condition.condition.tree } : conditionEdit(condition, purpose);
    if (edit === undefined) return undefined;
    if ('words' in edit) edits.push(`${place(condition.condition.tree.key.span)} ${edit.words}`);
    if (edit.condition !== undefined) conditions.push(edit.condition);
  }
  const identified = withIdentity(conditions, request, { version, span: tree.span });
  if (identified === undefined) return undefined;
  if (identified.words !== undefined) {
    if (!outcome.principal) return undefined;
    edits.push(`${place(tree.span)} ${identified.words}`);
  }
  return { statement: { ...tree, principal, action, resource, conditions: identified.conditions }, edits };
}

/** Of compiling a condition anew. */
const COMPILING = 2_000;

/** How a policy would name the caller: a session by its role, the anonymous as everybody. */
export function principalEntry({ principal }: AuthorizationRequest): readonly [PrincipalType, string] {
  if (principal.kind === 'webIdentity') return ['Federated', principal.provider];
  if (principal.kind === 'service') return ['Service', principal.name];
  if (principal.kind === 'assumedRole') return ['AWS', principal.roleArn];
  return ['AWS', principal.kind === 'anonymous' ? '*' : principalName(principal)];
}

function withPrincipal(element: PrincipalElement, type: PrincipalType, name: string): PrincipalElement {
  return {
    ...element,
    entries: [...element.entries, { type, values: [located(name, element.span)], list: false }],
  };
}

function withItem(element: ListElement, text: string): ListElement {
  return { ...element, items: [...element.items, located(text, element.span)] };
}

function located(text: string, span: Span): Located {
  return { text, span };
}

function place({ start }: Span): string {
  return `line ${start.line}:`;
}
