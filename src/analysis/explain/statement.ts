/** One statement's outcome → its explanation. */
import type { AuthorizationRequest, ConditionOutcome, PolicyOutcome, StatementOutcome } from '../../policy/decision.ts';
import type { Statement } from '../../policy/tree.ts';
import { absenceReason } from './absence.ts';
import { conditionCause } from './condition-cause.ts';
import { CUT_SHORT_CAUSE } from './cut-short.ts';
import { actionCause, listCost, principalCause, principalCost, resourceCause } from './element-cause.ts';
import type { ExplainedCondition, ExplainedElement, ExplainedStatement } from './explanation.ts';
import type { WorkBudget } from './work-budget.ts';
import { principalName } from './wording.ts';

/** How many elements and conditions of the statement failed; what was cut short did not. */
export function failedElements(outcome: StatementOutcome): number {
  let failed = 0;
  if (!outcome.principal) failed++;
  if (!outcome.action) failed++;
  if (!outcome.resource && !outcome.cutShort) failed++;
  for (const { passed, cutShort } of outcome.conditions) if (!passed && !cutShort) failed++;
  return failed;
}

/** Explains a statement of a policy. */
export function explainStatement(
  outcome: StatementOutcome,
  { attached }: PolicyOutcome,
  request: AuthorizationRequest,
  budget: WorkBudget,
): ExplainedStatement {
  const { statement } = outcome;
  const { start } = statement.tree.span;
  return {
    policy: attached.source,
    type: attached.type,
    ...(statement.sid !== undefined && { sid: statement.sid }),
    number: statement.index + 1,
    line: start.line,
    column: start.column,
    effect: statement.effect,
    matched: outcome.matched,
    failed: failedElements(outcome),
    elements: explainElements(outcome, request, budget),
    conditions: outcome.conditions.map((condition) => explainCondition(condition, request, budget)),
  };
}

function explainElements(
  outcome: StatementOutcome,
  request: AuthorizationRequest,
  budget: WorkBudget,
): readonly ExplainedElement[] {
  const { principal, action, resource } = outcome.statement.tree;
  const elements: ExplainedElement[] = [];
  if (principal !== undefined) {
    const isSought = !outcome.principal && budget.spend(principalCost(principal));
    const cause = isSought ? principalCause(principal, request.principal) : undefined;
    const passed = outcome.principal;
    const actual = principalName(request.principal);
    elements.push(element('Principal', principal, principalTexts(principal), actual, passed, cause));
  }
  const isWrongAction = !outcome.action && budget.spend(listCost(action));
  const wrongAction = isWrongAction ? actionCause(action, request.action) : undefined;
  elements.push(element('Action', action, textsOf(action), request.action, outcome.action, wrongAction));
  if (resource !== undefined) {
    const { resource: passed, cutShort } = outcome;
    const isSought = !passed && !cutShort && budget.spend(listCost(resource));
    const found = isSought ? resourceCause(resource, request.resource, request.context) : undefined;
    const cause = cutShort ? CUT_SHORT_CAUSE : found;
    const told = element('Resource', resource, textsOf(resource), request.resource, passed, cause);
    elements.push({ ...told, ...(cutShort && { cutShort }) });
  }
  return elements;
}

function element(
  name: string,
  tree: Pick<NonNullable<Statement['resource']>, 'negated' | 'span'>,
  expected: readonly string[],
  actual: string,
  passed: boolean,
  cause: string | undefined,
): ExplainedElement {
  const { line, column } = tree.span.start;
  const elementName = tree.negated ? `Not${name}` : name;
  return { element: elementName, expected, actual, passed, ...(cause !== undefined && { cause }), line, column };
}

function textsOf({ items }: Statement['action']): readonly string[] {
  return items.map(({ text }) => text);
}

function principalTexts({ everyone, entries }: NonNullable<Statement['principal']>): readonly string[] {
  return everyone ? ['*'] : entries.flatMap(({ type, values }) => values.map(({ text }) => `${type}: ${text}`));
}

function explainCondition(
  outcome: ConditionOutcome,
  request: AuthorizationRequest,
  budget: WorkBudget,
): ExplainedCondition {
  const { operator, key, expected, actual, passed, cutShort, condition } = outcome;
  const cause = conditionCause(outcome, request, budget);
  const { line, column } = condition.tree.key.span.start;
  return {
    operator,
    key,
    expected,
    ...(actual === undefined ? { absent: absenceReason(key, request.principal) } : { actual }),
    passed,
    ...(cutShort && { cutShort }),
    ...(cause !== undefined && { cause }),
    line,
    column,
  };
}
