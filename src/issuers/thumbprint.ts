/**
 * Trust in the server at the other end: a public (or the operator's) root, else the thumbprint of
 * the top intermediate certificate authority, as IAM has it (reference aws-federation 2 and 3).
 */
import { X509Certificate } from 'node:crypto';
import { checkServerIdentity } from 'node:tls';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';

/** How far a connection's server may be trusted. */
export type ServerTrust =
  | {
      readonly kind: 'identified';
      /** Whether the chain ends in a trusted root. If not, a registered thumbprint must be among `accepted`. */
      readonly trusted: boolean;
      /** SHA-1 of the top intermediate authority, 40 lower-case hex digits: what IAM would store. */
      readonly thumbprint: string;
      /** The thumbprints that speak for this chain: the one above and that of the chain's last certificate. */
      readonly accepted: readonly string[];
    }
  | { readonly kind: 'failure'; readonly why: string };

/** Longer chains are refused. */
const CHAIN_LIMIT = 10;

/** The errors that say only this: nobody we know stands at the chain's end. All others are final. */
const UNKNOWN_ROOT = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Judges the server of a finished handshake that was made with `rejectUnauthorized: false`.
 *
 * @param host the name that the certificate must be for
 * @param now milliseconds since the epoch
 */
export function serverTrust(socket: TLSSocket, host: string, now: number): ServerTrust {
  const peer = socket.getPeerCertificate(true);
  const chain = chainOf(peer);
  const last = chain.at(-1);
  if (last === undefined) return { kind: 'failure', why: `${host} sent no certificate, or more than ${CHAIN_LIMIT}` };
  if (!socket.authorized) {
    const error = String(socket.authorizationError);
    if (!UNKNOWN_ROOT.has(error)) return { kind: 'failure', why: `the certificate of ${host} is refused: ${error}` };
    const why = chainProblem(chain, now) ?? checkServerIdentity(host, peer)?.message;
    if (why !== undefined) return { kind: 'failure', why: `the certificate of ${host} is refused: ${why}` };
  }
  const thumbprint = sha1(topIntermediate(chain) ?? last);
  return {
    kind: 'identified',
    trusted: socket.authorized,
    thumbprint,
    accepted: [...new Set([thumbprint, sha1(last)])],
  };
}

/**
 * OpenSSL stops caring about a chain once its root is unknown, at the latest error; so everything
 * that a trusted chain would have been held to is held here again.
 */
function chainProblem(chain: readonly X509Certificate[], now: number): string | undefined {
  for (const [index, certificate] of chain.entries()) {
    if (now < certificate.validFromDate.getTime() || now > certificate.validToDate.getTime()) {
      return `certificate ${index} of its chain is outside its validity`;
    }
    const issuer = chain[index + 1];
    if (issuer === undefined) continue;
    if (!issuer.ca || !certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) {
      return `certificate ${index} of its chain is not issued by the next`;
    }
  }
  return undefined;
}

/** The highest authority that is not self-signed; undefined when the leaf stands alone or directly under a root. */
function topIntermediate(chain: readonly X509Certificate[]): X509Certificate | undefined {
  return chain.slice(1).findLast((certificate) => !isSelfIssued(certificate));
}

function isSelfIssued(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate);
}

/** From the leaf upwards; a root points at itself. Empty when there is none or it is too long. */
function chainOf(peer: DetailedPeerCertificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let at: DetailedPeerCertificate | undefined = peer;
  let before: DetailedPeerCertificate | undefined;
  while (at?.raw !== undefined && at !== before) {
    if (chain.length === CHAIN_LIMIT) return [];
    chain.push(new X509Certificate(at.raw));
    before = at;
    at = at.issuerCertificate;
  }
  return chain;
}

function sha1(certificate: X509Certificate): string {
  return certificate.fingerprint.replaceAll(':', '').toLowerCase();
}
