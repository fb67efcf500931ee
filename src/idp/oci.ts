/** Oracle Cloud Infrastructure: tokens of an identity domain with its own issuer (reference oidc-issuers 4.3). */
import { claimKey } from './claim-key.ts';
import { derivedHex } from './derived-id.ts';
import { JobOptions } from './job-options.ts';
import type { IdentityProvider, MintMoment, Minted, MintOptions } from './profile.ts';

const DOMAIN = derivedHex('identity domain', 'my-domain', 32);
const LIFETIME = 3_600;

/** Oracle Cloud Infrastructure identity domains. */
export const oci: IdentityProvider = {
  name: 'oci',
  title: 'Oracle Cloud Infrastructure',
  matches: (issuer) => /^idcs-[0-9a-z]+\.identity\.oraclecloud\.com$/.test(issuer),
  keys: [claimKey('rpst_id')],
  issuer: (options) => `https://idcs-${new JobOptions(options).text('domain-id', DOMAIN)}.identity.oraclecloud.com`,
  defaultAudience: () => 'sts.amazonaws.com',
  options: [
    { name: 'domain-id', help: 'id of the identity domain, 32 hexadecimal digits', example: DOMAIN },
    { name: 'subject', help: 'sub: the confidential application', example: derivedHex('application', 'my-app', 32) },
    { name: 'rpst-id', help: 'resource principal session token id', example: 'ocid1.instance.oc1..example' },
  ],
  kidForm: 'base64url43',
  mint,
};

function mint(options: MintOptions, at: MintMoment): Minted {
  const job = new JobOptions(options, oci.options);
  const domain = job.text('domain-id', DOMAIN);
  if (!/^[0-9a-f]{32}$/.test(domain)) job.refuse(`--domain-id has 32 hexadecimal digits, not ${domain}`);
  return job.minted({
    sub: job.text('subject', derivedHex('application', 'my-app', 32)),
    iss: oci.issuer(options),
    aud: at.audience ?? 'sts.amazonaws.com',
    // AWS names it "OCI resource principal session token ID"; which tokens carry it is not published.
    rpst_id: job.optional('rpst-id'),
    iat: at.now,
    exp: at.now + LIFETIME,
    jti: at.jti,
  });
}
