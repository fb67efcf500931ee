/** One statement's outcome → its explanation. */
import type { AuthorizationRequest, ConditionOutcome, PolicyOutcome, StatementOutcome } from '../../policy/decision.ts';
import type { Statement } from '../../policy/tree.ts';
import { absenceReason } from './absence.ts';
import { conditionCause } from './condition-cause.ts';
import { actionCause, principalCause, resourceCause } from './element-cause.ts';
import type { ExplainedCondition, ExplainedElement, ExplainedStatement } from './explanation.ts';
import { principalName } from './wording.ts';

/** How many elements and conditions of the statement failed. */
export function failedElements(outcome: StatementOutcome): number {
  let failed = 0;
  if (!outcome.principal) failed++;
  if (!outcome.action) failed++;
  if (!outcome.resource) failed++;
  for (const condition of outcome.conditions) if (!condition.passed) failed++;
  return failed;
}

/** Explains a statement of a policy. */
export function explainStatement(
  outcome: StatementOutcome,
  { attached }: PolicyOutcome,
  request: AuthorizationRequest,
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
    elements: explainElements(outcome, request),
    conditions: outcome.conditions.map((condition) => explainCondition(condition, request)),
  };
}

function explainElements(outcome: StatementOutcome, request: AuthorizationRequest): readonly ExplainedElement[] {
  const { principal, action, resource } = outcome.statement.tree;
  const elements: ExplainedElement[] = [];
  if (principal !== undefined) {
    const cause = outcome.principal ? undefined : principalCause(principal, request.principal);
    const passed = outcome.principal;
    const actual = principalName(request.principal);
    elements.push(element('Principal', principal, principalTexts(principal), actual, passed, cause));
  }
  const wrongAction = outcome.action ? undefined : actionCause(action, request.action);
  elements.push(element('Action', action, textsOf(action), request.action, outcome.action, wrongAction));
  if (resource !== undefined) {
    const cause = outcome.resource ? undefined : resourceCause(resource, request.resource, request.context);
    elements.push(element('Resource', resource, textsOf(resource), request.resource, outcome.resource, cause));
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

function explainCondition(outcome: ConditionOutcome, request: AuthorizationRequest): ExplainedCondition {
  const { operator, key, expected, actual, passed, condition } = outcome;
  const cause = conditionCause(outcome, request);
  const { line, column } = condition.tree.key.span.start;
  return {
    operator,
    key,
    expected,
    ...(actual === undefined ? { absent: absenceReason(key, request.principal) } : { actual }),
    passed,
    ...(cause !== undefined && { cause }),
    line,
    column,
  };
}
