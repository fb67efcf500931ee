/**
 * Google's metadata server, as far as an instance asks it for an identity token
 * (reference oidc-issuers 4.2): a plain GET, and a header that no browser sends unasked.
 */
import type { MintOptions } from '../../idp/profile.ts';
import { google } from '../../idp/google.ts';
import type { DevelopmentKeys } from './development-keys.ts';
import { headerOf, hostRefusal, only, type IssuerReply, type IssuerRequest } from './issuer-http.ts';
import { mintToken } from './mint-token.ts';

const ACCOUNTS = 'computeMetadata/v1/instance/service-accounts/';
/** The names by which an instance knows its metadata server. */
const METADATA_HOSTS = ['metadata', 'metadata.google.internal', '169.254.169.254'];
const AUDIENCE_LIMIT = 1000;

/** Whether the path, without its leading slash, is the metadata server's. */
export function isMetadataPath(path: string): boolean {
  return path.startsWith('computeMetadata/');
}

/**
 * Answers `…/service-accounts/{default or e-mail}/identity?audience=…&format=…` with the bare token.
 *
 * @param path without its leading slash
 * @param hosts names beside loopback's and the metadata server's own
 * @param now milliseconds since the epoch
 */
export async function metadataAnswer(
  path: string,
  request: IssuerRequest,
  keys: DevelopmentKeys,
  hosts: readonly string[],
  now: number,
): Promise<IssuerReply> {
  const refused = only('GET', request) ?? hostRefusal(request, [...METADATA_HOSTS, ...hosts]);
  if (refused !== undefined) return refused;
  if (headerOf(request, 'metadata-flavor') !== 'Google') return text(403, 'Missing Metadata-Flavor:Google header.');
  // The real one refuses what a proxy passed on: it would speak for an instance that it does not know.
  if (request.headers['x-forwarded-for'] !== undefined) return text(403, 'X-Forwarded-For is not allowed.');
  const [account = '', rest] = path.startsWith(ACCOUNTS) ? path.slice(ACCOUNTS.length).split('/', 2) : [];
  if (rest !== 'identity' || path.split('/').length !== 6)
    return text(404, 'Sojourn has the identity of service accounts only.');
  const query = new URLSearchParams(request.query);
  const audience = query.get('audience') ?? '';
  if (audience === '' || audience.length > AUDIENCE_LIMIT) return text(400, 'non-empty audience parameter required');
  const minted = await mintToken(keys, google, optionsOf(account, query.get('format')), {
    audience,
    now: Math.floor(now / 1000),
  });
  return minted.kind === 'token' ? text(200, minted.token) : text(404, minted.why);
}

/** `format=full` describes the instance in the token, `standard` (the default) does not. */
function optionsOf(account: string, format: string | null): MintOptions {
  return {
    ...(account !== 'default' && { 'service-account': decoded(account) }),
    ...(format === 'full' && { instance: 'instance-1' }),
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function text(status: number, body: string): IssuerReply {
  return {
    status,
    headers: [
      ['content-type', 'text/plain; charset=utf-8'],
      ['metadata-flavor', 'Google'],
      ['cache-control', 'no-store'],
    ],
    body,
  };
}
