/**
 * What the voices of all policies together mean (reference iam-policy-evaluation 7): explicit deny first, then
 * RCPs and SCPs, then who grants within an account and across accounts.
 */
import type { AuthorizationRequest, Outcome, PolicySet, PolicyType } from './decision.ts';
import { BY_NAME, BY_ROLE, UNNAMED, type Naming } from './principal-pattern.ts';

/** A statement with effect Deny matched; outweighs every way of being allowed. */
export const DENIED = 4;
/** What a policy, or all policies of a kind, say: denied, or how the strongest Allow names the caller. */
export type Voice = Naming | typeof DENIED;

/** One voice for each kind of policy. A kind that does not limit this request says {@link BY_NAME}. */
export interface Voices {
  readonly rcp: Voice;
  readonly scp: Voice;
  /** The bucket policy's or the role trust policy's. */
  readonly resource: Voice;
  readonly identity: Voice;
  readonly boundary: Voice;
  readonly session: Voice;
}

/** An outcome and the kind of policy that AWS's message names. */
export interface Judgement {
  readonly outcome: Outcome;
  readonly decidedBy: PolicyType;
}

/** Puts the voices together. */
export function weigh(request: AuthorizationRequest, voices: Voices, policies: PolicySet): Judgement {
  const resourceType: PolicyType = policies.resource?.type ?? 'resource';
  if (voices.rcp === DENIED) return { outcome: 'explicitDeny', decidedBy: 'rcp' };
  if (voices.scp === DENIED) return { outcome: 'explicitDeny', decidedBy: 'scp' };
  if (voices.resource === DENIED) return { outcome: 'explicitDeny', decidedBy: resourceType };
  if (voices.identity === DENIED) return { outcome: 'explicitDeny', decidedBy: 'identity' };
  if (voices.boundary === DENIED) return { outcome: 'explicitDeny', decidedBy: 'boundary' };
  if (voices.session === DENIED) return { outcome: 'explicitDeny', decidedBy: 'session' };
  if (voices.rcp === UNNAMED) return { outcome: 'implicitDeny', decidedBy: 'rcp' };
  if (voices.scp === UNNAMED) return { outcome: 'implicitDeny', decidedBy: 'scp' };
  return grant(request, voices, resourceType);
}

function grant({ principal, resourceAccount }: AuthorizationRequest, voices: Voices, type: PolicyType): Judgement {
  const { resource } = voices;
  if (principal.kind === 'webIdentity' || principal.kind === 'service' || principal.kind === 'anonymous') {
    return { outcome: resource === UNNAMED ? 'implicitDeny' : 'allow', decidedBy: type };
  }
  // Root may everything in its account by itself; policies of other kinds still bind it.
  const own: Voices = principal.kind === 'root' ? { ...voices, identity: BY_NAME } : voices;
  const sameAccount = resourceAccount === undefined || resourceAccount === principal.account;
  if (!sameAccount) return acrossAccounts(own, type);
  return type === 'trust' ? throughTrust(own) : withinAccount(own, type);
}

/** Ordinary services: the resource's policy or the caller's own policies grant. */
function withinAccount(voices: Voices, type: PolicyType): Judgement {
  // The caller itself, or everybody, is named: boundary and session policy do not limit such a grant.
  if (voices.resource === BY_NAME) return { outcome: 'allow', decidedBy: type };
  const byRole = voices.resource === BY_ROLE;
  if (voices.identity === UNNAMED && !byRole) return { outcome: 'implicitDeny', decidedBy: 'identity' };
  return limited(voices, voices.identity === UNNAMED ? type : 'identity');
}

/** A role's trust policy must allow even within the account; naming only the account leaves it to identity policies. */
function throughTrust(voices: Voices): Judgement {
  if (voices.resource === UNNAMED) return { outcome: 'implicitDeny', decidedBy: 'trust' };
  if (voices.resource === BY_NAME) return { outcome: 'allow', decidedBy: 'trust' };
  if (voices.resource !== BY_ROLE && voices.identity === UNNAMED) {
    return { outcome: 'implicitDeny', decidedBy: 'identity' };
  }
  return limited(voices, 'trust');
}

/** Both accounts must allow; no way of being named spares the caller its own policies. */
function acrossAccounts(voices: Voices, type: PolicyType): Judgement {
  if (voices.identity === UNNAMED) return { outcome: 'implicitDeny', decidedBy: 'identity' };
  const judgement = limited(voices, type);
  if (judgement.outcome !== 'allow' || voices.resource !== UNNAMED) return judgement;
  return { outcome: 'implicitDeny', decidedBy: type };
}

function limited({ boundary, session }: Voices, decidedBy: PolicyType): Judgement {
  if (boundary === UNNAMED) return { outcome: 'implicitDeny', decidedBy: 'boundary' };
  if (session === UNNAMED) return { outcome: 'implicitDeny', decidedBy: 'session' };
  return { outcome: 'allow', decidedBy };
}
