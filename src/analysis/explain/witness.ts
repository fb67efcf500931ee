/** Values of one key that make conditions pass or fail: guessed from the policies' values, kept only if the engine agrees. */
import { FAILED, PASSED, testCondition, type CompiledCondition } from '../../policy/condition.ts';
import type { ContextValue, RequestContext } from '../../policy/context.ts';
import { isOfFamily, textsBeside, textsElsewhere } from './candidate-texts.ts';
import { familyOf } from './operator-family.ts';
import { testCost, type WorkBudget } from './work-budget.ts';

/** That a condition be as it is not yet. */
export interface Wish {
  readonly condition: CompiledCondition;
  readonly wanted: typeof PASSED | typeof FAILED;
  /** Whether policy variables mean anything in its document. */
  readonly variables: boolean;
}

/** A value, or the absence of the key. */
export interface Witness {
  readonly value: ContextValue | undefined;
}

/** Of an operator by its name. */
const LOOKING_UP = 1_000;

/** More values than this are not tried: nobody reads them. */
const MAX_CANDIDATES = 60;

/**
 * The values of one key under which all these wishes come true, the likeliest first, absence last.
 *
 * @param wishes about one context key
 * @param actual what the request holds: a key stays single-valued or multivalued
 * @param context what policy variables stand for, other wishes granted
 */
export function witnesses(
  wishes: readonly Wish[],
  actual: ContextValue | undefined,
  context: RequestContext,
  budget: WorkBudget,
): readonly Witness[] {
  const [first] = wishes;
  if (first === undefined) return [];
  const { contextKey } = first.condition;
  const trial = new Map(context);
  const found: Witness[] = [];
  const texts = candidateTexts(wishes, actual, context, budget);
  const isList = isMultivalued(wishes, actual);
  const values: readonly (ContextValue | undefined)[] = isList ? lists(wishes, texts, actual, context, budget) : texts;
  for (const value of [...values, undefined]) {
    if (value === undefined) trial.delete(contextKey);
    else trial.set(contextKey, value);
    if (!budget.spend(costOf(wishes, value, trial))) break;
    if (wishes.every(({ condition, wanted }) => testCondition(condition, value, trial) === wanted))
      found.push({ value });
  }
  return found;
}

/** What the request holds tells; of an absent key, whether an operator reads it as one value. */
function isMultivalued(wishes: readonly Wish[], actual: ContextValue | undefined): boolean {
  if (actual !== undefined) return typeof actual !== 'string';
  return wishes.some(({ condition }) => condition.quantifier !== 'none') && !wishes.some(readsOneValue);
}

function readsOneValue({ condition }: Wish): boolean {
  return condition.quantifier === 'none' && !condition.presence;
}

/** Texts of a type that all the operators compare. */
function candidateTexts(
  wishes: readonly Wish[],
  actual: ContextValue | undefined,
  context: RequestContext,
  budget: WorkBudget,
): readonly string[] {
  const texts = new Set<string>();
  const families = new Set(wishes.map(({ condition }) => familyOf(condition.operator) ?? 'text'));
  for (const { condition, wanted, variables } of wishes) {
    if (!budget.spend(LOOKING_UP)) break;
    const family = familyOf(condition.operator) ?? 'text';
    // A text or pattern that is to be missed says nothing about what misses it.
    if ((family === 'text' || family === 'pattern' || family === 'arn') && !isSought(condition, wanted)) continue;
    const reading = { family, context, key: condition.contextKey, variables };
    for (const value of condition.values) {
      if (texts.size >= MAX_CANDIDATES || !budget.spend(1_000 + 20 * Math.min(value.length, 4_096))) break;
      for (const text of textsBeside(value, reading)) texts.add(text);
    }
  }
  const held = typeof actual === 'string' ? [actual] : (actual ?? []).slice(0, 5);
  for (const family of families) for (const text of textsElsewhere(family, held)) texts.add(text);
  return [...texts].filter((text) => [...families].every((family) => isOfFamily(text, family)));
}

/** Whether the wish is for the condition's values, not for others. */
export function isSought({ negated }: CompiledCondition, wanted: Wish['wanted']): boolean {
  return (wanted === PASSED) !== negated;
}

/**
 * The request's list with as little changed as the wishes ask for, then lists of one value.
 *
 * ForAllValues is about every value, so what fails it goes; ForAnyValue needs one that passes, so one is added where
 * there is none. That either be false is a wish of the other kind about the opposite.
 */
function lists(
  wishes: readonly Wish[],
  texts: readonly string[],
  actual: ContextValue | undefined,
  context: RequestContext,
  budget: WorkBudget,
): readonly (readonly string[])[] {
  const grants = ({ condition, wanted }: Wish, text: string): boolean =>
    budget.spend(costOf([{ condition }], text, context)) && testCondition(condition, text, context) === wanted;
  const ofEvery = wishes.filter((wish) => isAboutEveryValue(wish));
  const ofSome = wishes.filter((wish) => !isAboutEveryValue(wish) && wish.condition.quantifier !== 'none');
  const fits = (text: string): boolean => ofEvery.every((wish) => grants(wish, text));
  const mended = typeof actual === 'string' || actual === undefined ? [] : actual.filter(fits);
  for (const wish of ofSome) {
    if (mended.some((text) => grants(wish, text))) continue;
    const added = texts.find((text) => grants(wish, text) && fits(text));
    if (added !== undefined) mended.push(added);
  }
  return [...(mended.length === 0 ? [] : [mended]), ...texts.map((text) => [text])];
}

/** Whether every value of the request has to be as wished, and not some value only. */
export function isAboutEveryValue({ condition, wanted }: Pick<Wish, 'condition' | 'wanted'>): boolean {
  return condition.quantifier !== 'none' && (condition.quantifier === 'all') === (wanted === PASSED);
}

function costOf(
  wishes: readonly Pick<Wish, 'condition'>[],
  value: ContextValue | undefined,
  context: RequestContext,
): number {
  return wishes.reduce((cost, { condition }) => cost + 500 + testCost(condition, value, context), 0);
}
