/**
 * A simulator's request, read and checked: what is asked, which resource belongs to whom, which condition keys. What is refused, and with which sentence, is as observed on AWS in September 2026 unless it says otherwise.
 */
import { isAccountId, parseArn, type AccountId, type ArnParts } from '../../base/arn.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { Principal } from '../../policy/decision.ts';
import { timeKeys } from '../request-context.ts';
import { readContextEntries, type ContextEntry } from './context-entries.ts';
import { invalidInput } from './invalid-input.ts';
import { isKnownAction } from './known-actions.ts';
import { handlingFault } from './resource-handling.ts';
import type { SimulationCaller } from './simulation-caller.ts';

/** What the requests of both operations have in common. */
export interface SimulationRequest {
  readonly actions: readonly string[];
  /** ARNs and `*`; when there are none, everything is meant. */
  readonly resources: readonly string[];
  readonly resourcePolicy: string | undefined;
  /** An IAM ARN of the owning account. */
  readonly resourceOwner: string | undefined;
  readonly resourceHandling: string | undefined;
  /** Who calls: the caller that is named, else the entity whose policies are simulated. */
  readonly callerArn: string | undefined;
  readonly contextEntries: readonly ContextEntry[];
}

/** What the operation knows beside the request. */
export interface SimulationGround {
  /** The account that asks. */
  readonly account: AccountId;
  /** Lower-cased condition keys beyond the caller's own; those of the request win. */
  readonly keys: Iterable<readonly [string, ContextValue]>;
}

/** The request, ready to be asked. */
export interface ReadSimulation {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal: Principal;
  readonly account: AccountId;
  /** Whose a resource is when its ARN does not say; undefined: the caller's account. */
  readonly owner: AccountId | undefined;
  /** Lower-cased condition keys that the request gives. */
  readonly given: readonly (readonly [string, ContextValue])[];
  /** Lower-cased condition keys that AWS knows by itself. */
  readonly defaults: readonly (readonly [string, ContextValue])[];
}

const NO_NAMES = 'The action is invalid since it is missing names';

/**
 * Reads everything but caller and documents.
 *
 * @param now milliseconds since the epoch
 * @throws ServiceError InvalidInput for a part of the request that cannot be read
 */
export function readSimulation(
  request: SimulationRequest,
  { principal, keys }: SimulationCaller,
  ground: SimulationGround,
  now: number,
): ReadSimulation {
  const { actions, resources } = request;
  const owner = ownerOf(request);
  checkActions(request);
  checkResources(resources);
  return {
    actions,
    resources,
    principal,
    account: ground.account,
    owner,
    given: contextInput(request),
    defaults: [...timeKeys(now), ...keys, ...ground.keys],
  };
}

/** The account that owns a resource: the one in its ARN, else the named owner, else the caller's. */
export function accountOfResource(
  arn: ArnParts | undefined,
  { owner, principal, account }: Pick<ReadSimulation, 'owner' | 'principal' | 'account'>,
): string {
  const inArn = arn?.account ?? '';
  if (isAccountId(inArn)) return inArn;
  return owner ?? ('account' in principal ? principal.account : account);
}

/** AWS refuses the bare account id, which its documentation allows. */
function ownerOf({ resourceOwner }: SimulationRequest): AccountId | undefined {
  if (resourceOwner === undefined) return undefined;
  const owner = parseArn(resourceOwner);
  if (owner?.service === 'iam' && isAccountId(owner.account)) return owner.account;
  throw invalidInput(`'${resourceOwner}' is not a valid as a Resource Owner.`);
}

/** Names need a colon, known ones and others do not go together, and a handling must be one of the action's. */
function checkActions({ actions, resources, resourceHandling }: SimulationRequest): void {
  if (actions.some((action) => !action.includes(':'))) throw invalidInput(NO_NAMES);
  if (resources.every((resource) => resource === '*')) return;
  const known = actions.filter(isKnownAction);
  if (known.length > 0 && known.length < actions.length) {
    const others = actions.filter((action) => !isKnownAction(action));
    // The blank at the end is AWS's.
    const lists = `[${known.join(',')}] and [${others.join(',')}]`;
    throw invalidInput(`Invalid Input Actions: ${lists} require different authorization information. `);
  }
  if (resourceHandling === undefined) return;
  for (const action of actions) {
    const fault = handlingFault(action, resourceHandling);
    if (fault !== undefined) throw invalidInput(fault);
  }
}

function checkResources(resources: readonly string[]): void {
  for (const resource of resources) {
    const arn = parseArn(resource);
    const isWhole = arn !== undefined && arn.partition !== '' && arn.service !== '' && arn.resource !== '';
    if (resource !== '*' && !isWhole) {
      throw invalidInput(`ResourceNames are not in a valid ARN format: ${resource}.`);
    }
  }
}

function contextInput({ contextEntries }: SimulationRequest): readonly (readonly [string, ContextValue])[] {
  const read = readContextEntries(contextEntries);
  if (read.kind === 'invalid') throw invalidInput(read.message);
  return read.entries;
}
