/** Checks who signed a token, and composes reading, claims and signature in AWS's order. */
import { createVerify } from 'node:crypto';
import { algorithmOf } from './algorithms.ts';
import type { ClaimRules } from './claims.ts';
import { checkClaims } from './claims.ts';
import { notAJwt, notValidated, shown } from './failures.ts';
import type { KeySet } from './key-set.ts';
import { readToken } from './read.ts';
import type { CheckedClaims, Token, TokenFailure, VerifiedToken } from './token.ts';

export { CLOCK_TOLERANCE, checkClaims, issuerOf } from './claims.ts';
export type { ClaimRules } from './claims.ts';

/** The `kid` of the header; undefined when it is absent, empty or no text. */
export function keyIdOf(token: Token): string | undefined {
  const kid = token.header['kid'];
  return typeof kid === 'string' && kid !== '' ? kid : undefined;
}

/**
 * Checks the signature with the issuer's key of the header's `kid`.
 *
 * The hash comes from the header's `alg`, never from the key's (aws-federation 2); the key's own type
 * must fit the algorithm's family and curve, so that no key is used for what it is not.
 *
 * @returns undefined when the signature holds
 */
export function verifySignature(token: Token, keys: KeySet): undefined | TokenFailure {
  const algorithm = algorithmOf(token.header['alg']);
  if (algorithm === undefined) return notAJwt('the algorithm in the header is none that STS accepts');
  const found = keys.find(keyIdOf(token), algorithm.family);
  if ('kind' in found) return found;
  if (found.curve !== algorithm.curve)
    return notValidated(`key ${shown(found.kid ?? '')} is on another curve than the algorithm's`);
  const { signatureLength } = algorithm;
  // A twentieth faster than the one-shot `verify`, and the text needs no copy as bytes.
  const signed = createVerify(algorithm.hash).update(token.signingInput, 'latin1');
  const holds =
    signatureLength === undefined
      ? signed.verify(found.key, token.signature)
      : token.signature.length === signatureLength &&
        signed.verify({ key: found.key, dsaEncoding: 'ieee-p1363' }, token.signature);
  return holds ? undefined : notValidated(`the signature does not verify with key ${shown(found.kid ?? '')}`);
}

/** The same claims, now that the signature is known to hold. Call it only then. */
export function verified(checked: CheckedClaims): VerifiedToken {
  const { claims, issuer, subject, audience, issuedAt, expiresAt } = checked;
  return { kind: 'verified', claims, issuer, subject, audience, issuedAt, expiresAt };
}

/**
 * The whole verification for a caller who has the issuer's keys at hand: read, claims, signature.
 * A caller who must look up provider and keys in between takes the same steps one by one.
 */
export function verifyToken(text: string, rules: ClaimRules & { readonly keys: KeySet }): VerifiedToken | TokenFailure {
  const token = readToken(text);
  if ('kind' in token) return token;
  const checked = checkClaims(token, rules);
  if (checked.kind === 'failure') return checked;
  return verifySignature(token, rules.keys) ?? verified(checked);
}
