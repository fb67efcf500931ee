/** The parts of a simulator's request that both operations read the same way. */
import { isAccountId, parseArn, type AccountId } from '../../base/arn.ts';
import { readContextEntries } from '../../federation/simulation/context-entries.ts';
import { isTrustAction, type SimulatedDocument } from '../../federation/simulation/simulate.ts';
import { nobodyOf, principalKeys, simulatedPrincipal } from '../../federation/simulation/simulated-principal.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { Principal } from '../../policy/decision.ts';
import { validatePolicy, type PolicyUse } from '../../policy/validate.ts';
import type { SimulateCustomPolicyRequest, SimulatePrincipalPolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';

/** What the two requests have in common. */
export type SimulationRequest = Pick<
  SimulateCustomPolicyRequest & SimulatePrincipalPolicyRequest,
  'ActionNames' | 'ResourceArns' | 'ResourcePolicy' | 'ResourceOwner' | 'CallerArn' | 'ContextEntries'
> & { readonly MaxItems?: number | undefined; readonly Marker?: string | undefined };

/** Who calls, and the condition keys that follow from it. */
export interface SimulatedCaller {
  readonly principal: Principal;
  readonly keys: readonly (readonly [string, ContextValue])[];
}

/** Characters of all documents of a request together: each of its actions and resources is asked of all of them. */
const DOCUMENTS_LIMIT = 262_144;

/** The identity policies of the request. Throws `InvalidInput` for one that IAM would not store. */
export function inputDocuments(texts: readonly string[]): readonly SimulatedDocument[] {
  if (texts.reduce((sum, text) => sum + text.length, 0) > DOCUMENTS_LIMIT) {
    throw iamError('InvalidInput', `The policies of a simulation have more than ${DOCUMENTS_LIMIT} characters.`);
  }
  return texts.map((text, index) => {
    checkDocument(text, 'identity');
    return { id: `PolicyInputList.${index + 1}`, text };
  });
}

/** The boundary of the request: there can be one. */
export function boundaryInput(texts: readonly string[] | undefined): SimulatedDocument | undefined {
  const [text, ...more] = texts ?? [];
  if (text === undefined) return undefined;
  if (more.length > 0) throw iamError('InvalidInput', 'Only one permissions boundary policy can be simulated.');
  checkDocument(text, 'identity');
  return { id: 'PermissionsBoundaryPolicyInputList.1', text };
}

/** The resource policy, read as a trust policy when every action is one that trust policies decide. */
export function resourceInput(request: SimulationRequest): SimulatedDocument | undefined {
  const text = request.ResourcePolicy;
  if (text === undefined) return undefined;
  if (request.CallerArn === undefined && !('PolicySourceArn' in request)) {
    throw iamError('InvalidInput', 'CallerArn is required when ResourcePolicy is specified.');
  }
  checkDocument(text, request.ActionNames.every(isTrustAction) ? 'trust' : 'resource');
  return { id: 'ResourcePolicy', text };
}

/**
 * The caller that the request names.
 *
 * @param source ARN of the entity whose policies are simulated: it calls when the request names nobody
 */
export function simulatedCaller(request: SimulationRequest, source: string | undefined, call: Call): SimulatedCaller {
  const arn = request.CallerArn ?? source;
  if (arn === undefined) return { principal: nobodyOf(call.account), keys: [] };
  const principal = simulatedPrincipal(arn);
  if (principal === undefined) throw iamError('InvalidInput', `CallerArn ${arn} is not valid.`);
  return { principal, keys: principalKeys(principal) };
}

/** The account that owns `resource`: the one in its ARN, for S3's the `ResourceOwner`, else the caller's. */
export function resourceAccount(resource: string, request: SimulationRequest, caller: Principal): AccountId {
  const inArn = parseArn(resource)?.account ?? '';
  if (isAccountId(inArn)) return inArn;
  const owner = request.ResourceOwner;
  if (owner !== undefined) {
    const account = parseArn(owner)?.account ?? owner;
    if (!isAccountId(account)) throw iamError('InvalidInput', `ResourceOwner ${owner} is not valid.`);
    return account;
  }
  const account = 'account' in caller ? caller.account : '';
  if (!isAccountId(account)) throw iamError('InvalidInput', `ResourceOwner is required for ${resource}.`);
  return account;
}

/** The condition keys that the request gives. */
export function contextInput(request: SimulationRequest): readonly (readonly [string, ContextValue])[] {
  const read = readContextEntries(
    (request.ContextEntries ?? []).map((entry) => ({
      name: entry.ContextKeyName ?? '',
      values: entry.ContextKeyValues ?? [],
      type: entry.ContextKeyType,
    })),
  );
  if (read.kind === 'invalid') throw iamError('InvalidInput', read.message);
  return read.entries;
}

function checkDocument(text: string, use: PolicyUse): void {
  const checked = validatePolicy(text, use);
  if (checked.kind === 'malformed') throw iamError('InvalidInput', checked.message);
}
