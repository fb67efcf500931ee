/** Which condition key of the token a policy means by a key that no token has: claims and issuers are mistyped. */
import { keysOfIssuer } from '../../idp/condition-keys.ts';
import type { AuthorizationRequest } from '../../policy/decision.ts';
import { isConditionKey } from './absence.ts';
import { isMisspelling } from './likeness.ts';
import { claimOf, issuerOf } from './wording.ts';

/** A key that the request has. */
export interface MeantKey {
  readonly key: string;
  /** Whether nothing else can be meant, whatever its value. */
  readonly isCertain: boolean;
}

/** Longer keys are no misspelling of anything. */
const MAX_LENGTH = 200;

/** Keys of the token that are spelt much like this one, the certain ones first; none for a key that tokens of the issuer can have. */
export function meantKeys(key: string, { principal, context }: AuthorizationRequest): readonly MeantKey[] {
  const issuer = issuerOf(principal);
  if (issuer === undefined || key.length > MAX_LENGTH || isConditionKey(key, issuer)) return [];
  const found = keysOfIssuer(issuer).flatMap(({ key: claim }): MeantKey[] => {
    const name = `${issuer}:${claim}`;
    const [written, meant] = [key.toLowerCase(), name.toLowerCase()];
    if (!context.has(meant)) return [];
    const isCertain = isPlainMistake(written, meant);
    return isCertain || isMisspelling(written, meant) ? [{ key: name, isCertain }] : [];
  });
  return found.sort((a, b) => Number(b.isCertain) - Number(a.isCertain));
}

/** The claim is right and the issuer mistyped; or the claim is written out or cut short (`subject`), or a letter off. */
function isPlainMistake(written: string, meant: string): boolean {
  const [claim, own] = [claimOf(written), claimOf(meant)];
  if (claim === own) return isMisspelling(written, meant);
  if (issuerPart(written) !== issuerPart(meant)) return false;
  const [shorter, longer] = claim.length < own.length ? [claim, own] : [own, claim];
  return (shorter.length >= 3 && longer.startsWith(shorter)) || isMisspelling(claim, own, Math.max(1, own.length >> 2));
}

/** With its colon. */
function issuerPart(key: string): string {
  return key.slice(0, key.length - claimOf(key).length);
}
