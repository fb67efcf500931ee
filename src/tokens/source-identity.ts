/** The source identity that an identity provider puts into its token (aws-federation 6). */
import { notValidated } from './failures.ts';
import type { TokenFailure } from './token.ts';

const SOURCE_IDENTITY = 'https://aws.amazon.com/source_identity';

/**
 * The source identity that the session shall have; undefined when the token asks for none.
 *
 * 2 to 64 of `[\w+=,.@-]`. What AWS says to another form is not known: here it is the general
 * sentence of a token that could not be validated.
 */
export function sourceIdentityClaim(claims: Readonly<Record<string, unknown>>): string | undefined | TokenFailure {
  const claim = claims[SOURCE_IDENTITY];
  if (claim === undefined || claim === null) return undefined;
  if (typeof claim === 'string' && /^[\w+=,.@-]{2,64}$/.test(claim)) return claim;
  return notValidated(`${SOURCE_IDENTITY} is not 2 to 64 letters, digits or _+=,.@-`);
}
