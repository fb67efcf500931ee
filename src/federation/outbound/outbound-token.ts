/**
 * A token that says who one of our principals is, for services elsewhere that take OpenID Connect
 * (reference aws-federation 1.8, GetWebIdentityToken).
 */
import { randomUUID } from 'node:crypto';
import { isoSeconds } from '../../base/clock.ts';
import type { Tag } from '../../base/tags.ts';
import { signToken } from '../../tokens/mint.ts';
import type { SignedCaller } from '../caller.ts';
import { membershipOf } from '../organization-membership.ts';
import type { RequestFacts } from '../request-facts.ts';
import { stsError } from '../sts-errors.ts';
import { issuerUrl, outboundIssuerOf } from './outbound-issuer.ts';
import { privateKeyOf, type OutboundAlgorithm } from './outbound-key.ts';

/** The claim that holds everything that is AWS's own. */
const AWS_CLAIM = 'https://sts.amazonaws.com/';
/** Bytes of the claims as JSON (observed on AWS, September 2026). */
const LARGEST_PAYLOAD = 14_984;

/** What the caller asks for. */
export interface OutboundRequest {
  readonly audience: readonly string[];
  readonly algorithm: OutboundAlgorithm;
  /** Seconds. */
  readonly duration: number;
  readonly tags: readonly Tag[];
}

/** The signed token and its end. */
export interface OutboundToken {
  readonly token: string;
  readonly expiration: Date;
}

/**
 * @throws ServiceError OutboundWebIdentityFederationDisabledException, SessionDurationEscalationException
 *   or JWTPayloadSizeExceededException
 */
export async function mintOutboundToken(
  request: OutboundRequest,
  facts: RequestFacts<SignedCaller>,
): Promise<OutboundToken> {
  const { caller, sojourn, now } = facts;
  const issuedAt = Math.floor(now / 1000);
  const expiresAt = issuedAt + request.duration;
  // Told before the switch is looked at, as on AWS.
  if (caller.session !== undefined && expiresAt > caller.session.expiresAt) {
    throw stsError(
      'SessionDurationEscalationException',
      "Requested token expiry time must be before the original session's expiry time.",
    );
  }
  const issuer = await outboundIssuerOf(caller.account, sojourn.state);
  if (issuer?.enabled !== true) {
    throw stsError('OutboundWebIdentityFederationDisabledException', 'OutboundWebIdentityFederation is disabled.');
  }
  const claims = {
    aud: request.audience.length === 1 ? request.audience[0] : request.audience,
    sub: subjectOf(caller),
    [AWS_CLAIM]: await awsClaims(request, facts),
    iss: issuerUrl(issuer, sojourn),
    exp: expiresAt,
    iat: issuedAt,
    jti: randomUUID(),
  };
  if (Buffer.byteLength(JSON.stringify(claims)) > LARGEST_PAYLOAD) {
    throw stsError('JWTPayloadSizeExceededException', 'JWT payload exceeds maximum allowed size');
  }
  const key = issuer.keys.find(({ alg }) => alg === request.algorithm);
  const privateKey = key && privateKeyOf(key, sojourn);
  if (key === undefined || privateKey === undefined) {
    throw new Error(`the ${request.algorithm} key of the outbound issuer cannot be opened by the key ring`);
  }
  return {
    token: signToken({ kid: key.kid, typ: 'JWT', alg: key.alg }, claims, privateKey),
    // To the millisecond, though the claim is in whole seconds.
    expiration: new Date(now + request.duration * 1000),
  };
}

/** The principal behind the call: of a session its role, not the session. */
function subjectOf(caller: SignedCaller): string {
  return caller.kind === 'role' ? caller.role.arn : caller.arn;
}

/** What AWS was seen to say of the principal, in its order; members without a source are left out. */
async function awsClaims(
  request: OutboundRequest,
  { caller, region, sojourn }: RequestFacts<SignedCaller>,
): Promise<object> {
  const membership = await membershipOf(caller.account, sojourn);
  const principalTags = principalTagsOf(caller);
  const { session } = caller;
  const federatedProvider = caller.kind === 'role' ? caller.session.federatedProvider : undefined;
  return {
    ...(membership !== undefined && { org_id: membership.organizationId }),
    aws_account: caller.account,
    ...(membership !== undefined && { ou_path: [membership.path] }),
    ...(request.tags.length > 0 && {
      request_tags: Object.fromEntries(request.tags.map((tag) => [tag.Key, tag.Value])),
    }),
    ...(session !== undefined && { original_session_exp: isoSeconds(session.expiresAt * 1000) }),
    ...(session?.sourceIdentity !== undefined && { source_identity: session.sourceIdentity }),
    ...(federatedProvider !== undefined && { federated_provider: federatedProvider }),
    source_region: region,
    principal_id: subjectOf(caller),
    ...(Object.keys(principalTags).length > 0 && { principal_tags: principalTags }),
  };
}

/** As `aws:PrincipalTag`: the principal's own tags, overlaid by the session's, whatever the case of their keys. */
function principalTagsOf(caller: SignedCaller): Readonly<Record<string, string>> {
  const own = caller.kind === 'role' ? caller.role.tags : caller.kind === 'root' ? [] : (caller.user?.tags ?? []);
  const ofSession = Object.entries(caller.session?.tags ?? {});
  const overlaid = new Set(ofSession.map(([key]) => key.toLowerCase()));
  return Object.fromEntries([
    ...own.filter(({ Key }) => !overlaid.has(Key.toLowerCase())).map(({ Key, Value }) => [Key, Value] as const),
    ...ofSession,
  ]);
}
