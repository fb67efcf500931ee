/** The edits of one condition that may let it pass, smaller ones first; whether one does, and how wide it is, is not asked here. */
import { compileCondition, type CompiledCondition } from '../../policy/condition.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { AuthorizationRequest } from '../../policy/decision.ts';
import type { Condition, Located, PolicyVersion } from '../../policy/tree.ts';
import { immutableForm } from './github-subject-shape.ts';
import { openValues } from './identifying-condition.ts';
import { literalText } from './literal-text.ts';
import { baseName, familyOf } from './operator-family.ts';
import { missingTexts, valuesInTheWay } from './value-edit.ts';
import type { WorkBudget } from './work-budget.ts';
import { issuerOf } from './wording.ts';

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

/** Smaller edits first: another operator, values more or fewer. */
export function* possibleEdits(
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
  if (!added.every((text) => text !== undefined)) return;
  yield withValues(condition, added);
  yield* withoutOpenValues(condition, added, purpose);
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

/** The request's own value in the place of those that everybody's tokens may fit. */
function* withoutOpenValues(
  { operator, key, tree }: CompiledCondition,
  added: readonly string[],
  { request }: EditPurpose,
): Generator<ConditionEdit> {
  const issuer = issuerOf(request.principal);
  const open = new Set(issuer === undefined ? [] : openValues(tree, issuer));
  if (open.size === 0) return;
  const kept = tree.values.filter(({ text }) => !open.has(text));
  const values = [...kept, ...added.map((text): Located => ({ text, span: tree.key.span }))];
  const words = `write ${listed(added)} in place of ${listed([...open])} in the values of ${operator} ${key}`;
  yield { condition: { ...tree, values }, words };
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

/** Whether the document has policy variables. */
export function readsVariables({ version }: EditPurpose): boolean {
  return version === '2012-10-17';
}

function listed(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(', ');
}
