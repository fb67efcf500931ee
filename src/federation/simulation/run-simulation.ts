/**
 * One result for each action, over all its resources; evaluated only as far as the page that is asked for goes. Pages
 * count actions. What a result tells is as observed on AWS in September 2026.
 */
import type { Outcome } from '../../policy/decision.ts';
import { RESOURCE_ACCOUNT, type AskedResource } from './asked-resource.ts';
import type { SimulatedDocuments } from './attached-documents.ts';
import { invalidInput } from './invalid-input.ts';
import { askedOf, fitsResource } from './known-actions.ts';
import { nameOfEverything, nameOfSeveral } from './resource-names.ts';
import { simulate, strictest, type Simulated } from './simulate.ts';
import type { ReadSimulation } from './simulation-request.ts';
import { missingIn, startRun, type Run } from './simulation-run.ts';
import { resultCharacters, statementCharacters } from './told-characters.ts';
import type { Turns } from './turns.ts';

/** Which of the actions are wanted: from the `begin`-th on, at most `limit`. */
export interface ActionRange {
  readonly begin: number;
  readonly limit: number;
}

/** An action on one resource. */
export interface ResourceResult extends Simulated {
  readonly resource: string;
  /** Condition keys that the documents look at and the request did not give, as the documents spell them. */
  readonly missing: readonly string[];
}

/** An action on all its resources. */
export interface ActionResult {
  readonly action: string;
  /** Undefined where AWS prints no name over several resources. */
  readonly name: string | undefined;
  /** The strictest of the resources'. */
  readonly outcome: Outcome;
  readonly resources: readonly ResourceResult[];
  /** Whether the request named resources: then each of them has a result of its own. */
  readonly named: boolean;
}

/** One page of them. */
export interface SimulationResults {
  readonly results: readonly ActionResult[];
  /** Where the next range begins; undefined when this one was the last. */
  readonly next: number | undefined;
}

/** Answers a page. Throws `InvalidInput` when one action alone costs more than a page may: a limit of ours. */
export async function runSimulation(
  read: ReadSimulation,
  documents: SimulatedDocuments,
  range: ActionRange,
  turns: Turns,
): Promise<SimulationResults> {
  const run = await startRun(read, documents, turns);
  const results: ActionResult[] = [];
  const { actions } = read;
  const end = Math.min(actions.length, range.begin + range.limit);
  let at = range.begin;
  for (; at < end; at++) {
    const action = actions[at] ?? '';
    const result = await simulateAction(action, run);
    if (typeof result !== 'string') results.push(result);
    else if (results.length > 0) break;
    else throw invalidInput(`The simulation of ${action} ${result}.`);
  }
  return { results, next: at < actions.length ? at : undefined };
}

const TOO_HEAVY = 'compares too much: send fewer or shorter policies and context values';
const TOO_MUCH_WORK = 'is too much work: name fewer resources';
const TOO_MUCH_TO_TELL = 'has too much to tell: name fewer resources';

/** A text that says why not, when it does not go on this page. */
async function simulateAction(action: string, run: Run): Promise<ActionResult | string> {
  const { read, budget, turns, least, steps, resources: asked } = run;
  if (run.isTooHeavy) return TOO_HEAVY;
  if (!budget.has(least.steps, 0)) return TOO_MUCH_WORK;
  if (!budget.has(0, least.characters)) return TOO_MUCH_TO_TELL;
  const beginnings = askedOf(action);
  const results: ResourceResult[] = [];
  for (const [index, resource] of asked.entries()) {
    budget.work(steps[index] ?? 0);
    await turns.work(steps[index] ?? 0);
    const result = simulateOn(resource, action, fitsResource(beginnings, resource.arn), run);
    if (!budget.tell(charactersOf(result, run))) return TOO_MUCH_TO_TELL;
    results.push(result);
  }
  const named = asked.some(({ arn }) => arn !== undefined);
  const [first = '*', ...more] = read.resources;
  const name = named
    ? more.length === 0
      ? first
      : nameOfSeveral(action, first)
    : nameOfEverything(action, read.account);
  const outcome = strictest(results.map((result) => result.outcome)) ?? 'implicitDeny';
  return { action, name, outcome, resources: results, named };
}

function simulateOn({ text, account }: AskedResource, action: string, fits: boolean, run: Run): ResourceResult {
  const { read, policies, context } = run;
  if (run.tellsAccounts) context.set(RESOURCE_ACCOUNT, account);
  const call = { principal: read.principal, action, resource: text, resourceAccount: account, context };
  const simulated = simulate(call, fits, policies);
  const isMissing = simulated.outcome === 'implicitDeny' && !simulated.byOrganizations;
  return { ...simulated, resource: text, missing: isMissing ? missingIn(run).keys : [] };
}

function charactersOf({ resource, matched, missing }: ResourceResult, run: Run): number {
  const keys = missing.length === 0 ? 0 : missingIn(run).characters;
  return resultCharacters(resource) + statementCharacters(matched) + keys;
}
