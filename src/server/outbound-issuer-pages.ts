/** Discovery and keys of the accounts' own issuers (OpenID Connect Discovery 1.0), under `/_sojourn/oidc/{uuid}`. */
import {
  issuerUrl,
  OUTBOUND_ISSUER_PATH,
  outboundIssuerById,
  type OutboundIssuer,
} from '../federation/outbound/outbound-issuer.ts';
import { OUTBOUND_ALGORITHMS, publishedKey } from '../federation/outbound/outbound-key.ts';
import type { Sojourn } from '../federation/sojourn.ts';
import { json, type OwnPage } from './own-pages.ts';
import type { Reply } from './reply.ts';

const MOUNT = OUTBOUND_ISSUER_PATH.slice('/_sojourn'.length);
const DISCOVERY = '/.well-known/openid-configuration';
const KEY_SET = '/.well-known/jwks.json';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The pages of every account that ever switched outbound federation on; 404 for others. */
export function outboundIssuerPages(sojourn: Pick<Sojourn, 'state' | 'publicUrl'>): OwnPage {
  return async (path, incoming) => {
    if (!path.startsWith(MOUNT)) return undefined;
    const slash = path.indexOf('/', MOUNT.length);
    const id = path.slice(MOUNT.length, slash < 0 ? undefined : slash);
    const page = slash < 0 ? '' : path.slice(slash);
    const issuer = UUID.test(id) ? await outboundIssuerById(id, sojourn.state) : undefined;
    if (issuer === undefined || (page !== DISCOVERY && page !== KEY_SET)) {
      return json(404, { message: 'There is no such issuer, or it has no such page.' });
    }
    const { method } = incoming.http;
    if (method !== 'GET' && method !== 'HEAD') return json(405, { message: 'Only GET is answered here.' });
    return page === DISCOVERY ? discovery(issuer, sojourn) : publicly({ keys: issuer.keys.map(publishedKey) });
  };
}

function discovery(issuer: OutboundIssuer, sojourn: Pick<Sojourn, 'publicUrl'>): Reply {
  const url = issuerUrl(issuer, sojourn);
  return publicly({
    issuer: url,
    jwks_uri: `${url}${KEY_SET}`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: OUTBOUND_ALGORITHMS,
    claims_supported: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti', 'https://sts.amazonaws.com/'],
  });
}

/** The documents change only with the public URL: verifiers may keep them for a while. */
function publicly(document: object): Reply {
  const reply = json(200, document);
  return { ...reply, headers: [...reply.headers, ['cache-control', 'public, max-age=300']] };
}
