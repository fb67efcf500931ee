/**
 * A token that says who one of our principals is, for services elsewhere that take OpenID Connect
 * (reference aws-federation 1.8, GetWebIdentityToken).
 */
import { randomUUID } from 'node:crypto';
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
/** Bytes of the claims. AWS does not publish its limit; this leaves a token that fits HTTP headers. */
const LARGEST_PAYLOAD = 5120;

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
  const issuer = await outboundIssuerOf(caller.account, sojourn.state);
  if (issuer?.enabled !== true) {
    throw stsError(
      'OutboundWebIdentityFederationDisabledException',
      'The outbound web identity federation feature is not enabled for this account. To use this feature, you must first enable it through the AWS Management Console or API.',
    );
  }
  const issuedAt = Math.floor(now / 1000);
  const expiresAt = issuedAt + request.duration;
  if (caller.session !== undefined && expiresAt > caller.session.expiresAt) {
    throw stsError(
      'SessionDurationEscalationException',
      'The requested token duration would extend the session beyond its original expiration time. You cannot use this operation to extend the lifetime of a session beyond what was granted when the session was originally created.',
    );
  }
  const claims = {
    iss: issuerUrl(issuer, sojourn),
    aud: request.audience.length === 1 ? request.audience[0] : request.audience,
    sub: subjectOf(caller),
    iat: issuedAt,
    exp: expiresAt,
    jti: randomUUID(),
    [AWS_CLAIM]: await awsClaims(request, facts),
  };
  if (Buffer.byteLength(JSON.stringify(claims)) > LARGEST_PAYLOAD) {
    throw stsError(
      'JWTPayloadSizeExceededException',
      'The requested token payload size exceeds the maximum allowed size. Reduce the number of request tags included in the GetWebIdentityToken API call to reduce the token payload size.',
    );
  }
  const key = issuer.keys.find(({ alg }) => alg === request.algorithm);
  const privateKey = key && privateKeyOf(key, sojourn);
  if (key === undefined || privateKey === undefined) {
    throw new Error(`the ${request.algorithm} key of the outbound issuer cannot be opened by the key ring`);
  }
  return {
    token: signToken({ alg: key.alg, kid: key.kid, typ: 'JWT' }, claims, privateKey),
    expiration: new Date(expiresAt * 1000),
  };
}

/** The principal behind the call: of a session its role, not the session. */
function subjectOf(caller: SignedCaller): string {
  return caller.kind === 'role' ? caller.role.arn : caller.arn;
}

async function awsClaims(
  request: OutboundRequest,
  { caller, region, sojourn }: RequestFacts<SignedCaller>,
): Promise<object> {
  const membership = await membershipOf(caller.account, sojourn);
  const principalTags = principalTagsOf(caller);
  return {
    aws_account: caller.account,
    source_region: region,
    ...(membership !== undefined && { org_id: membership.organizationId, ou_path: membership.path }),
    ...(Object.keys(principalTags).length > 0 && { principal_tags: principalTags }),
    ...(request.tags.length > 0 && {
      request_tags: Object.fromEntries(request.tags.map((tag) => [tag.Key, tag.Value])),
    }),
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
