/** HCP Terraform and Terraform Enterprise: workload identity of a run (reference oidc-issuers 5). */
import { derivedHex } from './derived-id.ts';
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

const NOT_BEFORE = -5;

/** HCP Terraform; Terraform Enterprise when minting. */
export const terraformCloud: IdentityProvider = {
  name: 'terraform-cloud',
  title: 'HCP Terraform',
  matches: (issuer) => issuer === 'app.terraform.io',
  keys: [],
  issuer: (options) => new JobOptions(options).text('issuer', 'https://app.terraform.io'),
  defaultAudience: () => 'aws.workload.identity',
  options: [
    { name: 'organization', help: 'name of the organisation', example: 'my-org' },
    { name: 'project', help: 'name of the project', example: 'Default Project' },
    { name: 'workspace', help: 'name of the workspace', example: 'my-workspace' },
    { name: 'run-phase', help: 'plan or apply', example: 'apply' },
    { name: 'run-id', help: 'id of the run', example: 'run-CZcmD7eagjhyX0vN' },
    { name: 'phase-timeout', help: 'seconds that the phase may run, and the token lives', example: '7200' },
    { name: 'issuer', help: 'URL of a Terraform Enterprise', example: 'https://terraform.example.com' },
  ],
  kidForm: 'base64url43',
  variables: [{ name: 'TFC_WORKLOAD_IDENTITY_TOKEN' }],
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, terraformCloud.options);
  const organization = name(job, 'organization', 'my-org');
  const project = name(job, 'project', 'Default Project');
  const workspace = name(job, 'workspace', 'my-workspace');
  const phase = job.choice('run-phase', ['plan', 'apply']);
  const subject = `organization:${organization}:project:${project}:workspace:${workspace}`;
  return job.minted({
    jti: at.jti,
    iss: terraformCloud.issuer(options),
    aud: at.audience ?? 'aws.workload.identity',
    iat: at.now,
    nbf: at.now + NOT_BEFORE,
    exp: at.now + job.number('phase-timeout', 7_200),
    sub: `${subject}:run_phase:${phase}`,
    terraform_organization_id: `org-${id('organization', organization)}`,
    terraform_organization_name: organization,
    terraform_project_id: `prj-${id('project', `${organization} ${project}`)}`,
    terraform_project_name: project,
    terraform_workspace_id: `ws-${id('workspace', `${organization} ${workspace}`)}`,
    terraform_workspace_name: workspace,
    terraform_full_workspace: subject,
    terraform_run_id: job.text('run-id', `run-${id('run', at.jti)}`),
    terraform_run_phase: phase,
  });
}

/** Names may hold spaces, but a colon would make the subject ambiguous and is not allowed there. */
function name(job: JobOptions, option: string, fallback: string): string {
  const value = job.text(option, fallback);
  if (!/^[\w -]+$/.test(value)) job.refuse(`--${option} has letters, digits, blanks, - and _, not ${value}`);
  return value;
}

function id(kind: string, text: string): string {
  return derivedHex(kind, text, 16);
}
