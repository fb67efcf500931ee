/**
 * Issuers that sign for everyone's tenants, and the condition that a trust policy must have on them
 * (reference aws-federation 5 and 12.5; AWS's page "Identity-provider controls for shared OIDC providers").
 */

/** One row of AWS's table. */
export interface SharedProvider {
  readonly title: string;
  /** Without `https://`. */
  readonly issuer: string;
  /** Last parts of the required keys (`sub`), any one of which is enough; or one full key (`sts:RoleSessionName`). */
  readonly keys: readonly string[];
  /** Every issuer that starts with {@link issuer} is meant, not only this one. */
  readonly prefix: boolean;
  /** What the refusal prints as trusted principal: GitHub's the provider's ARN, the others the bare issuer. */
  readonly names: 'arn' | 'issuer';
}

const COGNITO = 'cognito-identity.amazonaws.com';
const TURBONOMIC_S3 = 'rh-oidc.s3.us-east-1.amazonaws.com';
const TURBONOMIC_OPENSHIFT = 'oidc.op1.openshiftapps.com';
const TURBONOMIC_ISSUERS = [
  `${TURBONOMIC_S3}/22ejnvnnturfmt6km08idd0nt4hekbn7`,
  `${TURBONOMIC_S3}/23e3sd27sju1hoou6ohfs68vbno607tr`,
  `${TURBONOMIC_S3}/23ne21h005qjl3n33d8dui5dlrmv2tmg`,
  `${TURBONOMIC_S3}/24jrf12m5dj7ljlfb4ta2frhrcoadm26`,
  `${TURBONOMIC_OPENSHIFT}/2c51blsaqa9gkjt0o9rt11mle8mmropu`,
  `${TURBONOMIC_OPENSHIFT}/2f785sojlpb85i7402pk3qogugim5nfb`,
];

/** All 22 issuers of AWS's table. */
export const SHARED_PROVIDERS: readonly SharedProvider[] = [
  row('Amazon Cognito', COGNITO, ['aud']),
  row('Azure Sentinel', 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d', ['sts:RoleSessionName']),
  row('Buildkite', 'agent.buildkite.com', ['sub']),
  row('Codefresh SaaS', 'oidc.codefresh.io', ['sub']),
  row('DVC Studio', 'studio.datachain.ai/api', ['sub']),
  {
    ...row('GitHub Actions', 'token.actions.githubusercontent.com', ['sub', 'job_workflow_ref']),
    prefix: true,
    names: 'arn',
  },
  row('GitHub audit log streaming', 'oidc-configuration.audit-log.githubusercontent.com', ['sub']),
  row('GitHub vstoken', 'vstoken.actions.githubusercontent.com', ['sub']),
  row('GitLab', 'gitlab.com', ['sub']),
  ...TURBONOMIC_ISSUERS.map((issuer) => row('IBM Turbonomic SaaS', issuer, ['sub'])),
  row('Pulumi Cloud', 'api.pulumi.com/oidc', ['aud']),
  row('sandboxes.cloud', 'sandboxes.cloud', ['aud']),
  row('Scalr', 'scalr.io', ['sub']),
  row('Shisho Cloud', 'tokens.cloud.shisho.dev', ['sub']),
  row('HCP Terraform', 'app.terraform.io', ['sub']),
  row('Upbound', 'proidc.upbound.io', ['sub']),
  row('Vercel global endpoint', 'oidc.vercel.com', ['aud']),
];

/**
 * The row that an issuer falls under; undefined for private issuers, which need no such condition.
 *
 * @param issuer without `https://`
 */
export function sharedProviderOf(issuer: string): SharedProvider | undefined {
  return SHARED_PROVIDERS.find((row) => (row.prefix ? issuer.startsWith(row.issuer) : issuer === row.issuer));
}

/** The full condition keys, of which one must be scoped: `token.actions.githubusercontent.com:sub`. */
export function requiredKeys(provider: SharedProvider, issuer: string): readonly string[] {
  return provider.keys.map((key) => (key.includes(':') ? key : `${issuer}:${key}`));
}

/**
 * AWS's sentence (MalformedPolicyDocument) for a trust policy without a scoped required key.
 *
 * @param issuer as in the provider's ARN
 * @param providerArn the Federated principal
 */
export function sharedProviderRefusal(provider: SharedProvider, issuer: string, providerArn: string): string {
  const principal = provider.names === 'arn' ? providerArn : issuer;
  const keys = requiredKeys(provider, issuer).join(' or ');
  return `Trust policy with trusted principal ${principal} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys} which is not scoped to all.`;
}

/**
 * AWS's sentence for a statement without any Condition that trusts Amazon Cognito; undefined for the other providers,
 * which have one sentence for everything (recorded).
 */
export function unconditionalRefusal({ issuer }: SharedProvider): string | undefined {
  return issuer === COGNITO ? 'A condition block must be present for the Cognito provider' : undefined;
}

function row(title: string, issuer: string, keys: readonly string[]): SharedProvider {
  return { title, issuer, keys, prefix: false, names: 'issuer' };
}
