/** Buildkite: tokens of `buildkite-agent oidc request-token` (reference oidc-issuers 5). */
import { claimKey } from './claim-key.ts';
import { derivedHex, derivedUuid } from './derived-id.ts';
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

/** Claims that stand in the token only when the job asks for them with `--claim`. */
const OPTIONAL_CLAIMS = [
  'organization_id',
  'pipeline_id',
  'build_id',
  'cluster_id',
  'cluster_name',
  'queue_id',
  'queue_key',
] as const;

/** Buildkite agents. */
export const buildkite: IdentityProvider = {
  name: 'buildkite',
  title: 'Buildkite',
  matches: (issuer) => issuer === 'agent.buildkite.com' || /^agent\.[a-z0-9-]+\.buildkite\.(?:dev|site)$/.test(issuer),
  keys: [
    'organization_slug',
    'organization_id',
    'pipeline_slug',
    'pipeline_id',
    'cluster_name',
    'cluster_id',
    'build_branch',
  ].map(claimKey),
  issuer: () => 'https://agent.buildkite.com',
  defaultAudience: (options) => `https://buildkite.com/${new JobOptions(options).text('organization', 'my-org')}`,
  options: [
    { name: 'organization', help: 'slug of the organisation', example: 'my-org' },
    { name: 'pipeline', help: 'slug of the pipeline', example: 'my-pipeline' },
    { name: 'branch', help: 'branch of the build', example: 'main' },
    { name: 'tag', help: 'tag of the build', example: 'v1' },
    { name: 'commit', help: 'commit of the build', example: '714a629c0b401fdce83e847fc9589983fc6f46bc' },
    { name: 'step-key', help: 'key of the step', example: 'deploy' },
    { name: 'build-number', help: 'number of the build', example: '42' },
    { name: 'source', help: 'what started the build', example: 'webhook' },
    { name: 'runner-environment', help: 'buildkite-hosted or self-hosted', example: 'self-hosted' },
    { name: 'claim', help: 'optional claims to include, parted by commas', example: 'pipeline_id,cluster_name' },
    { name: 'cluster-name', help: 'name of the cluster', example: 'Default cluster' },
    { name: 'subject-claim', help: 'claim whose value is the whole sub', example: 'pipeline_id' },
    { name: 'aws-session-tag', help: 'claims that become session tags, parted by commas', example: 'pipeline_slug' },
    { name: 'lifetime', help: 'seconds that the token lives', example: '300' },
  ],
  kidForm: 'uuid',
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, buildkite.options);
  const organization = job.text('organization', 'my-org');
  const pipeline = job.text('pipeline', 'my-pipeline');
  const branch = job.text('branch', 'main');
  const tag = job.optional('tag');
  const commit = job.text('commit', derivedHex('commit', `${organization}/${pipeline} ${branch}`, 40));
  const stepKey = job.optional('step-key');
  const ref = tag === undefined ? `refs/heads/${branch}` : `refs/tags/${tag}`;
  const claims: Record<string, unknown> = {
    iss: 'https://agent.buildkite.com',
    sub: `organization:${organization}:pipeline:${pipeline}:ref:${ref}:commit:${commit}:step:${stepKey ?? ''}`,
    aud: at.audience ?? buildkite.defaultAudience(options),
    iat: at.now,
    nbf: at.now,
    exp: at.now + job.number('lifetime', 300),
    organization_slug: organization,
    pipeline_slug: pipeline,
    build_number: job.number('build-number', 1),
    build_branch: branch,
    build_tag: tag,
    build_commit: commit,
    step_key: stepKey ?? null,
    job_id: derivedUuid('job', at.jti),
    agent_id: derivedUuid('agent', organization),
    build_source: job.text('source', 'webhook'),
    runner_environment: job.choice('runner-environment', ['buildkite-hosted', 'self-hosted']),
    jti: at.jti,
  };
  askedClaims(job, organization, pipeline, claims);
  const subjectClaim = job.optional('subject-claim');
  if (subjectClaim !== undefined) claims['sub'] = textClaim(job, 'subject-claim', subjectClaim, claims);
  const sessionTags = job.list('aws-session-tag');
  if (sessionTags.length > 0) {
    claims['https://aws.amazon.com/tags'] = {
      principal_tags: Object.fromEntries(
        sessionTags.map((name) => [name, [textClaim(job, 'aws-session-tag', name, claims)]]),
      ),
    };
  }
  return job.minted(claims);
}

function askedClaims(job: JobOptions, organization: string, pipeline: string, claims: Record<string, unknown>): void {
  const cluster = job.text('cluster-name', 'Default cluster');
  const values: Readonly<Record<(typeof OPTIONAL_CLAIMS)[number], string>> = {
    organization_id: derivedUuid('organization', organization),
    pipeline_id: derivedUuid('pipeline', `${organization}/${pipeline}`),
    build_id: derivedUuid('build', `${organization}/${pipeline}#${String(claims['build_number'])}`),
    cluster_id: derivedUuid('cluster', `${organization}/${cluster}`),
    cluster_name: cluster,
    queue_id: derivedUuid('queue', `${organization}/${cluster}`),
    queue_key: 'default',
  };
  for (const asked of job.list('claim')) {
    const name = OPTIONAL_CLAIMS.find((claim) => claim === asked);
    if (name === undefined) job.refuse(`--claim takes ${OPTIONAL_CLAIMS.join(', ')}, not ${asked}`);
    else claims[name] = values[name];
  }
}

function textClaim(job: JobOptions, option: string, name: string, claims: Readonly<Record<string, unknown>>): string {
  const value = claims[name];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  job.refuse(`--${option} names ${name}, which this token lacks; ask for it with --claim`);
  return '';
}
