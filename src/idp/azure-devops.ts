/** Azure DevOps: the token of a service connection (reference oidc-issuers 5). */
import { derivedUuid } from './derived-id.ts';
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

const AUDIENCE = 'api://AzureADTokenExchange';
/** How long a token lives is not published; ten minutes are enough for one exchange. */
const LIFETIME = 600;

/** Azure DevOps service connections. */
export const azureDevops: IdentityProvider = {
  name: 'azure-devops',
  title: 'Azure DevOps',
  matches: (issuer) => /^vstoken\.dev\.azure\.com\/[0-9a-f-]{36}$/.test(issuer),
  keys: [],
  issuer: (options) =>
    `https://vstoken.dev.azure.com/${derivedUuid('organization', new JobOptions(options).text('organization', 'my-org'))}`,
  defaultAudience: () => AUDIENCE,
  options: [
    { name: 'organization', help: 'name of the organisation', example: 'my-org' },
    { name: 'project', help: 'name of the project', example: 'my-project' },
    { name: 'service-connection', help: 'name of the service connection', example: 'aws' },
  ],
  kidForm: 'hex40',
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, azureDevops.options);
  if (at.audience !== undefined && at.audience !== AUDIENCE) {
    job.refuse(`Azure DevOps issues tokens for the audience ${AUDIENCE} only, not for ${at.audience}`);
  }
  const parts = [
    job.text('organization', 'my-org'),
    job.text('project', 'my-project'),
    job.text('service-connection', 'aws'),
  ];
  for (const part of parts) if (part.includes('/')) job.refuse(`a name has no slash: ${part}`);
  return job.minted({
    jti: at.jti,
    sub: `sc://${parts.join('/')}`,
    aud: AUDIENCE,
    iss: azureDevops.issuer(options),
    nbf: at.now,
    exp: at.now + LIFETIME,
    iat: at.now,
  });
}
