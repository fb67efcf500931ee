/** Edits of one statement that would make it match a request: one for each element that failed. */
import { compileCondition, PASSED, testCondition } from '../../policy/condition.ts';
import type { AuthorizationRequest, ConditionOutcome, StatementOutcome } from '../../policy/decision.ts';
import type { Condition, Located, PrincipalElement, PrincipalType, Span, Statement } from '../../policy/tree.ts';
import { findOperator } from '../../policy/operators/table.ts';
import { immutableForm } from './github-subject-shape.ts';
import { missingIdentity } from './identifying-condition.ts';
import { oneOf, principalName } from './wording.ts';

/** The edited statement and what was edited, in words. */
export interface StatementEdit {
  readonly statement: Statement;
  readonly edits: readonly string[];
}

/**
 * Edits whatever failed; undefined when something failed that no addition mends (a NotAction that names the action), or
 * when the statement is about somebody else, to whom the edit would give or take something too.
 */
export function editToMatch(outcome: StatementOutcome, request: AuthorizationRequest): StatementEdit | undefined {
  const { tree } = outcome.statement;
  if (!outcome.principal && !outcome.action) return undefined;
  const edits: string[] = [];
  let { principal, action, resource } = tree;
  if (!outcome.principal) {
    if (principal === undefined || principal.negated) return undefined;
    const [type, name] = principalEntry(request);
    principal = withPrincipal(principal, type, name);
    edits.push(`${place(principal.span)} name "${name}" under ${type} in Principal`);
  }
  if (!outcome.action) {
    if (action.negated) return undefined;
    edits.push(`${place(action.span)} add "${request.action}" to Action`);
    action = { ...action, items: [...action.items, located(request.action, action.span)] };
  }
  if (!outcome.resource && resource !== undefined) {
    if (resource.negated) return undefined;
    edits.push(`${place(resource.span)} add "${request.resource}" to Resource`);
    resource = { ...resource, items: [...resource.items, located(request.resource, resource.span)] };
  }
  const conditions = outcome.conditions.flatMap((condition) => {
    if (condition.passed) return [condition.condition.tree];
    const edit = conditionEdit(condition, request);
    edits.push(`${place(condition.condition.tree.key.span)} ${edit.words}`);
    return edit.condition === undefined ? [] : [edit.condition];
  });
  const identity = missingIdentity(conditions, request, tree.span);
  if (identity !== undefined) {
    if (!outcome.principal) return undefined;
    const [value] = identity.values;
    edits.push(`${place(tree.span)} add the condition StringEquals ${identity.key.text} "${value?.text}"`);
    conditions.push(identity);
  }
  return { statement: { ...tree, principal, action, resource, conditions }, edits };
}

interface ConditionEdit {
  /** Undefined: the condition goes. */
  readonly condition: Condition | undefined;
  readonly words: string;
}

/** The first of the possible edits after which the condition passes; taking it out always does. */
function conditionEdit(outcome: ConditionOutcome, request: AuthorizationRequest): ConditionEdit {
  for (const edit of possibleEdits(outcome)) {
    const compiled = edit.condition && compileCondition(edit.condition, true);
    if (compiled === undefined || testCondition(compiled, outcome.actual, request.context) === PASSED) return edit;
  }
  return removal(outcome);
}

function possibleEdits(outcome: ConditionOutcome): readonly ConditionEdit[] {
  const { operator, key, actual, condition } = outcome;
  const { tree } = condition;
  if (actual === undefined || condition.presence) return [removal(outcome)];
  const edits: ConditionEdit[] = [];
  const rename = (name: string): void => {
    const words = `write ${name} in place of ${operator} for ${key}`;
    edits.push({ condition: { ...tree, operator: { ...tree.operator, text: name } }, words });
  };
  if (/StringEquals/i.test(operator) && !condition.negated) rename(operator.replace(/StringEquals/i, 'StringLike'));
  if (condition.quantifier === 'none' && typeof actual !== 'string') rename(`ForAnyValue:${operator}`);
  const add = (added: readonly string[]): void => {
    const values = [...tree.values, ...added.map((text) => located(text, tree.key.span))];
    edits.push({ condition: { ...tree, values }, words: `add ${list(added)} to the values of ${operator} ${key}` });
  };
  if (!condition.negated && addable(operator)) {
    const texts = typeof actual === 'string' ? [actual] : actual;
    for (const text of texts) {
      const form = condition.values.map((value) => immutableForm(value, text)).find(Boolean);
      if (form !== undefined) add([form]);
    }
    add(texts);
  }
  return [...edits, removal(outcome)];
}

function removal({ operator, key, actual }: ConditionOutcome): ConditionEdit {
  const why = actual === undefined ? ', whose key this request lacks' : '';
  return { condition: undefined, words: `take out the condition ${operator} ${key}${why}` };
}

/** Whether one more value admits one more request: not so for the orders of numbers and dates. */
function addable(operator: string): boolean {
  const name = findOperator(operator)?.operator.name ?? '';
  return !/Than|Bool/.test(name);
}

function list(values: readonly string[]): string {
  return values.length === 1 ? oneOf(values) : values.map((value) => `"${value}"`).join(', ');
}

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

function located(text: string, span: Span): Located {
  return { text, span };
}

function place({ start }: Span): string {
  return `line ${start.line}:`;
}
