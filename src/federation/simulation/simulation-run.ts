/** One call's simulation: all that its actions have in common, found once. */
import type { ContextValue } from '../../policy/context.ts';
import { askedResources, RESOURCE_ACCOUNT, type AskedResource } from './asked-resource.ts';
import { attachDocuments, type SimulatedDocuments } from './attached-documents.ts';
import { evaluationWeight } from './evaluation-weight.ts';
import { missingKeys } from './missing-keys.ts';
import { isTooHeavy, PageBudget } from './page-budget.ts';
import type { SimulatedPolicies } from './simulate.ts';
import type { ReadSimulation } from './simulation-request.ts';
import { keyCharacters, resultCharacters } from './told-characters.ts';
import type { Turns } from './turns.ts';

/** One call's simulation under way. */
export interface Run {
  readonly read: ReadSimulation;
  readonly policies: SimulatedPolicies;
  readonly context: Map<string, ContextValue>;
  /** Whether each resource's account is the key's value; not when the request gives one. */
  readonly tellsAccounts: boolean;
  readonly resources: readonly AskedResource[];
  /** Steps of an evaluation, for each resource. */
  readonly steps: readonly number[];
  /** Whether one of them is more than the engine decides. */
  readonly isTooHeavy: boolean;
  /** What an action costs at least. */
  readonly least: { readonly steps: number; readonly characters: number };
  readonly budget: PageBudget;
  readonly turns: Turns;
  /** Found when an answer needs them. */
  missing: { readonly keys: readonly string[]; readonly characters: number } | undefined;
}

/** Reads the documents, and weighs what is asked of them. */
export async function startRun(read: ReadSimulation, documents: SimulatedDocuments, turns: Turns): Promise<Run> {
  const policies = await attachDocuments(documents, turns);
  const context = new Map<string, ContextValue>([...read.defaults, ...read.given]);
  const resources = askedResources(read);
  const weightOn = evaluationWeight(policies, context);
  const weights = resources.map(({ text }) => weightOn(text));
  const steps = weights.map(({ all }) => all);
  return {
    read,
    policies,
    context,
    tellsAccounts: !context.has(RESOURCE_ACCOUNT),
    resources,
    steps,
    isTooHeavy: weights.some(isTooHeavy),
    least: {
      steps: steps.reduce((sum, one) => sum + one, 0),
      characters: resources.reduce((sum, { text }) => sum + resultCharacters(text), 0),
    },
    budget: new PageBudget(),
    turns,
    missing: undefined,
  };
}

/** The keys that an implicit denial tells as missing: found when the first answer needs them. */
export function missingIn(run: Run): NonNullable<Run['missing']> {
  if (run.missing !== undefined) return run.missing;
  const keys = missingKeys(run.policies, run.read);
  run.missing = { keys, characters: keyCharacters(keys) };
  return run.missing;
}
