/** A simulator's request, read: who calls, which documents, which resource belongs to whom, which condition keys. */
import { isAccountId, parseArn, type AccountId } from '../../base/arn.ts';
import { ServiceError } from '../../base/service-error.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { Principal } from '../../policy/decision.ts';
import { validatePolicy, type PolicyUse } from '../../policy/validate.ts';
import { readContextEntries, type ContextEntry } from './context-entries.ts';
import { isTrustAction, type SimulatedDocument } from './simulate.ts';
import { nobodyOf, principalKeys, simulatedPrincipal } from './simulated-principal.ts';

/** What the requests of both operations have in common. */
export interface SimulationRequest {
  readonly actions: readonly string[];
  /** `*` when there are none. */
  readonly resources: readonly string[];
  readonly resourcePolicy: string | undefined;
  /** An ARN or an account id. */
  readonly resourceOwner: string | undefined;
  readonly callerArn: string | undefined;
  readonly contextEntries: readonly ContextEntry[];
}

/** Who calls, and the condition keys that follow from it. */
export interface SimulatedCaller {
  readonly principal: Principal;
  readonly keys: readonly (readonly [string, ContextValue])[];
}

/** Characters of all documents of a request together: each of its actions and resources is asked of all of them. */
const DOCUMENTS_LIMIT = 262_144;

/** The identity policies of the request. Throws `InvalidInput` for one that the simulator would not read. */
export function inputDocuments(texts: readonly string[]): readonly SimulatedDocument[] {
  if (texts.reduce((sum, text) => sum + text.length, 0) > DOCUMENTS_LIMIT) {
    throw invalidInput(`The policies of a simulation have more than ${DOCUMENTS_LIMIT} characters.`);
  }
  return texts.map((text, index) => {
    checkDocument(text, 'simulatedIdentity');
    return { id: `PolicyInputList.${index + 1}`, text };
  });
}

/** The boundary of the request: there can be one. Throws `InvalidInput`. */
export function boundaryInput(texts: readonly string[] | undefined): SimulatedDocument | undefined {
  const [text, ...more] = texts ?? [];
  if (text === undefined) return undefined;
  if (more.length > 0) throw invalidInput('Only one permissions boundary policy can be simulated.');
  checkDocument(text, 'simulatedIdentity');
  return { id: 'PermissionsBoundaryPolicyInputList.1', text };
}

/** The resource policy, read as a trust policy when every action is one that trust policies decide. Throws `InvalidInput`. */
export function resourceInput({ resourcePolicy, actions }: SimulationRequest): SimulatedDocument | undefined {
  if (resourcePolicy === undefined) return undefined;
  checkDocument(resourcePolicy, actions.every(isTrustAction) ? 'trust' : 'simulatedResource');
  return { id: 'ResourcePolicy', text: resourcePolicy };
}

/**
 * The caller that the request names. Throws `InvalidInput` when a resource policy needs one and there is none.
 *
 * @param source ARN of the entity whose policies are simulated: it calls when the request names nobody
 * @param account whose nobody calls when there is no source either
 */
export function simulatedCaller(
  { callerArn, resourcePolicy }: SimulationRequest,
  source: string | undefined,
  account: AccountId,
): SimulatedCaller {
  const arn = callerArn ?? source;
  if (arn === undefined) {
    if (resourcePolicy !== undefined) throw invalidInput('CallerArn is required when ResourcePolicy is specified.');
    return { principal: nobodyOf(account), keys: [] };
  }
  const principal = simulatedPrincipal(arn);
  if (principal === undefined) throw invalidInput(`CallerArn ${arn} is not valid.`);
  return { principal, keys: principalKeys(principal) };
}

/** The account that owns `resource`: the one in its ARN, for S3's the `ResourceOwner`, else the caller's. Throws `InvalidInput`. */
export function accountOfResource(
  resource: string,
  { resourceOwner }: SimulationRequest,
  caller: Principal,
): AccountId {
  const inArn = parseArn(resource)?.account ?? '';
  if (isAccountId(inArn)) return inArn;
  if (resourceOwner !== undefined) {
    const account = parseArn(resourceOwner)?.account ?? resourceOwner;
    if (!isAccountId(account)) throw invalidInput(`ResourceOwner ${resourceOwner} is not valid.`);
    return account;
  }
  const account = 'account' in caller ? caller.account : '';
  if (!isAccountId(account)) throw invalidInput(`ResourceOwner is required for ${resource}.`);
  return account;
}

/** The condition keys that the request gives. Throws `InvalidInput`. */
export function contextInput({ contextEntries }: SimulationRequest): readonly (readonly [string, ContextValue])[] {
  const read = readContextEntries(contextEntries);
  if (read.kind === 'invalid') throw invalidInput(read.message);
  return read.entries;
}

function checkDocument(text: string, use: PolicyUse): void {
  const checked = validatePolicy(text, use);
  if (checked.kind === 'malformed') throw invalidInput(checked.message);
}

function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInput', 400, message);
}
