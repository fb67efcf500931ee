/**
 * AWS's sentences for a refused token: one table, so that a reader sees them all.
 *
 * Recorded on live STS in September 2026 (reference aws-federation 1.7 and 12). No sentence and no
 * detail ever holds a token, a key or a signature.
 */
import type { TokenFailure } from './token.ts';

/** Not three parts, not base64url, not JSON, `crit`, an algorithm that STS does not take. */
export function notAJwt(detail: string): TokenFailure {
  return invalid(
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    detail,
  );
}

/** A wrong audience, a bad signature, a key with `key_ops`: AWS does not tell which. */
export function notValidated(detail: string): TokenFailure {
  return invalid(
    'The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.',
    detail,
  );
}

/** No usable key: issuer not reachable, key set malformed, `kid` unknown. The two spaces are AWS's. */
export function noVerificationKey(detail: string): TokenFailure {
  return invalid(
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    detail,
  );
}

/** The issuer is not registered in the role's account; `issuer` is printed as it stands in `iss`. */
export function noProvider(issuer: string, detail: string): TokenFailure {
  return invalid(`No OpenIDConnect provider found in your account for ${issuer}`, detail);
}

/** The key set's host showed a certificate that neither a public CA nor a registered thumbprint vouches for. */
export function thumbprintMismatch(detail: string): TokenFailure {
  return invalid("OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint", detail);
}

/** A required claim is not there; AWS ends this sentence without a full stop. */
export function missingClaim(claim: string, detail = `the token has no claim ${claim}`): TokenFailure {
  return invalid(`Missing a required claim: ${claim}`, detail);
}

/** `"aud": []`. */
export function emptyAudience(): TokenFailure {
  return invalid('Claim is not allowed to be empty: aud', 'aud is an empty array');
}

/** Several audiences and no `azp`, even when each of them is registered. */
export function manyAudiences(count: number): TokenFailure {
  return invalid(
    'Token audience contains more than one audience while authorized party is not present',
    `aud names ${count} audiences and there is no azp to choose one`,
  );
}

/** `iat`, `exp` or `nbf` is null, a fraction or no number. */
export function invalidTimestamp(claim: string): TokenFailure {
  return invalid('Invalid timestamp in token claims.', `${claim} is not a whole number of seconds`);
}

/**
 * The token's time is over.
 *
 * @param shifted the server's clock minus the tolerance, seconds: what AWS prints as the current time
 */
export function expired(shifted: number, expiresAt: number, now: number): TokenFailure {
  return {
    kind: 'failure',
    code: 'ExpiredTokenException',
    message: `Token expired: current date/time ${shifted} must be before the expiration date/time ${expiresAt}`,
    detail: `the token expired ${now - expiresAt} seconds ago`,
  };
}

/**
 * The token's time has not come.
 *
 * @param shifted the server's clock plus the tolerance, seconds: what AWS prints as the current time
 */
export function notYetValid(shifted: number, notBefore: number, now: number): TokenFailure {
  return invalid(
    `Token not yet valid: current date/time ${shifted} must be after or equal to the not-before date/time ${notBefore}`,
    `the token becomes valid in ${notBefore - now} seconds`,
  );
}

/** `iat` is ahead of this clock by more than the tolerance. */
export function issuedInFuture(issuedAt: number, now: number): TokenFailure {
  return invalid(`Token issued in the future: ${issuedAt}`, `iat is ${issuedAt - now} seconds ahead of this clock`);
}

/** `"sub": null`, observed as a failure of the service itself. */
export function unknownError(detail: string): TokenFailure {
  return {
    kind: 'failure',
    code: 'InternalFailure',
    message: 'Unknown error validating third-party token',
    detail,
  };
}

/** Any other InvalidIdentityToken, for the claims that carry roles, tags and source identity. */
export function invalid(message: string, detail: string): TokenFailure {
  return { kind: 'failure', code: 'InvalidIdentityToken', message, detail };
}

/** A text of the token as a detail may show it: quoted, on one line, cut after 100 characters. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
