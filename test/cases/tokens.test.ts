/** Runs the token cases of test/cases/tokens/*.json: each a sentence, its source, a token and what STS says to it. */
import assert from 'node:assert/strict';
import type { KeyObject } from 'node:crypto';
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { importKeySet } from '../../src/tokens/key-set.ts';
import { rolesClaim } from '../../src/tokens/roles-claim.ts';
import { sessionTags } from '../../src/tokens/session-tags.ts';
import { sourceIdentityClaim } from '../../src/tokens/source-identity.ts';
import { verifyToken } from '../../src/tokens/verify.ts';

/** One key of a case's key set: a named key of this test, changed; or a whole JWK. */
interface KeyCase {
  readonly key?: string;
  readonly kid?: string;
  readonly members?: Readonly<Record<string, unknown>>;
  readonly without?: readonly string[];
  readonly evenModulus?: boolean;
  readonly padModulus?: boolean;
  readonly jwk?: Readonly<Record<string, unknown>>;
}

interface Case {
  readonly name: string;
  readonly source: string;
  readonly expect: Readonly<Record<string, unknown>>;
  // kind verify: how the token departs from a good one
  readonly header?: Readonly<Record<string, unknown>>;
  readonly headerText?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly without?: readonly string[];
  readonly payload?: string;
  readonly payloadBytes?: string;
  readonly token?: string;
  readonly prefix?: string;
  readonly appendix?: string;
  readonly signWith?: string;
  readonly hmacWithPublicKey?: string;
  readonly tamper?: string;
  readonly jwks?: readonly KeyCase[];
  readonly fill?: { readonly key: string; readonly count: number };
  readonly clientIds?: readonly string[] | 'any';
  readonly now?: number;
  // the other kinds
  readonly claim?: unknown;
  readonly role?: string;
}

interface CaseFile {
  readonly kind: 'verify' | 'roles' | 'tags' | 'sourceIdentity';
  readonly about: string;
  readonly cases: readonly Case[];
}

const FOLDER = join(import.meta.dirname, 'tokens');
const NOW = 1_789_123_721;
const GOOD_HEADER = { alg: 'RS256', kid: 'main', typ: 'JWT' };
const GOOD_CLAIMS = {
  iss: 'https://issuer.example.com',
  sub: 'subject-1',
  aud: 'client-a',
  iat: 1_789_123_688,
  exp: 1_789_124_598,
};
/** A self-signed certificate of a key that was thrown away: no key of this test. */
const CERTIFICATE = readFileSync(join(FOLDER, 'certificate.pem'), 'utf8').replaceAll(/-----[^-]+-----|\s/g, '');

const rsa = (modulusLength: number): KeyObject => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const ec = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).privateKey;
const KEYS: Readonly<Record<string, KeyObject>> = {
  rsa: rsa(2048),
  rsa2: rsa(2048),
  rsa1024: rsa(1024),
  p256: ec('P-256'),
  p384: ec('P-384'),
  p521: ec('P-521'),
};

for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.json'))) {
  const file: CaseFile = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
  describe(`${name}: ${file.about}`, () => {
    for (const one of file.cases) test(`${one.name} [${one.source}]`, () => run(file.kind, one));
  });
}

function run(kind: CaseFile['kind'], one: Case): void {
  switch (kind) {
    case 'verify':
      return runVerify(one);
    case 'roles':
      return assertSame(rolesClaim(withClaim('roles', one), one.role ?? ''), one);
    case 'tags':
      return runTags(one);
    case 'sourceIdentity': {
      const value = sourceIdentityClaim(withClaim('source_identity', one));
      return assertSame(typeof value === 'object' ? value : { value: value ?? null }, one);
    }
    default:
      kind satisfies never;
  }
}

function runVerify(one: Case): void {
  const keys = importKeySet({ keys: keySetOf(one) });
  assert.ok(keys);
  const result = verifyToken(tokenOf(one), { now: one.now ?? NOW, clientIds: one.clientIds ?? ['client-a'], keys });
  const { verified } = one.expect;
  if (typeof verified !== 'object' || verified === null) return assertSame(result, one);
  assert.equal(result.kind, 'verified', JSON.stringify(result));
  for (const [member, value] of Object.entries(verified)) {
    assert.deepEqual(Object.entries(result).find(([name]) => name === member)?.[1], value);
  }
}

function runTags(one: Case): void {
  const result = sessionTags(one.claims ?? {});
  if (!('count' in one.expect)) return assertSame(result, one);
  assert.ok('tags' in result);
  assert.equal(result.tags.length, one.expect['count']);
}

/** A refusal is compared by code and sentence, and its detail must say something; anything else as a whole. */
function assertSame(result: object, one: Case): void {
  if (!('code' in one.expect)) return assert.deepEqual(result, one.expect);
  assert.ok('detail' in result && 'code' in result && 'message' in result, `accepted: ${JSON.stringify(result)}`);
  assert.deepEqual({ code: result.code, message: result.message }, one.expect);
  assert.match(String(result.detail), /\w/);
}

function withClaim(name: string, one: Case): Record<string, unknown> {
  return 'claim' in one ? { [`https://aws.amazon.com/${name}`]: one.claim } : {};
}

function keySetOf(one: Case): Record<string, unknown>[] {
  const { fill } = one;
  const filler = Array.from({ length: fill?.count ?? 0 }, (_, index) => ({
    key: fill?.key ?? '',
    kid: `fill-${index}`,
  }));
  return [...(one.jwks ?? [{ key: 'rsa', kid: 'main' }]), ...filler].map(jwkOf);
}

function jwkOf(one: KeyCase): Record<string, unknown> {
  if (one.jwk !== undefined) return one.jwk;
  const jwk: Record<string, unknown> = {
    ...createPublicKey(keyOf(one.key)).export({ format: 'jwk' }),
    ...(one.kid === undefined ? {} : { kid: one.kid }),
    ...one.members,
  };
  for (const member of one.without ?? []) delete jwk[member];
  if (Array.isArray(jwk['x5c']) && jwk['x5c'][0] === 'certificate') jwk['x5c'] = [CERTIFICATE];
  if (one.padModulus === true) jwk['n'] = `${String(jwk['n'])}==`;
  if (one.evenModulus === true) {
    const modulus = Buffer.from(String(jwk['n']), 'base64url');
    modulus[modulus.length - 1] = (modulus.at(-1) ?? 0) & 0xfe;
    jwk['n'] = modulus.toString('base64url');
  }
  return jwk;
}

function tokenOf(one: Case): string {
  if (one.token !== undefined) return one.token;
  const headerText = one.headerText ?? JSON.stringify(one.header ?? GOOD_HEADER);
  const claims: Record<string, unknown> = { ...GOOD_CLAIMS, ...one.claims };
  for (const claim of one.without ?? []) delete claims[claim];
  const payload =
    one.payloadBytes === undefined
      ? Buffer.from(one.payload ?? JSON.stringify(claims))
      : Buffer.from(one.payloadBytes, 'hex');
  const input = `${Buffer.from(headerText).toString('base64url')}.${payload.toString('base64url')}`;
  const token = `${input}.${signatureOf(one, headerText, input).toString('base64url')}`;
  return `${one.prefix ?? ''}${tampered(token, one.tamper)}${one.appendix ?? ''}`;
}

function signatureOf(one: Case, headerText: string, input: string): Buffer {
  if (one.hmacWithPublicKey !== undefined) {
    const pem = createPublicKey(keyOf(one.hmacWithPublicKey)).export({ format: 'pem', type: 'spki' });
    return createHmac('sha256', pem).update(input).digest();
  }
  const hash = `sha${/"alg":"(?:RS|ES)(384|512)"/.exec(one.header === undefined ? '' : headerText)?.[1] ?? '256'}`;
  const dsaEncoding = one.tamper === 'der signature' ? 'der' : 'ieee-p1363';
  return sign(hash, Buffer.from(input), { key: keyOf(one.signWith ?? 'rsa'), dsaEncoding });
}

function tampered(token: string, how: string | undefined): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  switch (how) {
    case undefined:
    case 'der signature':
      return token;
    case 'payload': {
      const claims = Buffer.from(payload, 'base64url').toString().replace('subject-1', 'subject-2');
      return `${header}.${Buffer.from(claims).toString('base64url')}.${signature}`;
    }
    case 'signature':
      bytes[10] = (bytes[10] ?? 0) ^ 1;
      return `${header}.${payload}.${bytes.toString('base64url')}`;
    case 'no signature':
      return `${header}.${payload}.`;
    case 'zero signature':
      return `${header}.${payload}.${Buffer.alloc(bytes.length).toString('base64url')}`;
    case 'stray bits':
      // 256 bytes leave four spare bits in the last letter, all zero: A, Q, g or w. Its neighbour decodes the same.
      return token.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1));
    case 'standard base64':
      return `${Buffer.from(header, 'base64url').toString('base64').replaceAll('=', '')}.${payload}.${signature}`;
    default:
      throw new TypeError(`unknown tampering ${how}`);
  }
}

function keyOf(name: string | undefined): KeyObject {
  const key = KEYS[name ?? ''];
  assert.ok(key, `no key ${name}`);
  return key;
}
