/** The identity providers that AWS has built in: no provider object, the Federated principal is a bare domain. */

/** Reference aws-federation 2 (built-ins), 4.1 and 5. */
export interface BuiltInProvider {
  /** The Federated principal, and the prefix of its condition keys. */
  readonly domain: string;
  readonly title: string;
  /** `iss` of its tokens, every spelling; empty for OAuth access tokens, which are no JWTs. */
  readonly issuers: readonly string[];
  /** `ProviderId` of AssumeRoleWithWebIdentity: needed with OAuth access tokens only. */
  readonly providerId: string | undefined;
  /** Keys, one of which an Allow must test with StringEquals: no client id is registered that could do it. */
  readonly applicationKeys: readonly string[];
}

/** All four; AWS has no others. */
export const BUILT_IN_PROVIDERS: readonly BuiltInProvider[] = [
  {
    domain: 'accounts.google.com',
    title: 'Google',
    issuers: ['https://accounts.google.com', 'accounts.google.com'],
    providerId: undefined,
    applicationKeys: ['accounts.google.com:aud', 'accounts.google.com:oaud', 'accounts.google.com:sub'],
  },
  {
    domain: 'cognito-identity.amazonaws.com',
    title: 'Amazon Cognito',
    issuers: ['https://cognito-identity.amazonaws.com'],
    providerId: undefined,
    applicationKeys: ['cognito-identity.amazonaws.com:aud'],
  },
  {
    domain: 'www.amazon.com',
    title: 'Login with Amazon',
    issuers: [],
    providerId: 'www.amazon.com',
    applicationKeys: ['www.amazon.com:app_id', 'www.amazon.com:sub'],
  },
  {
    domain: 'graph.facebook.com',
    title: 'Facebook',
    issuers: [],
    providerId: 'graph.facebook.com',
    applicationKeys: ['graph.facebook.com:app_id', 'graph.facebook.com:sub'],
  },
];

/** The built-in provider whose JWTs have this `iss`, letter by letter; undefined for every other. */
export function builtInIssuer(iss: string): BuiltInProvider | undefined {
  return BUILT_IN_PROVIDERS.find((provider) => provider.issuers.includes(iss));
}

/** The built-in provider that a trust policy means by this Federated principal. */
export function builtInPrincipal(federated: string): BuiltInProvider | undefined {
  return BUILT_IN_PROVIDERS.find((provider) => provider.domain === federated);
}

/** AWS's sentence (MalformedPolicyDocument) for a trust policy that lets every application in; Cognito has its own. */
export function applicationIdRefusal(provider: BuiltInProvider): string {
  return `Policy trusting ${provider.domain} requires a StringEquals condition on an application id`;
}
