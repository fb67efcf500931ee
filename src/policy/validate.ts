/**
 * Write controls: what AWS refuses to store, with AWS's sentences and in AWS's order (reference aws-federation 8.5
 * and 8.6, iam-policy-evaluation 9, 10 and 13). Lengths are the caller's to compare (`size.ts`): each API answers
 * them with an error of its own.
 */
import { parsePolicy, type ParseResult } from './parse.ts';
import type { Policy } from './tree.ts';
import { identityFault } from './validation/identity.ts';
import { organizationsFault } from './validation/organizations.ts';
import { resourceFault } from './validation/resource.ts';
import { trustFault } from './validation/trust.ts';

/**
 * What a document is meant to be. `session` is an identity policy that STS reads more laxly than IAM stores; the
 * simulator too reads more than is stored.
 */
export type PolicyUse =
  'trust' | 'identity' | 'session' | 'resource' | 'scp' | 'rcp' | 'simulatedIdentity' | 'simulatedResource';

/** The tree of a document that AWS would store, or the message of its MalformedPolicyDocument error. */
export type Validation =
  { readonly kind: 'valid'; readonly policy: Policy } | { readonly kind: 'malformed'; readonly message: string };

/**
 * Validates a document for a use. The guard of shared OIDC providers is not part of it (`federation`), nor is
 * whether a named principal exists.
 */
export function validatePolicy(text: string, use: PolicyUse): Validation {
  const parsed = parsePolicy(text);
  const message = fault(parsed, use);
  if (message !== undefined) return { kind: 'malformed', message };
  if (parsed.kind === 'malformed') return { kind: 'malformed', message: 'Syntax errors in policy.' };
  return { kind: 'valid', policy: parsed.policy };
}

function fault(parsed: ParseResult, use: PolicyUse): string | undefined {
  switch (use) {
    case 'trust':
      return trustFault(parsed);
    case 'identity':
    case 'session':
    case 'simulatedIdentity':
      return identityFault(parsed, use);
    case 'resource':
    case 'simulatedResource':
      return resourceFault(parsed, use);
    case 'scp':
    case 'rcp':
      return organizationsFault(parsed, use);
  }
}
