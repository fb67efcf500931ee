/**
 * Key sets with keys that no issuer should publish: exponent 1, where a message is its own signature;
 * exponent 3 with a forged padding (Bleichenbacher 2006, CVE-2006-4339); keys too small, too large to
 * check in reasonable time (CVE-2023-6237, CVE-2023-29409), even, or off their curve.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { rsaSigningKey, type SigningKey } from '../../src/issuers/testing/https-issuer.ts';
import { forgedToken, type Signer } from './forged-token.ts';
import { besiege, NO_KEY, NOT_VALIDATED, trusting } from './siege.ts';

/** DER of the DigestInfo of SHA-256 before the digest (RFC 8017 section 9.2). */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const URL_OF_WEAK = 'https://weak.example';

const siege = await besiege({ bounds: { noCacheSeconds: 0, unknownKidSeconds: 0 } });
const weak = await siege.issuer(URL_OF_WEAK);
await siege.provider(URL_OF_WEAK);
await siege.role('weak', URL_OF_WEAK, trusting(URL_OF_WEAK));
const good = rsaSigningKey('good');

/** Publishes the odd key beside a good one, which must go on working. */
async function publish(jwk: Readonly<Record<string, unknown>>): Promise<void> {
  weak.serveJwks({ keys: [{ use: 'sig', alg: 'RS256', kid: 'odd', ...jwk }, good.jwk] }, 'no-cache');
  siege.pass(3);
  await siege.letIn(siege.token({ iss: URL_OF_WEAK }, { kid: 'good' }, good), 'weak');
}

function oddToken(signer: Signer, alg = 'RS256'): string {
  return forgedToken({ alg, kid: 'odd' }, siege.claims({ iss: URL_OF_WEAK }), signer);
}

/** The padded digest that an RSA signature of this many bytes must open to. */
function padded(input: Buffer, length: number): Buffer {
  const end = Buffer.concat([DIGEST_INFO, createHash('sha256').update(input).digest()]);
  return Buffer.concat([Buffer.of(0, 1), Buffer.alloc(length - end.length - 3, 0xff), Buffer.of(0), end]);
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

test('exponent 1: the padded digest itself would be the signature of any token', async () => {
  const { n } = good.jwk;
  for (const e of ['AQ', 'AAE', 'AAAB']) {
    await publish({ kty: 'RSA', n, e });
    await siege.refused(
      oddToken((input) => padded(input, 256)),
      NO_KEY,
      'weak',
    );
  }
});

test('exponents that are even, zero, or beyond 2^31 make no key', async () => {
  const { n } = good.jwk;
  const huge = randomBytes(256);
  huge[255] = (huge[255] ?? 0) | 1;
  for (const e of [Buffer.of(0), Buffer.of(2), Buffer.of(1, 0, 0), Buffer.from('0100000001', 'hex'), huge]) {
    await publish({ kty: 'RSA', n, e: e.toString('base64url') });
    await siege.refused(
      oddToken((input) => padded(input, 256)),
      NO_KEY,
      'weak',
    );
  }
});

test('exponent 3 is a key, but a cube root with garbage behind the digest is no signature', async () => {
  const three: SigningKey = rsaSigningKey('odd', 3);
  await publish(three.jwk);
  await siege.letIn(siege.token({ iss: URL_OF_WEAK }, { kid: 'odd' }, three), 'weak');
  const forged = oddToken((input) => {
    const end = Buffer.concat([DIGEST_INFO, createHash('sha256').update(input).digest()]);
    const start = Buffer.concat([Buffer.of(0, 1), Buffer.alloc(8, 0xff), Buffer.of(0), end]);
    const wanted = numberOf(Buffer.concat([start, Buffer.alloc(256 - start.length, 0)]));
    const root = cubeRoot(wanted) + 1n;
    const cube = Buffer.from((root ** 3n).toString(16).padStart(512, '0'), 'hex');
    assert.deepEqual(cube.subarray(0, start.length), start, 'the forgery opens to the right beginning');
    return Buffer.from(root.toString(16).padStart(512, '0'), 'hex');
  });
  await siege.refused(forged, NOT_VALIDATED, 'weak');
});

test('a modulus that is too small, even, zero or endless makes no key, and costs no time', async () => {
  const odd = (bytes: number): string => {
    const modulus = randomBytes(bytes);
    modulus[0] = (modulus[0] ?? 0) | 0x80;
    modulus[bytes - 1] = (modulus[bytes - 1] ?? 0) | 1;
    return modulus.toString('base64url');
  };
  const even = Buffer.concat([Buffer.of(0x80), Buffer.alloc(255)]).toString('base64url');
  const leadingZeros = Buffer.concat([Buffer.alloc(128), Buffer.from(odd(128), 'base64url')]).toString('base64url');
  for (const n of [
    odd(64),
    odd(128),
    odd(255),
    leadingZeros,
    even,
    'AA',
    '',
    odd(2048),
    odd(100_000),
    `${odd(256)}=`,
  ]) {
    await publish({ kty: 'RSA', n, e: 'AQAB' });
    const started = performance.now();
    await siege.refused(
      oddToken((input) => padded(input, 256)),
      NO_KEY,
      'weak',
    );
    assert.ok(performance.now() - started < 1000, `a modulus of ${n.length} characters took its time`);
  }
});

test('EC points off their curve, at infinity, of other lengths, or on curves that STS lacks make no key', async () => {
  const x = Buffer.alloc(32, 1).toString('base64url');
  const zero = Buffer.alloc(32).toString('base64url');
  for (const jwk of [
    { crv: 'P-256', x, y: x },
    { crv: 'P-256', x: zero, y: zero },
    { crv: 'P-256', x: Buffer.alloc(33, 1).toString('base64url'), y: x },
    { crv: 'P-256', x },
    { crv: 'secp256k1', x, y: x },
    { crv: 'P-192', x, y: x },
    { crv: '__proto__', x, y: x },
  ]) {
    await publish({ kty: 'EC', alg: 'ES256', ...jwk });
    await siege.refused(
      oddToken(() => Buffer.alloc(64, 1), 'ES256'),
      NO_KEY,
      'weak',
    );
  }
});

test('symmetric and Edwards keys are no keys', async () => {
  const k = Buffer.alloc(32, 7).toString('base64url');
  for (const jwk of [{ kty: 'oct', k, alg: 'HS256' }, { kty: 'OKP', crv: 'Ed25519', x: k }, { kty: 'none' }, {}]) {
    await publish(jwk);
    await siege.refused(
      oddToken(() => Buffer.alloc(256, 1)),
      NO_KEY,
      'weak',
    );
  }
});

/** Rounded down (Newton's method). */
function cubeRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 3));
  for (;;) {
    const next = (2n * root + value / (root * root)) / 3n;
    if (next >= root) return root;
    root = next;
  }
}
