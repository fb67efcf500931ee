/** X.509 certificates made in process (RFC 5280): for `sojourn issuer`, and for the https issuers that tests start. */
import {
  X509Certificate,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate with its key, and the certificates above it that a server would send. */
export interface Identity {
  readonly name: string;
  readonly certificate: Buffer;
  readonly privateKey: KeyObject;
  /** The certificate and those above it, PEM, leaf first; the root is not among them. */
  readonly chainPem: string;
  readonly keyPem: string;
  /** SHA-1 over the certificate is computed from this: PEM of the certificate alone. */
  readonly pem: string;
}

/** What the certificate says beyond its name. */
export interface CertificateOptions {
  /** Signs; self-signed when left out. */
  readonly issuer?: Identity;
  /** May sign others. */
  readonly authority?: boolean;
  /** Host names and addresses. */
  readonly hosts?: readonly string[];
  /** False: says neither its own key's name nor its issuer's, so that it is linked by names alone. */
  readonly keyIdentifiers?: false;
  /** Milliseconds since the epoch; an hour ago and in a day when left out. */
  readonly from?: number;
  readonly to?: number;
}

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/** Makes a P-256 key and a certificate for it. */
export function makeIdentity(name: string, options: CertificateOptions = {}): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const toBeSigned = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(12)])),
    ECDSA_SHA256,
    commonName(options.issuer?.name ?? name),
    sequence(utcTime(options.from ?? now - 3_600_000), utcTime(options.to ?? now + 86_400_000)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(
      0xa3,
      sequence(...extensions(options, keyIdOf(publicKey), keyIdOf(options.issuer?.privateKey ?? publicKey))),
    ),
  );
  const signature = sign('sha256', toBeSigned, options.issuer?.privateKey ?? privateKey);
  const certificate = sequence(toBeSigned, ECDSA_SHA256, tagged(0x03, Buffer.of(0), signature));
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;
  const above = options.issuer !== undefined && options.issuer.chainPem !== '' ? options.issuer.chainPem : '';
  const isRoot = options.issuer === undefined && options.authority === true;
  return {
    name,
    certificate,
    privateKey,
    pem,
    chainPem: isRoot ? '' : pem + above,
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/**
 * An authority that was made before and kept as PEM; undefined when the texts are none.
 *
 * @param name its common name
 */
export function readAuthority(name: string, pem: string, keyPem: string): Identity | undefined {
  try {
    const privateKey = createPrivateKey(keyPem);
    const { raw, ca, publicKey, subject } = new X509Certificate(pem);
    if (!ca || subject !== `CN=${name}` || !publicKey.equals(createPublicKey(privateKey))) return undefined;
    return { name, certificate: raw, privateKey, pem, keyPem, chainPem: '' };
  } catch {
    return undefined;
  }
}

/** Both identifiers are there because strict verifiers (Python's since 3.13) ask for them (RFC 5280 4.2.1.1, 4.2.1.2). */
function extensions(options: CertificateOptions, ownKeyId: Buffer, issuerKeyId: Buffer): Buffer[] {
  const found: Buffer[] = [];
  if (options.keyIdentifiers !== false) {
    found.push(sequence(oid('2.5.29.14'), octets(octets(ownKeyId))));
    found.push(sequence(oid('2.5.29.35'), octets(sequence(tagged(0x80, issuerKeyId)))));
  }
  if (options.authority === true) {
    found.push(sequence(oid('2.5.29.19'), TRUE, octets(sequence(TRUE))));
    found.push(sequence(oid('2.5.29.15'), TRUE, octets(tagged(0x03, Buffer.of(2, 0b0000_0100)))));
  } else {
    found.push(sequence(oid('2.5.29.19'), TRUE, octets(sequence())));
    found.push(sequence(oid('2.5.29.37'), octets(sequence(oid('1.3.6.1.5.5.7.3.1')))));
  }
  if (options.hosts !== undefined) {
    const names = options.hosts.map((host) =>
      isIP(host) > 0 ? tagged(0x87, addressBytes(host)) : tagged(0x82, Buffer.from(host)),
    );
    found.push(sequence(oid('2.5.29.17'), octets(sequence(...names))));
  }
  return found;
}

/** SHA-1 of the public key, as RFC 5280 section 4.2.1.2 proposes: a name, not a protection. */
function keyIdOf(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
}

/** Four or sixteen bytes. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const host = URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? '::';
  const [before = '', after] = host.split('::');
  const groups = (text: string): string[] => text.split(':').filter(Boolean);
  const rest = groups(after ?? '');
  const zeros = Array<string>(8 - groups(before).length - rest.length).fill('0');
  const all = [...groups(before), ...zeros, ...rest];
  return Buffer.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}

const TRUE = tagged(0x01, Buffer.of(0xff));

function commonName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(oid('2.5.4.3'), tagged(0x0c, Buffer.from(name)))));
}

function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function octets(content: Buffer): Buffer {
  return tagged(0x04, content);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), content]);
}
