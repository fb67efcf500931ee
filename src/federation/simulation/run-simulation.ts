/**
 * One result for each action, over all its resources; evaluated only as far as the page that is asked for goes. Pages
 * count actions. What a result tells is as observed on AWS in September 2026.
 */
import { setImmediate } from 'node:timers/promises';
import type { ContextValue } from '../../policy/context.ts';
import type { Outcome } from '../../policy/decision.ts';
import { contextKeysOf } from '../policy-context-keys.ts';
import { attachDocuments, type SimulatedDocuments } from './attached-documents.ts';
import { nameOfEverything, nameOfSeveral } from './resource-names.ts';
import { simulate, strictest, type Simulated, type SimulatedPolicies } from './simulate.ts';
import { accountOfResource, invalidInput, type ReadSimulation } from './simulation-request.ts';

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

/** Evaluations after which other calls get their turn. */
const IN_ONE_TURN = 16;
/** Evaluations of one call: a page then ends early, with a marker, as IAM's reference allows. */
const MAX_EVALUATIONS = 10_000;
/** Statements and missing keys that one page tells, of all its resources together. */
const MAX_TOLD = 100_000;
/** Every resource has its own. */
const RESOURCE_ACCOUNT = 'aws:resourceaccount';

/** Answers a page. Throws `InvalidInput` when one action alone has more to tell than a page may: a limit of ours. */
export async function runSimulation(
  read: ReadSimulation,
  documents: SimulatedDocuments,
  range: ActionRange,
): Promise<SimulationResults> {
  const run: Run = {
    read,
    policies: attachDocuments(documents),
    context: new Map<string, ContextValue>([...read.defaults, ...read.given]),
    missing: missingKeys(documents, read),
    evaluations: 0,
    told: 0,
  };
  const results: ActionResult[] = [];
  const { actions, resources } = read;
  const end = Math.min(actions.length, range.begin + range.limit);
  let at = range.begin;
  for (; at < end; at++) {
    if (results.length > 0 && run.evaluations + resources.length > MAX_EVALUATIONS) break;
    const result = await simulateAction(actions[at] ?? '', run);
    if (result === undefined && results.length === 0) {
      throw invalidInput(`The simulation of ${actions[at] ?? ''} has too much to tell: name fewer resources.`);
    }
    if (result === undefined) break;
    results.push(result);
  }
  return { results, next: at < actions.length ? at : undefined };
}

/** One call's simulation under way. */
interface Run {
  readonly read: ReadSimulation;
  readonly policies: SimulatedPolicies;
  readonly context: Map<string, ContextValue>;
  readonly missing: readonly string[];
  evaluations: number;
  told: number;
}

/** Undefined when there is too much to tell for this page. */
async function simulateAction(action: string, run: Run): Promise<ActionResult | undefined> {
  const { principal, resources: asked, account } = run.read;
  const named = asked.some((resource) => resource !== '*');
  const resources: ResourceResult[] = [];
  for (const resource of named ? asked : ['*']) {
    const resourceAccount = accountOfResource(resource, run.read);
    run.context.set(RESOURCE_ACCOUNT, resourceAccount);
    const simulated = simulate({ principal, action, resource, resourceAccount, context: run.context }, run.policies);
    const isMissing = simulated.outcome === 'implicitDeny' && !simulated.byOrganizations;
    const missing = isMissing ? run.missing : [];
    resources.push({ ...simulated, resource, missing });
    run.evaluations++;
    run.told += simulated.matched.length + missing.length;
    if (run.told > MAX_TOLD) return undefined;
    if (run.evaluations % IN_ONE_TURN === 0) await setImmediate();
  }
  const [first = '*', ...more] = asked;
  const name = !named ? nameOfEverything(action, account) : more.length === 0 ? first : nameOfSeveral(action, first);
  const outcome = strictest(resources.map((result) => result.outcome)) ?? 'implicitDeny';
  return { action, name, outcome, resources, named };
}

/**
 * In every spelling of the documents, statements that do not matter included. What AWS knows by itself counts as
 * missing too (observed); of a web identity it does not, since its answer is the real call's.
 */
function missingKeys(
  { identity, boundary, resource, isTrust }: SimulatedDocuments,
  { given, defaults }: ReadSimulation,
): readonly string[] {
  const known = new Set(given.map(([key]) => key));
  if (isTrust) for (const key of [RESOURCE_ACCOUNT, ...defaults.map(([name]) => name)]) known.add(key);
  const wanted = [...identity, boundary, resource].flatMap(
    (document) => (document && contextKeysOf(document.text)) ?? [],
  );
  // A single character is a literal, `${*}`.
  return [...new Set(wanted)].filter((key) => key.length > 1 && !known.has(key.toLowerCase()));
}
