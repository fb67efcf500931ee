/** Who calls in a simulation, and the condition keys that follow from it; as observed on AWS in September 2026. */
import type { AccountId } from '../../base/arn.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { Principal } from '../../policy/decision.ts';
import { invalidInput } from './invalid-input.ts';
import { nobodyOf, principalKeys, simulatedPrincipal } from './simulated-principal.ts';
import type { SimulationRequest } from './simulation-request.ts';

/** The caller. */
export interface SimulationCaller {
  readonly principal: Principal;
  /** Lower-cased condition keys. */
  readonly keys: readonly (readonly [string, ContextValue])[];
}

const INVALID_CALLER = 'Invalid caller - Caller must be an IAM user, role or group in this context.';
const NO_CALLER = 'Invalid caller - Caller cannot be null or empty.';
/** `aws:userid` where nobody is named to call, in AWS's simulator. */
const STUB_USER_ID = 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR';

/**
 * The caller of a request, who must be there when it has a resource policy.
 *
 * @param account that asks
 * @param isTrust a trust policy is simulated, which a web identity may ask
 * @throws ServiceError InvalidInput
 */
export function readCaller(
  { callerArn: arn, resourcePolicy }: SimulationRequest,
  account: AccountId,
  isTrust: boolean,
): SimulationCaller {
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
