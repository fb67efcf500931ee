/** A condition key that is named like its claim: what nearly every provider-specific key is. */
import type { ClaimKey } from './profile.ts';

/** One text, not kept in the session (reference aws-federation 4.1: every provider-specific key). */
export function claimKey(name: string): ClaimKey {
  return { key: name, claim: [[name]], type: 'String', multivalued: false, inSession: false };
}
