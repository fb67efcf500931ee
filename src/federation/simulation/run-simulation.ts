/** Every action on every resource, in that order; evaluated only as far as the page that is asked for goes. AWS pages by actions. */
import { setImmediate } from 'node:timers/promises';
import { isoSeconds } from '../../base/clock.ts';
import type { ContextValue } from '../../policy/context.ts';
import { PolicyCache } from '../../policy/policy-cache.ts';
import { simulatedConditions } from '../../policy/simulated-conditions.ts';
import { contextKeysOf, distinctKeys } from '../policy-context-keys.ts';
import { simulate, type Simulated, type SimulatedDocument, type SimulatedPolicies } from './simulate.ts';
import {
  accountOfResource,
  contextInput,
  resourceInput,
  type SimulatedCaller,
  type SimulationRequest,
} from './simulation-request.ts';

/** What the operation gathered: the rest stands in the request. */
export interface SimulationGround {
  readonly caller: SimulatedCaller;
  /** Condition keys, lower-cased, beyond the caller's own; those of the request win. */
  readonly keys: Iterable<readonly [string, ContextValue]>;
  readonly identity: readonly SimulatedDocument[];
  readonly boundary: SimulatedDocument | undefined;
  readonly scp: SimulatedPolicies['scp'];
}

/** Which of the actions are wanted, each with all its resources: from the `begin`-th on, at most `limit`. */
export interface ActionRange {
  readonly begin: number;
  readonly limit: number;
}

/** One evaluated action on one resource. */
export interface SimulationResult extends Simulated {
  readonly action: string;
  readonly resource: string;
}

/** One page of them. */
export interface SimulationResults {
  readonly results: readonly SimulationResult[];
  /** Condition keys that the documents look at and nobody gave, as the documents spell them. */
  readonly missing: readonly string[];
  /** Where the next range begins; undefined when this one was the last. */
  readonly next: number | undefined;
}

/** Evaluations after which other calls get their turn. */
const IN_ONE_TURN = 16;
/** Every resource has its own. */
const RESOURCE_ACCOUNT = 'aws:resourceaccount';

/**
 * @param now milliseconds since the epoch
 * @throws ServiceError InvalidInput for a part of the request that cannot be read
 */
export async function runSimulation(
  request: SimulationRequest,
  ground: SimulationGround,
  range: ActionRange,
  now: number,
): Promise<SimulationResults> {
  const { identity, boundary, scp, caller } = ground;
  const policies: SimulatedPolicies = { identity, boundary, scp, resource: resourceInput(request) };
  const context = simulatedContext(request, ground, now);
  const resources = request.resources.length === 0 ? ['*'] : request.resources;
  const end = Math.min(request.actions.length, range.begin + range.limit);
  // Of its own: the documents of a simulation must not push those that real calls need out of memory.
  // AWS's simulator knows no web identities: for those the answer is the one that the real call would get.
  const reading = caller.principal.kind === 'webIdentity' ? undefined : simulatedConditions;
  const cache = new PolicyCache(identity.length + 2, reading);
  const results: SimulationResult[] = [];
  for (const action of request.actions.slice(range.begin, end)) {
    for (const resource of resources) {
      const resourceAccount = accountOfResource(resource, request, caller.principal);
      context.set(RESOURCE_ACCOUNT, resourceAccount);
      const call = { principal: caller.principal, action, resource, resourceAccount, context };
      results.push({ action, resource, ...simulate(call, policies, cache) });
      if (results.length % IN_ONE_TURN === 0) await setImmediate();
    }
  }
  return { results, missing: missingKeys(policies, context), next: end < request.actions.length ? end : undefined };
}

function simulatedContext(
  request: SimulationRequest,
  { caller, keys }: SimulationGround,
  now: number,
): Map<string, ContextValue> {
  return new Map<string, ContextValue>([
    ['aws:currenttime', isoSeconds(now)],
    ['aws:epochtime', String(Math.floor(now / 1000))],
    ...caller.keys,
    ...keys,
    ...contextInput(request),
  ]);
}

function missingKeys(
  { identity, boundary, resource }: SimulatedPolicies,
  context: ReadonlyMap<string, ContextValue>,
): readonly string[] {
  const wanted = [...identity, boundary, resource].flatMap(
    (document) => (document && contextKeysOf(document.text)) ?? [],
  );
  return distinctKeys(wanted).filter(
    (key) => key.toLowerCase() !== RESOURCE_ACCOUNT && !context.has(key.toLowerCase()),
  );
}
