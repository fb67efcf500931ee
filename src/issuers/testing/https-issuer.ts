/** A real https issuer on an ephemeral loopback port, whose answers a test chooses path by path. */
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { makeIdentity } from '../certificates.ts';
import type { Identity } from '../certificates.ts';

/** Answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Where an issuer says how it is ended: a test's context, or whatever outlives several tests. */
export interface Ending {
  after(end: () => unknown): void;
}

/** A running issuer; it ends with its test. */
export interface HttpsIssuer {
  readonly port: number;
  /** `https://{host}:{port}`, the name that its certificate is for. */
  readonly url: string;
  /** Path → answer; everything else is 404. */
  readonly routes: Map<string, Answer>;
  /** The paths asked for, in order. */
  readonly asked: string[];
  /** Serves discovery, and these keys at `/keys`. */
  serveKeys(keys: readonly SigningKey[], cacheControl?: string): void;
}

/** A key as an issuer has it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

/** The name under which test issuers live; only an injected resolver knows it. */
export const ISSUER_HOST = 'issuer.example';

/** The root that {@link startIssuer}'s certificates come from by default. */
export const testRoot: Identity = makeIdentity('Test Root', { authority: true });

/** An authority under {@link testRoot}. */
export const testIntermediate: Identity = makeIdentity('Test Intermediate', { authority: true, issuer: testRoot });

const defaultLeaf = makeIdentity(ISSUER_HOST, { issuer: testIntermediate, hosts: [ISSUER_HOST, '127.0.0.1'] });

/**
 * Starts an issuer.
 *
 * @param certificatePem what the server sends, leaf first
 */
export async function startIssuer(
  t: Ending,
  leaf: Identity = defaultLeaf,
  certificatePem: string = leaf.chainPem,
): Promise<HttpsIssuer> {
  const routes = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer({ key: leaf.keyPem, cert: certificatePem }, (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = routes.get(path);
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new TypeError('the server listens on no port');
  const url = `https://${ISSUER_HOST}:${address.port}`;
  return {
    port: address.port,
    url,
    routes,
    asked,
    serveKeys(keys, cacheControl) {
      routes.set('/.well-known/openid-configuration', json({ issuer: url, jwks_uri: `${url}/keys` }));
      routes.set('/keys', json({ keys: keys.map(({ jwk }) => jwk) }, cacheControl));
    },
  };
}

/** An answer with this value as JSON. */
export function json(value: unknown, cacheControl?: string): Answer {
  return (_request, response) => {
    if (cacheControl !== undefined) response.setHeader('cache-control', cacheControl);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
  };
}

/** A redirect to `location`. */
export function redirect(location: string, status = 302): Answer {
  return (_request, response) => {
    response.writeHead(status, { location }).end();
  };
}

/** A fresh P-256 signing key. */
export function signingKey(kid: string): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' } };
}

/** A fresh RSA signing key of 2048 bits. */
export function rsaSigningKey(kid: string, publicExponent = 65_537): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' } };
}

/** Resolves every name to loopback. */
export const loopback = (): Promise<readonly string[]> => Promise.resolve(['127.0.0.1']);
