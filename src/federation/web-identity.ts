/** Who a token speaks for: the provider registered in the role's account, and the token verified against it. */
import { builtInIssuer } from '../idp/built-in.ts';
import type { AccountId } from '../base/arn.ts';
import type { IssuerAnswer, RegisteredIssuer } from '../issuers/issuer-keys.ts';
import { noProvider, noVerificationKey, thumbprintMismatch } from '../tokens/failures.ts';
import { readToken } from '../tokens/read.ts';
import type { Token, TokenFailure, VerifiedToken } from '../tokens/token.ts';
import { checkClaims, issuerOf, keyIdOf, verified, verifySignature } from '../tokens/verify.ts';
import type { OpenIDConnectProvider } from '../storage/state/iam-records.ts';
import type { Sojourn } from './sojourn.ts';
import { isOwnIssuer, OUTBOUND_ISSUER_PATH } from './outbound/outbound-issuer.ts';
import { tokenError } from './sts-errors.ts';

/** A verified token and the provider that vouches for it. */
export interface WebIdentity {
  readonly token: VerifiedToken;
  /** The provider's ARN, or the bare name of a built-in one: `Provider` of the answer, `Federated` of a trust policy. */
  readonly provider: string;
  /** Issuer without `https://`: the prefix of the condition keys. */
  readonly issuer: string;
  readonly verification: 'IAMTrustStore' | 'Thumbprint';
}

/** What is known of a token before, or without, its being verified: for the audit log. */
export interface ClaimedIdentity {
  readonly issuer: string | undefined;
  readonly subject: string | undefined;
}

interface FoundProvider {
  readonly provider: string;
  readonly issuer: string;
  readonly registered: RegisteredIssuer;
  readonly clientIds: readonly string[] | 'any';
}

/**
 * Reads `text`, finds the provider of its issuer in `account` and verifies in AWS's order: form,
 * issuer, provider, claims, signature (reference aws-federation 1.7, 2).
 *
 * @param now milliseconds since the epoch
 * @param seen told what the token claims as soon as it can be read
 * @throws ServiceError with AWS's code and sentence
 */
export async function verifyWebIdentity(
  text: string,
  account: AccountId,
  now: number,
  sojourn: Sojourn,
  seen: (claimed: ClaimedIdentity) => void,
): Promise<WebIdentity> {
  const token = orThrow(readToken(withoutLineEnd(text)));
  seen({ issuer: textOf(token.claims['iss']), subject: textOf(token.claims['sub']) });
  const issuer = orThrow(issuerOf(token));
  if (issuer.includes(OUTBOUND_ISSUER_PATH) && (await isOwnIssuer(issuer, sojourn.state))) {
    // As AWS documents of its own: else every principal that may ask for a token could become what trusts the issuer.
    throw tokenError(
      noProvider(issuer, 'tokens of GetWebIdentityToken are for services elsewhere, not for this Sojourn'),
    );
  }
  // Registered URLs are https: an `iss` without the scheme can only be a built-in provider's.
  const record = issuer.startsWith('https://')
    ? await sojourn.state.openIDConnectProviders.get(`${account}/${issuer.slice('https://'.length)}`)
    : undefined;
  const found = providerOf(record, issuer, account);
  const checked = orThrow(checkClaims(token, { now: Math.floor(now / 1000), clientIds: found.clientIds }));
  const answer = sojourn.issuerKeys.keysOf(found.registered, keyIdOf(token));
  const verification = checkSignature(token, answer instanceof Promise ? await answer : answer);
  return { token: verified(checked), provider: found.provider, issuer: found.issuer, verification };
}

function providerOf(record: OpenIDConnectProvider | undefined, issuer: string, account: AccountId): FoundProvider {
  if (record !== undefined) {
    return {
      provider: record.arn,
      issuer: record.url,
      registered: { url: issuer, thumbprints: record.thumbprints },
      clientIds: record.clientIds,
    };
  }
  const builtIn = builtInIssuer(issuer);
  if (builtIn === undefined) throw tokenError(noProvider(issuer, `account ${account} has no provider for this issuer`));
  return {
    provider: builtIn.domain,
    issuer: builtIn.domain,
    registered: { url: `https://${builtIn.domain}`, thumbprints: [] },
    // No client ids are registered: the trust policy must test the audience.
    clientIds: 'any',
  };
}

function checkSignature(token: Token, answer: IssuerAnswer): 'IAMTrustStore' | 'Thumbprint' {
  switch (answer.kind) {
    case 'unavailable':
      throw tokenError(noVerificationKey(answer.why));
    case 'thumbprintMismatch':
      throw tokenError(thumbprintMismatch(answer.why));
    case 'keys': {
      const failure = verifySignature(token, answer.keys);
      if (failure !== undefined) throw tokenError(failure);
      return answer.verification;
    }
  }
}

/**
 * Token files that a shell wrote (`echo "$TOKEN" > file`) end in a line end, and the SDKs send a file as
 * it is. What AWS says to one is not recorded. Nothing else around a token is forgiven.
 */
function withoutLineEnd(text: string): string {
  if (!text.endsWith('\n')) return text;
  return text.slice(0, text.endsWith('\r\n') ? -2 : -1);
}

/** The value, or its failure as the error that it becomes. */
export function orThrow<T>(value: T): Exclude<T, TokenFailure> {
  if (isFailure(value)) throw tokenError(value);
  // A generic that was narrowed by a type guard keeps its failure member for the compiler only.
  return value as Exclude<T, TokenFailure>;
}

function isFailure(value: unknown): value is TokenFailure {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'failure';
}

function textOf(claim: unknown): string | undefined {
  return typeof claim === 'string' ? claim.slice(0, 1024) : undefined;
}
