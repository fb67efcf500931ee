/** The discovery document of a simulated issuer: the real `issuer`, keys that can be fetched here. */
import type { IdentityProvider, MintOptions } from '../../idp/profile.ts';

/** GitHub's own list, in its order (reference oidc-issuers 1.2). */
const GITHUB_CLAIMS: readonly string[] = [
  'sub',
  'aud',
  'exp',
  'iat',
  'iss',
  'jti',
  'nbf',
  'ref',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'run_id',
  'run_number',
  'run_attempt',
  'actor',
  'actor_id',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'head_ref',
  'base_ref',
  'event_name',
  'ref_type',
  'environment',
  'environment_node_id',
  'job_workflow_ref',
  'job_workflow_sha',
  'repository_visibility',
  'runner_environment',
];

/**
 * The document, members in GitHub's order.
 *
 * @param options of the job: they decide the issuer where it carries an organisation or an enterprise
 * @param jwksUri where this process serves the keys
 */
export function discoveryDocument(
  provider: IdentityProvider,
  options: MintOptions,
  jwksUri: string,
): Readonly<Record<string, unknown>> {
  return {
    issuer: provider.issuer(options),
    jwks_uri: jwksUri,
    subject_types_supported: ['public', 'pairwise'],
    response_types_supported: ['id_token'],
    claims_supported: provider.name === 'github' ? GITHUB_CLAIMS : claimsOf(provider, options),
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
  };
}

/** The names of the claims that a token of such a job has. */
function claimsOf(provider: IdentityProvider, options: MintOptions): readonly string[] {
  const minted = provider.mint(options, { now: 0, audience: undefined, jti: '' });
  return minted.kind === 'claims' ? Object.keys(minted.claims) : ['sub', 'aud', 'exp', 'iat', 'iss'];
}
