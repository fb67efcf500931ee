/** Bitbucket Pipelines: the token of a step with `oidc: true` (reference oidc-issuers 5). */
import { derivedUuid } from './derived-id.ts';
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

const ISSUER = /^api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/oidc$/;
/** How long a token lives is not published; an hour is what the service's steps need. */
const LIFETIME = 3_600;

/** Bitbucket Pipelines. */
export const bitbucket: IdentityProvider = {
  name: 'bitbucket',
  title: 'Bitbucket Pipelines',
  matches: (issuer) => ISSUER.test(issuer),
  keys: [],
  issuer: (options) =>
    `https://api.bitbucket.org/2.0/workspaces/${workspaceOf(new JobOptions(options))}/pipelines-config/identity/oidc`,
  defaultAudience: (options) =>
    `ari:cloud:bitbucket::workspace/${derivedUuid('workspace', workspaceOf(new JobOptions(options)))}`,
  options: [
    { name: 'workspace', help: 'slug of the workspace', example: 'my-workspace' },
    { name: 'repository', help: 'slug of the repository', example: 'my-repo' },
    { name: 'branch', help: 'branch of the pipeline', example: 'main' },
    { name: 'environment', help: 'deployment environment of the step', example: 'production' },
    { name: 'step', help: 'name of the step', example: 'deploy' },
    { name: 'commit', help: 'commit of the pipeline', example: '714a629c0b401fdce83e847fc9589983fc6f46bc' },
  ],
  kidForm: 'base64url43',
  variables: [{ name: 'BITBUCKET_STEP_OIDC_TOKEN' }],
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, bitbucket.options);
  const workspace = workspaceOf(job);
  const repository = job.text('repository', 'my-repo');
  const environment = job.optional('environment');
  // Bitbucket writes UUIDs with braces, in sub too.
  const repositoryUuid = braced('repository', `${workspace}/${repository}`);
  const stepUuid = braced('step', `${at.jti} ${job.text('step', 'deploy')}`);
  const environmentUuid =
    environment === undefined ? undefined : braced('environment', `${workspace}/${repository}/${environment}`);
  return job.minted({
    sub: [repositoryUuid, environmentUuid, stepUuid].filter((part) => part !== undefined).join(':'),
    aud: at.audience ?? bitbucket.defaultAudience(options),
    stepUuid,
    iss: bitbucket.issuer(options),
    deploymentEnvironmentUuid: environmentUuid,
    repositoryUuid,
    exp: at.now + LIFETIME,
    iat: at.now,
    pipelineUuid: braced('pipeline', at.jti),
    pipelineRunUuid: braced('pipeline run', at.jti),
    workspaceUuid: braced('workspace', workspace),
    accountUuid: braced('account', workspace),
    branchName: job.text('branch', 'main'),
    commitSha: job.optional('commit'),
  });
}

function workspaceOf(job: JobOptions): string {
  const workspace = job.text('workspace', 'my-workspace');
  if (!/^[a-z0-9_-]+$/.test(workspace)) job.refuse(`--workspace has lower-case letters, digits, - and _`);
  return workspace;
}

function braced(kind: string, name: string): string {
  return `{${derivedUuid(kind, name)}}`;
}
