/** The standalone issuer on a socket: https under a generated authority that other software can trust. */
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { makeIdentity, readAuthority, type Identity } from '../../issuers/certificates.ts';
import { ISSUER_BODY_LIMIT } from '../../issuers/development/development-issuer.ts';
import type { IssuerReply, IssuerRequest } from '../../issuers/development/issuer-http.ts';
import { StartError } from '../build-sojourn.ts';
import { readJsonFile, writeJsonFile, type DataDirectory } from '../data-directory.ts';

/** Where to listen, and for which names. */
export interface IssuerServerOptions {
  readonly host: string;
  readonly port: number;
  /** Host names and addresses that the certificate is for. */
  readonly names: readonly string[];
  readonly authority: Identity;
}

/** A listening issuer. */
export interface IssuerServer {
  readonly port: number;
  stop(): Promise<void>;
}

const AUTHORITY = 'Sojourn development issuer CA';
const YEAR = 365 * 86_400_000;

/** The file with the authority's certificate, for clients to trust. */
export function authorityFile(directory: DataDirectory): string {
  return join(directory.path, 'issuer-ca.pem');
}

/**
 * The authority in the data directory, made at the first start. Its key signs certificates for any name:
 * it stays in a file that only its owner can read, and is for machines of tests only.
 *
 * @throws StartError when the file is not one that was written here
 */
export function developmentAuthority(directory: DataDirectory): Identity {
  const path = join(directory.path, 'issuer-ca.json');
  const stored = readJsonFile(path);
  const authority =
    stored === undefined
      ? makeIdentity(AUTHORITY, { authority: true, to: Date.now() + 10 * YEAR })
      : storedAuthority(stored);
  if (authority === undefined)
    throw new StartError(`${path} holds no certificate authority: remove it to get a new one.`);
  if (stored === undefined) writeJsonFile(path, { certificate: authority.pem, privateKey: authority.keyPem });
  writeFileSync(authorityFile(directory), authority.pem);
  return authority;
}

/** Listens and answers when the port is bound. Rejects when it cannot be. */
export async function listenIssuer(
  answer: (request: IssuerRequest) => Promise<IssuerReply>,
  options: IssuerServerOptions,
): Promise<IssuerServer> {
  const leaf = makeIdentity(options.names[0] ?? 'localhost', {
    issuer: options.authority,
    hosts: options.names,
    to: Date.now() + YEAR,
  });
  const server = createServer(
    { key: leaf.keyPem, cert: leaf.chainPem, minVersion: 'TLSv1.2', headersTimeout: 10_000, requestTimeout: 30_000 },
    (message, response) => void serve(message, response, answer),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether a certificate can be for this: a host name, or an address. */
export function isCertificateName(text: string): boolean {
  return (
    isIP(text) > 0 ||
    (text.length <= 253 &&
      /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(text))
  );
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  answer: (request: IssuerRequest) => Promise<IssuerReply>,
): Promise<void> {
  try {
    const body = await wholeBody(message);
    const [path = '/', query = ''] = (message.url ?? '/').split('?', 2);
    const reply: IssuerReply =
      body === undefined
        ? { status: 413, headers: [['connection', 'close']], body: '' }
        : await answer({ method: message.method ?? 'GET', path, query, headers: message.headers, body, secure: true });
    for (const [name, value] of reply.headers) response.setHeader(name, value);
    response.setHeader('content-length', Buffer.byteLength(reply.body));
    response.writeHead(reply.status).end(message.method === 'HEAD' ? undefined : reply.body);
  } catch {
    // The key file cannot be read or written, or the client went away.
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
}

async function wholeBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const arriving: AsyncIterable<unknown> = message;
  for await (const chunk of arriving) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size > ISSUER_BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function storedAuthority(stored: unknown): Identity | undefined {
  if (typeof stored !== 'object' || stored === null || !('certificate' in stored) || !('privateKey' in stored)) return;
  const { certificate, privateKey } = stored;
  if (typeof certificate !== 'string' || typeof privateKey !== 'string') return undefined;
  return readAuthority(AUTHORITY, certificate, privateKey);
}
