/** The smallest edit of one condition after which it passes. */
import { compileCondition, PASSED, testCondition, type CompiledCondition } from '../../policy/condition.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { AuthorizationRequest, ConditionOutcome } from '../../policy/decision.ts';
import type { Condition, Located, PolicyVersion } from '../../policy/tree.ts';
import { immutableForm } from './github-subject-shape.ts';
import { literalText } from './literal-text.ts';
import { meantKeys } from './meant-key.ts';
import { baseName, familyOf } from './operator-family.ts';
import { missingTexts, valuesInTheWay } from './value-edit.ts';
import { testCost, type WorkBudget } from './work-budget.ts';

/** What an edit is made for. */
export interface EditPurpose {
  readonly request: AuthorizationRequest;
  /** Of the document. */
  readonly version: PolicyVersion;
  readonly budget: WorkBudget;
}

/** The edited condition and what was edited, in words. */
export interface ConditionEdit {
  /** Undefined: the condition goes. */
  readonly condition: Condition | undefined;
  readonly words: string;
}

/** Of compiling one value, of making an edit of it, and of looking for what is meant by a key. */
const COMPILING = 1_000;
const EDITING = 2_500;
const LOOKING_FOR_KEY = 50_000;

/**
 * The first of the possible edits after which the condition passes; taking it out always does. Undefined when it is too
 * much work to tell: a condition is not taken out for that.
 */
export function conditionEdit(outcome: ConditionOutcome, purpose: EditPurpose): ConditionEdit | undefined {
  const { actual, condition } = outcome;
  const { request, budget } = purpose;
  // Values of a list are tested to find the edit, and again to see that it does.
  const tests = (typeof actual === 'string' ? 1 : 2) * testCost(condition, actual, request.context);
  const cost = EDITING + COMPILING * condition.values.length + tests + 40 * lengthOf(actual);
  if (!budget.spend(cost)) return undefined;
  for (const edit of possibleEdits(condition, actual, purpose)) {
    if (passes(edit, purpose)) return edit;
    if (!budget.spend(cost)) return undefined;
  }
  if (actual === undefined && !budget.spend(LOOKING_FOR_KEY)) return undefined;
  const why = actual === undefined ? ', whose key this request lacks' : '';
  const words = `take out the condition ${condition.operator} ${condition.key}${why}`;
  return renaming(outcome, purpose) ?? { condition: undefined, words };
}

/** The key is mistyped: it is written right, and if that is not enough the condition edited besides. */
function renaming({ actual, condition }: ConditionOutcome, purpose: EditPurpose): ConditionEdit | undefined {
  if (actual !== undefined || condition.presence) return undefined;
  for (const { key, isCertain } of meantKeys(condition.key, purpose.request)) {
    const { tree } = condition;
    const renamed = { ...tree, key: { ...tree.key, text: key } };
    const words = `write ${key} in place of ${condition.key}`;
    if (passes({ condition: renamed, words }, purpose)) return { condition: renamed, words };
    if (!isCertain) continue;
    const compiled = compileCondition(renamed, readsVariables(purpose));
    for (const edit of possibleEdits(compiled, purpose.request.context.get(compiled.contextKey), purpose)) {
      if (passes(edit, purpose)) return { ...edit, words: `${words}, and ${edit.words}` };
    }
  }
  return undefined;
}

function passes({ condition }: ConditionEdit, purpose: EditPurpose): boolean {
  if (condition === undefined) return true;
  const { context } = purpose.request;
  const compiled = compileCondition(condition, readsVariables(purpose));
  return testCondition(compiled, context.get(compiled.contextKey), context) === PASSED;
}

/** Smaller edits first: another operator, values more or fewer. */
function* possibleEdits(
  condition: CompiledCondition,
  actual: ContextValue | undefined,
  purpose: EditPurpose,
): Generator<ConditionEdit> {
  const { operator, key, quantifier, negated, presence, tree } = condition;
  if (actual === undefined || presence) return;
  const isText = baseName(operator).startsWith('StringEquals');
  const hasWildcard = tree.values.some(({ text }) => text.includes('*') || text.includes('?'));
  if (isText && hasWildcard) yield renamedOperator(condition, operator.replace(STRING_EQUALS, 'StringLike'));
  if (quantifier === 'none' && typeof actual !== 'string') {
    const edit = renamedOperator(condition, `ForAnyValue:${operator}`);
    yield edit;
    if (edit.condition === undefined) return;
    const compiled = compileCondition(edit.condition, readsVariables(purpose));
    for (const further of possibleEdits(compiled, actual, purpose)) {
      yield { ...further, words: `${edit.words}, and ${further.words}` };
    }
    return;
  }
  if (negated) {
    const inTheWay = new Set(valuesInTheWay(condition, actual, purpose.request.context));
    const values = tree.values.filter(({ text }) => !inTheWay.has(text));
    const words = `take ${listed([...inTheWay])} out of the values of ${operator} ${key}`;
    // Without any value the condition would only look like one.
    if (values.length > 0) yield { condition: { ...tree, values }, words };
    return;
  }
  if (!isAddable(operator)) return;
  for (const form of immutableForms(condition, actual)) yield withValues(condition, [form]);
  const added = missingTexts(condition, actual, purpose.request.context).map((text) =>
    literal(text, operator, purpose),
  );
  if (added.every((text) => text !== undefined)) yield withValues(condition, added);
}

const STRING_EQUALS = /StringEquals(?:IgnoreCase)?/i;

function renamedOperator({ operator, key, tree }: CompiledCondition, name: string): ConditionEdit {
  const words = `write ${name} in place of ${operator} for ${key}`;
  return { condition: { ...tree, operator: { ...tree.operator, text: name } }, words };
}

function withValues({ operator, key, tree }: CompiledCondition, added: readonly string[]): ConditionEdit {
  const values = [...tree.values, ...added.map((text): Located => ({ text, span: tree.key.span }))];
  return { condition: { ...tree, values }, words: `add ${listed(added)} to the values of ${operator} ${key}` };
}

/** Patterns of plain names in the form that the request's subject has. */
function immutableForms({ values }: CompiledCondition, actual: ContextValue): readonly string[] {
  return typeof actual === 'string' ? values.flatMap((value) => immutableForm(value, actual) ?? []) : [];
}

function literal(text: string, operator: string, { version }: EditPurpose): string | undefined {
  const family = familyOf(operator);
  return literalText(text, { version, wildcards: family === 'pattern' || family === 'arn' });
}

/** Whether one more value admits one more request: not so for the orders of numbers and dates. */
function isAddable(operator: string): boolean {
  return !/Than|Bool/.test(baseName(operator));
}

function readsVariables({ version }: EditPurpose): boolean {
  return version === '2012-10-17';
}

function listed(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(', ');
}

function lengthOf(actual: ContextValue | undefined): number {
  return typeof actual === 'string' ? actual.length : (actual ?? []).reduce((sum, text) => sum + text.length, 0);
}
