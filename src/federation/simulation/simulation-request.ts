/**
 * A simulator's request, read and checked: who calls, what is asked, which resource belongs to whom, which condition
 * keys. What is refused, and with which sentence, is as observed on AWS in September 2026 unless it says otherwise.
 */
import { isAccountId, parseArn, type AccountId } from '../../base/arn.ts';
import { ServiceError } from '../../base/service-error.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { Principal } from '../../policy/decision.ts';
import { timeKeys } from '../request-context.ts';
import { readContextEntries, type ContextEntry } from './context-entries.ts';
import { isKnownAction } from './known-actions.ts';
import { handlingFault } from './resource-handling.ts';
import { nobodyOf, principalKeys, simulatedPrincipal } from './simulated-principal.ts';

/** What the requests of both operations have in common. */
export interface SimulationRequest {
  readonly actions: readonly string[];
  /** ARNs and `*`; when there are none, everything is meant. */
  readonly resources: readonly string[];
  readonly resourcePolicy: string | undefined;
  /** An IAM ARN of the owning account. */
  readonly resourceOwner: string | undefined;
  readonly resourceHandling: string | undefined;
  readonly callerArn: string | undefined;
  readonly contextEntries: readonly ContextEntry[];
}

/** What the operation knows beside the request. */
export interface SimulationGround {
  /** The account that asks. */
  readonly account: AccountId;
  /** ARN of the entity whose policies are simulated: it calls when the request names nobody. */
  readonly source: string | undefined;
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

const INVALID_CALLER = 'Invalid caller - Caller must be an IAM user, role or group in this context.';
const NO_CALLER = 'Invalid caller - Caller cannot be null or empty.';
const NO_NAMES = 'The action is invalid since it is missing names';
/** `aws:userid` where nobody is named to call, in AWS's simulator. */
const STUB_USER_ID = 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR';

/**
 * Reads everything but the documents.
 *
 * @param isTrust a trust policy is simulated, which a web identity may ask
 * @param now milliseconds since the epoch
 * @throws ServiceError InvalidInput for a part of the request that cannot be read
 */
export function readSimulation(
  request: SimulationRequest,
  ground: SimulationGround,
  isTrust: boolean,
  now: number,
): ReadSimulation {
  const { actions, resources } = request;
  const { principal, keys } = callerOf(request, ground, isTrust);
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

/** The account that owns `resource`: the one in its ARN, else the named owner, else the caller's. */
export function accountOfResource(
  resource: string,
  { owner, principal, account }: Pick<ReadSimulation, 'owner' | 'principal' | 'account'>,
): string {
  const inArn = parseArn(resource)?.account ?? '';
  if (isAccountId(inArn)) return inArn;
  return owner ?? ('account' in principal ? principal.account : account);
}

/** An `InvalidInput` of the simulators. */
export function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInput', 400, message);
}

interface Caller {
  readonly principal: Principal;
  readonly keys: readonly (readonly [string, ContextValue])[];
}

function callerOf(
  { callerArn, resourcePolicy }: SimulationRequest,
  { source, account }: SimulationGround,
  isTrust: boolean,
): Caller {
  const arn = callerArn ?? source;
  if (arn === undefined) {
    if (resourcePolicy !== undefined) throw invalidInput(NO_CALLER);
    const keys = [
      ['aws:principalaccount', account],
      ['aws:userid', STUB_USER_ID],
    ] as const;
    return { principal: nobodyOf(account), keys };
  }
  const principal = simulatedPrincipal(arn);
  // AWS's simulator knows no web identities: they are for trust policies alone, which it does not know either.
  if (principal === undefined || (principal.kind === 'webIdentity' && !isTrust)) throw invalidInput(INVALID_CALLER);
  const keys = principalKeys(principal);
  // A caller's ARN is its user id too; a web identity's answer is the real call's.
  return { principal, keys: principal.kind === 'webIdentity' ? keys : [...keys, ['aws:userid', arn]] };
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
