/** GitLab CI: tokens of `id_tokens:` (reference oidc-issuers 5). AWS has keys for gitlab.com only. */
import { claimKey } from './claim-key.ts';
import { derivedHex, derivedNumber } from './derived-id.ts';
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

const PROJECT = 'my-group/my-project';
const NOT_BEFORE = -5;

/** GitLab CI. */
export const gitlab: IdentityProvider = {
  name: 'gitlab',
  title: 'GitLab CI',
  matches: (issuer) => issuer === 'gitlab.com',
  keys: [
    'namespace_id',
    'project_id',
    'user_id',
    'user_login',
    'user_email',
    'user_access_level',
    'ref_protected',
    'pipeline_source',
    'runner_environment',
  ].map(claimKey),
  issuer: (options) => new JobOptions(options).text('issuer', 'https://gitlab.com'),
  defaultAudience: () => 'sts.amazonaws.com',
  options: [
    { name: 'project-path', help: 'group and project', example: PROJECT },
    { name: 'project-id', help: 'id of the project', example: '22' },
    { name: 'namespace-id', help: 'id of its group', example: '72' },
    { name: 'ref', help: 'short name of branch or tag', example: 'main' },
    { name: 'ref-type', help: 'branch or tag', example: 'tag' },
    { name: 'ref-protected', help: 'true or false', example: 'true' },
    { name: 'environment', help: 'environment of the job', example: 'production' },
    { name: 'environment-protected', help: 'true or false', example: 'true' },
    { name: 'deployment-tier', help: 'tier of the environment', example: 'production' },
    { name: 'pipeline-source', help: 'what started the pipeline', example: 'push' },
    { name: 'pipeline-id', help: 'id of the pipeline', example: '574' },
    { name: 'job-id', help: 'id of the job', example: '302' },
    { name: 'user-id', help: 'id of who started it', example: '1' },
    { name: 'user-login', help: 'login of who started it', example: 'sample-user' },
    { name: 'user-email', help: 'e-mail of who started it', example: 'sample-user@example.com' },
    { name: 'user-access-level', help: 'access level in the project', example: 'developer' },
    { name: 'runner-id', help: 'id of the runner', example: '1' },
    { name: 'runner-environment', help: 'gitlab-hosted or self-hosted', example: 'self-hosted' },
    { name: 'sha', help: 'commit', example: '714a629c0b401fdce83e847fc9589983fc6f46bc' },
    { name: 'visibility', help: 'private, internal or public', example: 'public' },
    { name: 'job-timeout', help: 'seconds that the job may run, and the token lives', example: '3600' },
    { name: 'issuer', help: 'URL of a self-managed instance', example: 'https://gitlab.example.com' },
  ],
  kidForm: 'base64url43',
  // The job chooses the name, as a key of its id_tokens; GitLab's guide for AWS calls it so.
  variables: [{ name: 'GITLAB_OIDC_TOKEN' }],
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, gitlab.options);
  const path = job.text('project-path', PROJECT);
  if (!/^[\w.-]+(?:\/[\w.-]+)+$/.test(path)) job.refuse(`--project-path is GROUP/PROJECT, not ${path}`);
  const namespace = path.slice(0, path.lastIndexOf('/'));
  const ids = {
    namespace: job.digits('namespace-id', derivedNumber('namespace', namespace, 8)),
    project: job.digits('project-id', derivedNumber('project', path, 8)),
  };
  const ref = refOf(job);
  const sha = job.text('sha', derivedHex('commit', `${path} ${ref.path}`, 40));
  if (!/^[0-9a-f]{40}$/.test(sha)) job.refuse(`--sha is a commit of 40 hexadecimal digits, not ${sha}`);
  const login = job.text('user-login', 'sample-user');
  return job.minted({
    namespace_id: ids.namespace,
    namespace_path: namespace,
    project_id: ids.project,
    project_path: path,
    job_namespace_id: ids.namespace,
    job_namespace_path: namespace,
    job_project_id: ids.project,
    job_project_path: path,
    user_id: job.digits('user-id', derivedNumber('user', login, 7)),
    user_login: login,
    user_email: job.text('user-email', `${login}@example.com`),
    user_access_level: job.text('user-access-level', 'developer'),
    pipeline_id: job.digits('pipeline-id', derivedNumber('pipeline', `${path} ${ref.path}`, 10)),
    pipeline_source: job.text('pipeline-source', 'push'),
    job_id: job.digits('job-id', derivedNumber('job', `${path} ${ref.path}`, 10)),
    ref: ref.name,
    ref_type: ref.type,
    ref_path: ref.path,
    ref_protected: job.choice('ref-protected', ['true', 'false']),
    ...environmentClaims(job),
    runner_id: Number(job.digits('runner-id', '1')),
    runner_environment: job.choice('runner-environment', ['gitlab-hosted', 'self-hosted']),
    sha,
    project_visibility: job.choice('visibility', ['private', 'internal', 'public']),
    ci_config_ref_uri: `${gitlab.issuer(options).replace(/^https:\/\//, '')}/${path}//.gitlab-ci.yml@${ref.path}`,
    ci_config_sha: sha,
    jti: at.jti,
    iss: gitlab.issuer(options),
    iat: at.now,
    nbf: at.now + NOT_BEFORE,
    exp: at.now + job.number('job-timeout', 3_600),
    sub: `project_path:${path}:ref_type:${ref.type}:ref:${ref.name}`,
    aud: at.audience ?? 'sts.amazonaws.com',
  });
}

function refOf(job: JobOptions): { readonly name: string; readonly type: string; readonly path: string } {
  const name = job.text('ref', 'main');
  const type = job.choice('ref-type', ['branch', 'tag']);
  if (name.startsWith('refs/')) job.refuse(`--ref is the short name on GitLab, as main, not ${name}`);
  return { name, type, path: `refs/${type === 'tag' ? 'tags' : 'heads'}/${name}` };
}

function environmentClaims(job: JobOptions): Record<string, string> {
  const environment = job.optional('environment');
  if (environment === undefined) {
    if ((job.optional('environment-protected') ?? job.optional('deployment-tier')) !== undefined) {
      job.refuse('--environment-protected and --deployment-tier go with --environment');
    }
    return {};
  }
  return {
    environment,
    environment_protected: job.choice('environment-protected', ['false', 'true']),
    deployment_tier: job.text('deployment-tier', 'production'),
    environment_action: 'start',
  };
}
