/** Google: identity tokens of service accounts (reference oidc-issuers 4.2). AWS has the issuer built in. */
import { derivedNumber } from './derived-id.ts';
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

const ISSUER = 'accounts.google.com';
const ACCOUNT = 'default@my-project.iam.gserviceaccount.com';
const LIFETIME = 3_600;

/** Google Cloud service accounts. */
export const google: IdentityProvider = {
  name: 'google',
  title: 'Google Cloud',
  matches: (issuer) => issuer === ISSUER,
  keys: [
    {
      key: 'google/organization_number',
      // AWS's table reads as the nested object; the flat spellings were seen elsewhere (aws-federation 4.1).
      claim: [['google', 'organization_number'], ['google/organization_number'], ['google:organization_number']],
      type: 'Numeric',
      multivalued: false,
      inSession: false,
    },
  ],
  issuer: () => `https://${ISSUER}`,
  defaultAudience: () => 'sts.amazonaws.com',
  options: [
    { name: 'service-account', help: 'e-mail of the service account', example: ACCOUNT },
    { name: 'unique-id', help: 'its number: azp and sub', example: '112233445566778899000' },
    { name: 'organization-number', help: 'number of the organisation', example: '123456789012' },
    { name: 'instance', help: 'name of the instance: the token as with format=full', example: 'runner-1' },
    { name: 'zone', help: 'zone of the instance', example: 'us-central1-a' },
    { name: 'project-id', help: 'project of the instance', example: 'my-project' },
  ],
  kidForm: 'hex40',
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, google.options);
  const email = job.text('service-account', ACCOUNT);
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) job.refuse(`--service-account is an e-mail address, not ${email}`);
  const account = job.digits('unique-id', derivedNumber('service account', email, 21));
  return job.minted({
    aud: at.audience ?? 'sts.amazonaws.com',
    azp: account,
    email,
    email_verified: true,
    exp: at.now + LIFETIME,
    google: googleObject(job),
    iat: at.now,
    iss: `https://${ISSUER}`,
    sub: account,
  });
}

/** `google` is there when the organisation or the instance was asked for. */
function googleObject(job: JobOptions): Record<string, unknown> | undefined {
  const organization = job.optional('organization-number');
  const instance = job.optional('instance');
  if (instance === undefined && (job.optional('zone') ?? job.optional('project-id')) !== undefined) {
    job.refuse('--zone and --project-id describe the instance: name it with --instance');
  }
  if (organization === undefined && instance === undefined) return undefined;
  const projectId = job.text('project-id', 'my-project');
  return {
    ...(instance === undefined
      ? {}
      : {
          compute_engine: {
            instance_id: derivedNumber('instance', `${projectId} ${instance}`, 19),
            instance_name: instance,
            project_id: projectId,
            project_number: Number(derivedNumber('project', projectId, 12)),
            zone: job.text('zone', 'us-central1-a'),
          },
        }),
    ...(organization === undefined
      ? {}
      : { organization_number: Number(job.digits('organization-number', organization)) }),
  };
}
