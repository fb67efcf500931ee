/**
 * Trust policies as IAM takes them: well-formed, safe with issuers that sign for everyone, and naming
 * principals that exist. Checked when a policy is written, never when it is evaluated (reference
 * aws-federation 5).
 */
import { validatePolicy, type Validation } from '../policy/validate.ts';
import { malformedPolicy } from './policy-document.ts';
import { unscopedProvider } from './shared-provider-guard.ts';
import { type KnownPrincipals, unknownPrincipal } from './trusted-principals.ts';

export type { KnownPrincipals };

/** Throws `MalformedPolicyDocument` with AWS's sentence for the first thing wrong with the document. */
export async function checkTrustPolicy(text: string, known: KnownPrincipals): Promise<void> {
  const result = validateTrustPolicy(text);
  if (result.kind === 'malformed') throw malformedPolicy(result.message);
  const message = await unknownPrincipal(result.policy, known);
  if (message !== undefined) throw malformedPolicy(message);
}

/** All that can be said of the document alone, without knowing which principals exist. */
export function validateTrustPolicy(text: string): Validation {
  const result = validatePolicy(text, 'trust');
  if (result.kind === 'malformed') return result;
  const message = unscopedProvider(result.policy);
  return message === undefined ? result : { kind: 'malformed', message };
}
