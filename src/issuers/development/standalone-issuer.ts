/**
 * The development issuer under every name: other software finds discovery and keys at the issuer's own
 * URL, `https://{host}{path}/.well-known/openid-configuration`, as with the real one.
 */
import { generic } from '../../idp/generic.ts';
import { profileOf } from '../../idp/profiles.ts';
import type { DevelopmentIssuerOptions } from './development-issuer.ts';
import { ISSUER_PATH, developmentIssuer } from './development-issuer.ts';
import { discoveryDocument } from './discovery-document.ts';
import { only, originOf, refusal, reply, type IssuerReply, type IssuerRequest } from './issuer-http.ts';

const DISCOVERY = '/.well-known/openid-configuration';
const KEYS = '/.well-known/jwks';
const METADATA = '/computeMetadata/';

/**
 * Makes the issuer. Which provider's keys answer is decided by the URL that was asked, host and path:
 * `https://token.actions.githubusercontent.com` is GitHub, a name that no profile knows is the generic
 * issuer of that name. What the development issuer has besides is under {@link ISSUER_PATH}.
 */
export function standaloneIssuer(options: DevelopmentIssuerOptions): (request: IssuerRequest) => Promise<IssuerReply> {
  const mounted = developmentIssuer(options);
  return async (request) => {
    const { path } = request;
    if (path.startsWith(`${ISSUER_PATH}/`)) return mounted({ ...request, path: path.slice(ISSUER_PATH.length) });
    if (path.startsWith(METADATA)) return mounted({ ...request, path: `/google${path}` });
    const suffix = [DISCOVERY, KEYS].find((end) => path.endsWith(end));
    if (suffix === undefined) return refusal(404, `The issuer has no ${path}.`);
    const origin = originOf(request);
    if (origin === undefined) return refusal(400, 'The Host header names no host.');
    const issuer = `https://${origin.host}${path.slice(0, -suffix.length)}`;
    const provider = profileOf(issuer.slice('https://'.length));
    const refused = only('GET', request);
    if (refused !== undefined) return refused;
    if (suffix === KEYS) {
      const { published } = await options.keys.keysOf(provider);
      return reply(200, { keys: published }, ['cache-control', 'no-cache']);
    }
    const named = provider === generic ? { issuer } : {};
    return reply(200, { ...discoveryDocument(provider, named, `${issuer}${KEYS}`), issuer });
  };
}
