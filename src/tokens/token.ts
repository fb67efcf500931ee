/** Web identity tokens: JSON Web Tokens (RFC 7519) as STS accepts them. Shapes only; reading and verifying stand beside. */
import type { KeyObject } from 'node:crypto';

/** A token taken apart, its signature not yet checked. */
export interface Token {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** `header.payload`, the bytes that were signed. */
  readonly signingInput: string;
  readonly signature: Uint8Array;
}

/** Why a token was refused; `code` and `message` are AWS's (reference aws-federation 1.7, 12), `detail` is the operator's. */
export interface TokenFailure {
  readonly kind: 'failure';
  readonly code:
    | 'InvalidIdentityToken'
    | 'ExpiredTokenException'
    | 'IDPRejectedClaim'
    | 'IDPCommunicationError'
    | 'AccessDenied'
    | 'InternalFailure';
  readonly message: string;
  /** More than the wire may say: which kid was unknown, which audience was found. Never the token itself. */
  readonly detail: string;
}

/** One key of an issuer that signatures can be checked with, imported once. */
export interface VerificationKey {
  readonly kid: string | undefined;
  readonly family: 'RSA' | 'EC';
  /** EC only: the curve, `P-256`, `P-384`, `P-521`. */
  readonly curve: string | undefined;
  readonly key: KeyObject;
}

/** The claims that every token must have, read into types; the signature is not yet checked. */
export interface CheckedClaims {
  readonly kind: 'checked';
  readonly claims: Readonly<Record<string, unknown>>;
  /** `iss` as sent. */
  readonly issuer: string;
  /** `sub` as text. */
  readonly subject: string;
  /** `azp` when present, else the single `aud`. */
  readonly audience: string;
  /** `iat` and `exp`, seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What a verified token says, in the words that the trust policy and the answer use. */
export interface VerifiedToken extends Omit<CheckedClaims, 'kind'> {
  readonly kind: 'verified';
}
