/** A simulator's request, read: who calls, which documents, which resource belongs to whom, which condition keys. */
import { isAccountId, parseArn, type AccountId } from '../../base/arn.ts';
import { ServiceError } from '../../base/service-error.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { Principal } from '../../policy/decision.ts';
import type { Policy } from '../../policy/tree.ts';
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
  /** An IAM ARN of the owning account. */
  readonly resourceOwner: string | undefined;
  readonly callerArn: string | undefined;
  readonly contextEntries: readonly ContextEntry[];
}

/** Who calls, and the condition keys that follow from it. */
export interface SimulatedCaller {
  readonly principal: Principal;
  readonly keys: readonly (readonly [string, ContextValue])[];
}

const INVALID_CALLER = 'Invalid caller - Caller must be an IAM user, role or group in this context.';
/** `aws:userid` where nobody is named to call, in AWS's simulator (observed in September 2026). */
const STUB_USER_ID = 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR';

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
export function resourceInput({
  resourcePolicy,
  actions,
  resources,
}: SimulationRequest): SimulatedDocument | undefined {
  if (resourcePolicy === undefined) return undefined;
  if (actions.every(isTrustAction)) checkDocument(resourcePolicy, 'trust');
  else checkResourcePolicy(resourcePolicy, resources);
  return { id: 'ResourcePolicy', text: resourcePolicy };
}

/** The policy of a resource is asked about that resource: neither side may be `*` (observed in September 2026). */
function checkResourcePolicy(text: string, resources: readonly string[]): void {
  if (resources.length === 0 || resources.includes('*')) {
    throw invalidInput('Invalid Entity Arn: * does not clearly define entity type and name.');
  }
  const { statements } = checkDocument(text, 'simulatedResource');
  if (statements.some(({ resource }) => resource?.items.some((item) => item.text === '*'))) {
    throw invalidInput('ResourceNames are not in a valid ARN format: *.');
  }
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
    if (resourcePolicy !== undefined) throw invalidInput('Invalid caller - Caller cannot be null or empty.');
    return {
      principal: nobodyOf(account),
      keys: [
        ['aws:principalaccount', account],
        ['aws:userid', STUB_USER_ID],
      ],
    };
  }
  const principal = simulatedPrincipal(arn);
  if (principal === undefined) throw invalidInput(INVALID_CALLER);
  const keys = principalKeys(principal);
  // A named caller's ARN is its user id too (observed in September 2026); web identities are held to the real call.
  const isNamed = callerArn !== undefined && principal.kind !== 'webIdentity';
  return { principal, keys: isNamed ? [...keys, ['aws:userid', arn]] : keys };
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
    const owner = parseArn(resourceOwner);
    // AWS refuses the bare account id, which its documentation allows (observed in September 2026).
    if (owner?.service !== 'iam' || !isAccountId(owner.account)) {
      throw invalidInput('Invalid Resource Owner.');
    }
    return owner.account;
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

function checkDocument(text: string, use: PolicyUse): Policy {
  const checked = validatePolicy(text, use);
  if (checked.kind === 'malformed') throw invalidInput(checked.message);
  return checked.policy;
}

function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInput', 400, message);
}
