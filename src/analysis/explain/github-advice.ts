/** How a job gets the value that a policy wants: what the author of a workflow would write. */
import { profileOf } from '../../idp/profiles.ts';
import type { AuthorizationRequest } from '../../policy/decision.ts';
import { claimOf, issuerOf } from './wording.ts';

const ADVICE: Readonly<Record<string, (value: string) => string>> = {
  environment: (value) => `write "environment: ${value}" in the job`,
  ref: (value) => `run the workflow on ${value}`,
  repository: (value) => `run it in ${value}`,
  aud: (value) => `ask for the audience "${value}"`,
  job_workflow_ref: (value) => `call the reusable workflow ${value}`,
};

/** For a claim of a GitHub job; undefined for other keys and callers, and for claims that nobody chooses. */
export function githubAdvice(contextKey: string, value: string, request: AuthorizationRequest): string | undefined {
  const issuer = issuerOf(request.principal);
  if (issuer === undefined || !contextKey.startsWith(`${issuer.toLowerCase()}:`)) return undefined;
  return profileOf(issuer).name === 'github' ? ADVICE[claimOf(contextKey)]?.(value) : undefined;
}
