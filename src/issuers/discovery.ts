/** OpenID Connect Discovery 1.0, as far as STS needs it: from an issuer to where its keys are. */
import { fetchDocument } from './fetch-document.ts';
import type { IdentifiedServer, Reach } from './fetch-document.ts';

/** Where the issuer's keys are, or a sentence for the operator saying why that is not known. */
export type Discovered =
  | { readonly kind: 'discovered'; readonly jwksUri: string; readonly servers: readonly IdentifiedServer[] }
  | { readonly kind: 'failure'; readonly why: string };

/** The address of the issuer's discovery document: exactly one slash joins it (Discovery 1.0 section 4). */
export function discoveryUrl(issuer: string): string {
  return `${issuer.endsWith('/') ? issuer.slice(0, -1) : issuer}/.well-known/openid-configuration`;
}

/**
 * Reads the issuer's discovery document.
 *
 * `issuer` in it must be the very text asked for (section 4.3): otherwise one host could speak for
 * another. The endpoints that Discovery calls required are not: GitHub and Bitbucket leave them out
 * (reference oidc-issuers 1.2, 6).
 *
 * @param issuer with `https://`, as registered
 */
export async function discover(issuer: string, reach: Reach, signal: AbortSignal): Promise<Discovered> {
  const url = discoveryUrl(issuer);
  const fetched = await fetchDocument(url, reach, signal);
  if (fetched.kind === 'failure') return fetched;
  const { value, servers } = fetched;
  if (typeof value !== 'object' || value === null || !('issuer' in value) || !('jwks_uri' in value)) {
    return { kind: 'failure', why: `${url} has no issuer or no jwks_uri` };
  }
  if (value.issuer !== issuer) {
    return { kind: 'failure', why: `${url} names another issuer than the provider's URL, ${issuer}` };
  }
  if (typeof value.jwks_uri !== 'string' || !value.jwks_uri.toLowerCase().startsWith('https://')) {
    return { kind: 'failure', why: `the jwks_uri in ${url} is not an https URL` };
  }
  return { kind: 'discovered', jwksUri: value.jwks_uri, servers };
}
