/**
 * How much work one evaluation of a simulation is at most, weighed before it is done: what the engine counts itself
 * (`policy/work.ts`) and all of it, in the engine's steps of about two nanoseconds. Units are of UTF-16.
 */
import type { CompiledCondition } from '../../policy/condition.ts';
import type { ContextValue, RequestContext } from '../../policy/context.ts';
import type { AttachedPolicy } from '../../policy/decision.ts';
import { findOperator } from '../../policy/operators/table.ts';
import type { SimulatedPolicies } from './simulate.ts';

/** Steps of one evaluation. */
export interface EvaluationWeight {
  /** Those that the engine counts, beyond a bound of which it decides without looking on. */
  readonly counted: number;
  readonly all: number;
}

/** Counted steps of comparing with one text: some anyway, and some for each unit of it. */
interface Weight {
  fixed: number;
  perUnit: number;
}

/** What an evaluation costs beside its policies, its result told included. */
const EVALUATION = 25_000;
/** How each policy and statement fared is kept by itself. */
const POLICY = 300;
const STATEMENT = 100;
/** An item of `Action`, `Resource` or `Principal`. */
const ITEM = 40;
/** An item of `Resource` with variables, whose pieces are made anew for each evaluation. */
const VARIABLE_ITEM = 500;
/** Comparing two values. */
const PAIR = 20;
/** Reading a unit of a value once: lower-cased, as a number, as an ARN. */
const READING = 10;
/** Of pieces that are longer no search of the machine's own is used. */
const NATIVE_PIECE = 250;
/** Putting variables into a pattern, for each part of it: a unit, or a text at once. */
const TEMPLATE_PART = 20;

/** The weight of one evaluation, by its resource. The policies and the context are those of all of them. */
export function evaluationWeight(
  policies: SimulatedPolicies,
  context: RequestContext,
): (resource: string) => EvaluationWeight {
  const { identity, boundary, resource, scp = [] } = policies;
  const scale = new Scale(context);
  for (const policy of [...identity, boundary, resource, ...scp.flat()]) if (policy !== undefined) scale.add(policy);
  return ({ length }) => {
    const counted = scale.counted.fixed + scale.counted.perUnit * length;
    return { counted, all: EVALUATION + scale.uncounted + counted };
  };
}

class Scale {
  /** For each unit of the resource. */
  readonly counted: Weight = { fixed: 0, perUnit: 0 };
  uncounted = 0;
  readonly #context: RequestContext;
  readonly #longest: number;

  constructor(context: RequestContext) {
    this.#context = context;
    this.#longest = longestText(context);
  }

  add({ policy }: AttachedPolicy): void {
    this.uncounted += POLICY;
    for (const { tree, conditions } of policy.statements) {
      const principals = tree.principal?.entries.reduce((sum, { values }) => sum + values.length, 0) ?? 0;
      const resources = tree.resource?.items ?? [];
      this.uncounted += STATEMENT + ITEM * (tree.action.items.length + resources.length + principals);
      for (const { text } of resources) {
        if (text.includes('${')) this.uncounted += VARIABLE_ITEM;
        const { fixed, perUnit } = patternWeight(text, this.#longest, false);
        this.counted.fixed += fixed;
        this.counted.perUnit += perUnit;
      }
      for (const condition of conditions) this.#addCondition(condition);
    }
  }

  #addCondition({ operator, values, contextKey }: CompiledCondition): void {
    const name = findOperator(operator)?.operator.name ?? '';
    const hasPatterns = name.includes('Like') || name.startsWith('Arn');
    const inUnits = name.startsWith('Arn') || name.endsWith('IgnoreCase');
    const actual = textsOf(this.#context.get(contextKey) ?? '');
    const units = actual.reduce((sum, { length }) => sum + length, 0);
    this.uncounted += READING * units;
    this.counted.fixed += PAIR * values.length * actual.length;
    for (const value of values) {
      const { fixed, perUnit } = patternWeight(value, this.#longest, inUnits);
      this.counted.fixed += fixed * actual.length + (hasPatterns ? perUnit * units : 0);
    }
  }
}

/**
 * Beginnings are compared at once; between stars the text is searched, with `?` for 32 units of a piece at a time.
 *
 * @param inUnits variables are put in unit by unit, not as texts
 */
function patternWeight(pattern: string, longest: number, inUnits: boolean): Weight {
  const stars = pattern.split('*').length - 1;
  const isLong = pattern.length > NATIVE_PIECE;
  const hasAny = pattern.includes('?');
  const fixed = templateWeight(pattern, longest, inUnits || hasAny) + (isLong ? 4 * pattern.length : 0);
  if (hasAny) return { fixed, perUnit: (1 + stars) * (8 + pattern.length / 32) };
  const isBeginning = stars === 0 || (stars === 1 && pattern.endsWith('*'));
  return { fixed, perUnit: isBeginning ? 0 : stars * (isLong ? 4 : 0.5) };
}

function templateWeight(pattern: string, longest: number, inUnits: boolean): number {
  const variables = pattern.split('${').length - 1;
  if (variables === 0) return 0;
  const units = pattern.length + variables * longest;
  return inUnits ? TEMPLATE_PART * units : TEMPLATE_PART * (2 * variables + 1) + units / 2;
}

/** What a variable can stand for. */
function longestText(context: RequestContext): number {
  let longest = 0;
  for (const value of context.values()) if (typeof value === 'string') longest = Math.max(longest, value.length);
  return longest;
}

function textsOf(value: ContextValue): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
