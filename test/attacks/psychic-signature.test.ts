/**
 * Signatures that hold for everything: zeros for ECDSA (CVE-2022-21449, "psychic signatures"), a
 * second form of the same signature, other encodings of it, trailing bytes.
 */
import { sign } from 'node:crypto';
import { test } from 'node:test';
import { signingKey } from '../../src/issuers/testing/https-issuer.ts';
import { forgedToken, signedBy, type Signer } from './forged-token.ts';
import { besiege, NOT_VALIDATED, trusting } from './siege.ts';

/** The order of P-256 (FIPS 186-5). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const URL_OF_EC = 'https://ec.example';

const siege = await besiege();
const key = signingKey('ec');
const issuer = await siege.issuer(URL_OF_EC);
issuer.serve([key]);
await siege.provider(URL_OF_EC);
await siege.role('ec', URL_OF_EC, trusting(URL_OF_EC));

function bytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}

function token(signer: Signer): string {
  return forgedToken({ alg: 'ES256', kid: 'ec' }, siege.claims({ iss: URL_OF_EC }), signer);
}

test('R or S of zero, of the order and beyond it hold for nothing', async () => {
  await siege.letIn(token(signedBy(key.privateKey)), 'ec');
  const one = bytes(1n);
  for (const odd of [bytes(0n), bytes(ORDER), bytes(ORDER + 1n), Buffer.alloc(32, 0xff)]) {
    for (const pair of [
      [odd, odd],
      [odd, one],
      [one, odd],
    ]) {
      await siege.refused(
        token(() => Buffer.concat(pair)),
        NOT_VALIDATED,
        'ec',
      );
    }
  }
});

test('a signature in DER, cut, or with bytes after it is none', async () => {
  const signer = signedBy(key.privateKey);
  for (const change of [
    (input: Buffer) => sign('sha256', input, key.privateKey),
    (input: Buffer) => signer(input).subarray(0, 63),
    (input: Buffer) => Buffer.concat([signer(input), Buffer.of(0)]),
    (input: Buffer) => Buffer.concat([Buffer.of(0), signer(input)]),
    (input: Buffer) => Buffer.concat([signer(input), signer(input)]),
  ]) {
    await siege.refused(token(change), NOT_VALIDATED, 'ec');
  }
});

test('the signature of other claims, or of the same claims under another header, does not hold', async () => {
  const good = token(signedBy(key.privateKey)).split('.');
  const other = forgedToken({ alg: 'ES256', kid: 'ec' }, siege.claims({ iss: URL_OF_EC, sub: 'other' }), () =>
    Buffer.from(good[2] ?? '', 'base64url'),
  );
  await siege.refused(other, NOT_VALIDATED, 'ec');
  const header = Buffer.from('{"kid":"ec","alg":"ES256"}').toString('base64url');
  await siege.refused([header, good[1], good[2]].join('.'), NOT_VALIDATED, 'ec');
});
