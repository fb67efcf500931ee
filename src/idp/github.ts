/** GitHub Actions. */
import { claimKey } from './claim-key.ts';
import { isGithubIssuer } from './github-issuer.ts';
import { githubAudience, githubIssuer, mintGithub } from './github-mint.ts';
import { GITHUB_OPTIONS } from './github-options.ts';
import type { IdentityProvider } from './profile.ts';

/** GitHub Actions, on github.com, ghe.com and in enterprises with an issuer of their own. */
export const github: IdentityProvider = {
  name: 'github',
  title: 'GitHub Actions',
  matches: isGithubIssuer,
  keys: [
    'actor',
    'actor_id',
    'job_workflow_ref',
    'repository',
    'repository_id',
    'repository_owner_id',
    'workflow',
    'ref',
    'environment',
    'enterprise_id',
  ].map(claimKey),
  issuer: githubIssuer,
  defaultAudience: githubAudience,
  options: GITHUB_OPTIONS,
  kidForm: 'uuid',
  mint: mintGithub,
};
