/** The claims of a GitHub Actions job, as GitHub would put them into its token (reference oidc-issuers 1.4 to 1.10). */
import { derivedHex, derivedNumber } from './derived-id.ts';
import type { GithubRun } from './github-events.ts';
import { hasHeadAndBase, impossibleRun, usualRef } from './github-events.ts';
import { GITHUB_ISSUER, enterpriseServerHost, githubHost, isGithubIssuer } from './github-issuer.ts';
import { GITHUB_OPTIONS } from './github-options.ts';
import { customisedSubject, githubSubject } from './github-subject.ts';
import { JobOptions } from './job-options.ts';
import type { MintMoment, Minted, MintOptions } from './profile.ts';

/** `nbf` is ten minutes back, `exp` five minutes ahead (both of GitHub's documented examples). */
const NOT_BEFORE = -600;
const LIFETIME = 300;

/** The repository of a job that names none. */
const REPOSITORY = 'my-org/my-repo';

/** `iss` of such a job, with `https://`. */
export function githubIssuer(options: MintOptions): string {
  return new JobOptions(options).text('issuer', `https://${GITHUB_ISSUER}`);
}

/** `aud` when the job asks for none: the URL of the repository's owner. */
export function githubAudience(options: MintOptions): string {
  const owner = new JobOptions(options).text('repository', REPOSITORY).split('/')[0] ?? '';
  return `https://${githubHost(githubIssuer(options).replace(/^https:\/\//, ''))}/${owner}`;
}

/** The claims in GitHub's order, all custom ones as text, or why GitHub never starts such a job. */
export function mintGithub(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, GITHUB_OPTIONS);
  const issuer = githubIssuer(options).replace(/^https:\/\//, '');
  if (!isGithubIssuer(issuer) && enterpriseServerHost(issuer) === undefined) {
    job.refuse(`${githubIssuer(options)} is no issuer of GitHub`);
  }
  const repository = repositoryOf(job);
  const run = runOf(job, repository.full);
  const environment = job.optional('environment');
  if (environment !== undefined && environment.length > 255) job.refuse('an environment has at most 255 characters');
  const custom = {
    ref: run.ref,
    sha: shaOf(job, repository.full, run),
    repository: repository.full,
    repository_owner: repository.owner,
    repository_owner_id: repository.ownerId,
    run_id: job.digits('run-id', derivedNumber('run', `${repository.full} ${run.ref}`, 11)),
    run_number: job.digits('run-number', '1'),
    run_attempt: job.digits('run-attempt', '1'),
    repository_visibility: repository.visibility,
    repository_id: repository.id,
    actor_id: job.digits('actor-id', derivedNumber('actor', job.text('actor', 'octocat'), 8)),
    actor: job.text('actor', 'octocat'),
    ...workflowClaims(job, repository.full, run),
    head_ref: run.headRef,
    base_ref: run.baseRef,
    event_name: run.event,
    ref_protected: job.choice('ref-protected', ['false', 'true']),
    ref_type: run.ref === '' ? '' : run.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    runner_environment: job.choice('runner-environment', ['github-hosted', 'self-hosted']),
    check_run_id: job.digits('check-run-id', derivedNumber('check run', `${repository.full} ${run.ref}`, 11)),
    ...environmentClaims(environment, repository.full),
    ...enterpriseClaims(job, repository.visibility),
    ...repositoryProperties(job),
  };
  const ids = job.flag('immutable-sub') ? { owner: repository.ownerId, repository: repository.id } : undefined;
  if (ids !== undefined && enterpriseServerHost(issuer) !== undefined) {
    job.refuse('GitHub Enterprise Server has no immutable subjects');
  }
  const sub = subjectOf(job, { repository: repository.full, ids, event: run.event, ref: run.ref, environment }, custom);
  return job.minted({
    jti: at.jti,
    sub,
    aud: at.audience ?? githubAudience(options),
    ...custom,
    iss: githubIssuer(options),
    nbf: at.now + NOT_BEFORE,
    exp: at.now + LIFETIME,
    iat: at.now,
  });
}

interface Repository {
  readonly full: string;
  readonly owner: string;
  readonly id: string;
  readonly ownerId: string;
  readonly visibility: string;
}

function repositoryOf(job: JobOptions): Repository {
  const full = job.text('repository', REPOSITORY);
  const owner = full.split('/')[0] ?? '';
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9_-]*)\/[A-Za-z0-9._-]+$/.test(full)) {
    job.refuse(`--repository is OWNER/NAME, not ${full}`);
  }
  return {
    full,
    owner,
    id: job.digits('repository-id', derivedNumber('repository', full, 9)),
    ownerId: job.digits('repository-owner-id', derivedNumber('owner', owner, 8)),
    visibility: job.choice('visibility', ['private', 'public', 'internal']),
  };
}

function runOf(job: JobOptions, repository: string): GithubRun {
  // A deployment by commit has the empty ref, so an empty option is not an absent one.
  const refGiven = job.given('ref');
  const pullRequest = refGiven?.startsWith('refs/pull/') === true || job.optional('head-ref') !== undefined;
  const event = job.text('event', pullRequest ? 'pull_request' : 'push');
  const defaultBranch = job.text('default-branch', 'main');
  const ofPullRequest = hasHeadAndBase(event);
  const headRef = job.text('head-ref', ofPullRequest ? 'feature' : '');
  const baseRef = job.text('base-ref', ofPullRequest ? defaultBranch : '');
  const ref = refGiven ?? usualRef(event, repository, defaultBranch, baseRef);
  const run = { event, ref, headRef, baseRef, defaultBranch };
  const why = impossibleRun(run);
  if (why !== undefined) job.refuse(why);
  return run;
}

function shaOf(job: JobOptions, repository: string, run: GithubRun): string {
  const sha = job.text('sha', derivedHex('commit', `${repository} ${run.ref}`, 40));
  if (!/^[0-9a-f]{40}$/.test(sha)) job.refuse(`--sha is a commit of 40 hexadecimal digits, not ${sha}`);
  return sha;
}

/** The run's own file, and the file that defines the job: the same unless the job is in a reusable workflow. */
function workflowClaims(job: JobOptions, repository: string, run: GithubRun): Record<string, string> {
  const sha = shaOf(job, repository, run);
  const at = run.ref === '' ? sha : run.ref;
  const workflowRef = job.text('workflow-ref', `${repository}/.github/workflows/ci.yml@${at}`);
  const jobWorkflowRef = job.text('job-workflow-ref', workflowRef);
  const file = workflowFile(job, 'workflow-ref', workflowRef);
  const jobFile = workflowFile(job, 'job-workflow-ref', jobWorkflowRef);
  // A called workflow of the same repository at the caller's ref is of the same commit (1.10).
  const sameCommit = jobFile.repository === file.repository && jobFile.at === file.at;
  return {
    workflow: job.text('workflow', file.path),
    workflow_ref: workflowRef,
    workflow_sha: sha,
    job_workflow_ref: jobWorkflowRef,
    job_workflow_sha: sameCommit
      ? sha
      : /^[0-9a-f]{40}$/.test(jobFile.at)
        ? jobFile.at
        : derivedHex('commit', `${jobFile.repository} ${jobFile.at}`, 40),
  };
}

function workflowFile(
  job: JobOptions,
  option: string,
  text: string,
): { readonly repository: string; readonly path: string; readonly at: string } {
  const match = /^([^/@\s]+\/[^/@\s]+)\/(\.github\/workflows\/[^/@\s]+\.ya?ml)@([^\s@]+)$/.exec(text);
  if (match === null) {
    job.refuse(`--${option} is OWNER/REPO/.github/workflows/FILE.yml@REF, not ${text}`);
  }
  return { repository: match?.[1] ?? '', path: match?.[2] ?? '', at: match?.[3] ?? '' };
}

function environmentClaims(environment: string | undefined, repository: string): Record<string, string> {
  if (environment === undefined) return {};
  return { environment, environment_node_id: `EN_${derivedHex('environment', `${repository} ${environment}`, 24)}` };
}

function enterpriseClaims(job: JobOptions, visibility: string): Record<string, string> {
  const enterprise = job.optional('enterprise');
  if (enterprise !== undefined) {
    return { enterprise, enterprise_id: job.digits('enterprise-id', derivedNumber('enterprise', enterprise, 5)) };
  }
  if (job.optional('enterprise-id') !== undefined) job.refuse('--enterprise-id goes with --enterprise');
  if (visibility === 'internal')
    job.refuse('internal repositories exist only in an enterprise: name it with --enterprise');
  return {};
}

function repositoryProperties(job: JobOptions): Record<string, string> {
  const claims: Record<string, string> = {};
  for (const property of job.list('repo-property')) {
    const [, name, value] = /^([A-Za-z0-9_-]+)=(.*)$/.exec(property) ?? [];
    if (name === undefined || value === undefined) job.refuse(`--repo-property is NAME=VALUE, not ${property}`);
    else claims[`repo_property_${name}`] = value;
  }
  return claims;
}

function subjectOf(
  job: JobOptions,
  subject: Parameters<typeof githubSubject>[0],
  claims: Readonly<Record<string, unknown>>,
): string {
  const includeClaimKeys = job.list('include-claim-keys');
  if (includeClaimKeys.length === 0) return githubSubject(subject);
  const customised = customisedSubject(subject, includeClaimKeys, claims);
  if ('sub' in customised) return customised.sub;
  job.refuse(customised.why);
  return '';
}
