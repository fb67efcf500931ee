/** CircleCI: tokens per organisation, in two versions of `sub` (reference oidc-issuers 4.1). */
import { derivedUuid } from './derived-id.ts';
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

const ROOT = 'oidc.circleci.com';
const ORGANISATION = 'my-org';
const LIFETIME = 3_600;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** CircleCI. */
export const circleci: IdentityProvider = {
  name: 'circleci',
  title: 'CircleCI',
  // AWS knows the key only with an organisation's own issuer, not with the root issuer.
  matches: (issuer) => /^oidc\.circleci\.com\/org\/[^/]+$/.test(issuer),
  keys: [
    {
      key: 'oidc.circleci.com/project-id',
      claim: [['oidc.circleci.com/project-id']],
      type: 'String',
      multivalued: false,
      inSession: false,
    },
  ],
  issuer: (options) => {
    const job = new JobOptions(options);
    return `https://${ROOT}${job.flag('root-issuer') ? '' : `/org/${organisationOf(job)}`}`;
  },
  defaultAudience: (options) => organisationOf(new JobOptions(options)),
  options: [
    { name: 'org-id', help: 'UUID of the organisation', example: derivedUuid('organisation', ORGANISATION) },
    { name: 'project-id', help: 'UUID of the project', example: derivedUuid('project', 'my-project') },
    { name: 'user-id', help: 'UUID of who started the pipeline', example: derivedUuid('user', 'me') },
    { name: 'token-version', help: '2: sub with origin and ref (CIRCLE_OIDC_TOKEN_V2); 1: without', example: '1' },
    { name: 'vcs-origin', help: 'repository', example: 'github.com/my-org/my-repo' },
    { name: 'vcs-ref', help: 'full ref', example: 'refs/heads/main' },
    {
      name: 'context-ids',
      help: "UUIDs of the job's contexts, parted by commas",
      example: derivedUuid('context', 'aws'),
    },
    { name: 'job-id', help: 'UUID of the job', example: derivedUuid('job', 'deploy') },
    { name: 'pipeline-id', help: 'UUID of the pipeline', example: derivedUuid('pipeline', '1') },
    { name: 'pipeline-definition-id', help: 'UUID of its definition', example: derivedUuid('definition', '1') },
    { name: 'workflow-id', help: 'UUID of the workflow', example: derivedUuid('workflow', '1') },
    { name: 'ssh-rerun', help: 'the job was re-run with SSH', example: '', flag: true },
    { name: 'webhook', help: 'started by a custom webhook: no origin, no ref', example: '', flag: true },
    { name: 'root-issuer', help: 'the issuer without organisation', example: '', flag: true },
  ],
  kidForm: 'uuid',
  variables: [
    { name: 'CIRCLE_OIDC_TOKEN', options: { 'token-version': '1' } },
    { name: 'CIRCLE_OIDC_TOKEN_V2', options: { 'token-version': '2' } },
  ],
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, circleci.options);
  const organisation = organisationOf(job);
  const project = uuid(job, 'project-id', derivedUuid('project', 'my-project'));
  const user = uuid(job, 'user-id', derivedUuid('user', 'me'));
  const webhook = job.flag('webhook');
  if (webhook && (job.optional('vcs-origin') ?? job.optional('vcs-ref')) !== undefined) {
    job.refuse('a job started by a custom webhook has neither vcs-origin nor vcs-ref');
  }
  const origin = webhook ? undefined : job.text('vcs-origin', 'github.com/my-org/my-repo');
  const ref = webhook ? undefined : job.text('vcs-ref', 'refs/heads/main');
  const version1 = `org/${organisation}/project/${project}/user/${user}`;
  const long = job.choice('token-version', ['2', '1']) === '2' && origin !== undefined;
  const contexts = job.list('context-ids');
  for (const context of contexts) if (!UUID.test(context)) job.refuse(`--context-ids are UUIDs, not ${context}`);
  return job.minted({
    aud: at.audience ?? organisation,
    exp: at.now + LIFETIME,
    iat: at.now,
    iss: circleci.issuer(options),
    'oidc.circleci.com/context-ids': contexts,
    'oidc.circleci.com/job-id': uuid(job, 'job-id', derivedUuid('job', at.jti)),
    'oidc.circleci.com/org-id': organisation,
    'oidc.circleci.com/pipeline-definition-id': uuid(job, 'pipeline-definition-id', derivedUuid('definition', project)),
    'oidc.circleci.com/pipeline-id': uuid(job, 'pipeline-id', derivedUuid('pipeline', at.jti)),
    'oidc.circleci.com/project-id': project,
    'oidc.circleci.com/ssh-rerun': job.flag('ssh-rerun'),
    'oidc.circleci.com/vcs-origin': origin,
    'oidc.circleci.com/vcs-ref': ref,
    'oidc.circleci.com/workflow-id': uuid(job, 'workflow-id', derivedUuid('workflow', at.jti)),
    sub: long ? `${version1}/vcs-origin/${origin}/vcs-ref/${ref}` : version1,
  });
}

function organisationOf(job: JobOptions): string {
  return uuid(job, 'org-id', derivedUuid('organisation', ORGANISATION));
}

function uuid(job: JobOptions, name: string, fallback: string): string {
  const value = job.text(name, fallback);
  if (!UUID.test(value)) job.refuse(`--${name} is a UUID, not ${value}`);
  return value;
}
