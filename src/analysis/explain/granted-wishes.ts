/** Wishes come true: values for the keys that they are about, and the decision that follows. */
import type { ContextValue, RequestContext } from '../../policy/context.ts';
import type { AuthorizationRequest, Decision } from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { isNearer } from './progress.ts';
import { witnesses, type Wish, type Witness } from './witness.ts';
import { copyCost, type Attempts } from './work-budget.ts';

/** What is wished of each context key. */
export type Wishes = ReadonlyMap<string, readonly Wish[]>;

/** All that was wished so far, granted. */
export interface Granted {
  readonly wishes: Wishes;
  /** Every value that came into question, of each key. */
  readonly witnesses: ReadonlyMap<string, readonly Witness[]>;
  readonly decision: Decision;
}

/** What wishes are tried out on. */
export interface Trial extends Attempts {
  /** The request that was made, and not one that was changed. */
  readonly request: AuthorizationRequest;
  /** What the outcome has come to by now. */
  readonly before: Decision;
}

/** Other values of one key that are tried when the likeliest does not do. */
const MAX_ALTERNATIVES = 8;

/** Wishes and more wishes, by key. */
export function joined(wishes: Wishes, added: readonly Wish[]): Wishes {
  const all = new Map([...wishes].map(([key, ofKey]) => [key, [...ofKey]]));
  for (const wish of added) {
    const { contextKey } = wish.condition;
    const ofKey = all.get(contextKey);
    if (ofKey === undefined) all.set(contextKey, [wish]);
    else ofKey.push(wish);
  }
  return all;
}

/** Grants the wishes when they can be granted together and lead nearer; the likeliest values are tried first. */
export function grant(wishes: Wishes, trial: Trial): Granted | undefined {
  const { request, before, budget } = trial;
  if (!budget.spend(copyCost(request.context) * (2 + wishes.size))) return undefined;
  const found = new Map<string, readonly Witness[]>();
  let context: RequestContext = request.context;
  for (const [key, ofKey] of wishes) {
    const ways = witnesses(ofKey, request.context.get(key), context, budget);
    const [likeliest] = ways;
    if (likeliest === undefined) return undefined;
    found.set(key, ways);
    context = withValue(context, key, likeliest.value);
  }
  for (const likely of alternatives(context, found)) {
    const decision = attempt(likely, trial);
    if (decision !== undefined && isNearer(decision, before)) return { wishes, witnesses: found, decision };
  }
  return undefined;
}

/** The likeliest values, then another one of one key at a time. */
function* alternatives(
  context: RequestContext,
  found: ReadonlyMap<string, readonly Witness[]>,
): Generator<RequestContext> {
  yield context;
  for (const [key, ways] of found) {
    for (const { value } of ways.slice(1, 1 + MAX_ALTERNATIVES)) yield withValue(context, key, value);
  }
}

/** The decision on the request with other values; undefined when it would be too much work. */
export function attempt(context: RequestContext, { request, before, cost, budget }: Trial): Decision | undefined {
  return budget.spend(cost) ? evaluate({ ...request, context }, before.policySet) : undefined;
}

/** The request's values with another one of one key, or without it. */
export function withValue(context: RequestContext, key: string, value: ContextValue | undefined): RequestContext {
  const other = new Map(context);
  if (value === undefined) other.delete(key);
  else other.set(key, value);
  return other;
}
