/** The URL of an OIDC provider: what CreateOpenIDConnectProvider accepts, and the issuer it stands for. */
import { iamError } from './errors.ts';

const SCHEME = 'https://';
/** Host, optional port, path: letters that a URL may hold without a query, fragment or user. */
const HOST_AND_PATH = /^([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]+))?(\/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?$/;

/**
 * The issuer without `https://`, path and trailing slash kept, `:443` dropped.
 *
 * Throws `ValidationError` without a scheme, `InvalidInput` for another scheme, a port, a query, a
 * fragment, a user (reference aws-federation 3 and 12.9). Of a query and a fragment AWS says `Unknown`,
 * no more (observed in September 2026).
 */
export function issuerOfUrl(url: string): string {
  const cut = url.indexOf('://');
  if (cut <= 0) throw iamError('ValidationError', 'Invalid Open ID Connect Provider URL');
  if (!url.startsWith(SCHEME)) {
    throw iamError('InvalidInput', 'Invalid Open ID Connect Provider URL. The URL must begin with https://.');
  }
  if (/[?#]/.test(url)) throw iamError('InvalidInput', 'Unknown');
  const [, host, port, path] = HOST_AND_PATH.exec(url.slice(SCHEME.length)) ?? [];
  if (host === undefined || host.includes('..') || (port !== undefined && port !== '443')) {
    throw iamError('InvalidInput', 'Invalid Open ID Connect Provider URL.');
  }
  return host + (path ?? '');
}
