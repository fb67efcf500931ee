/**
 * Tokens that say that they need no signature. CVE-2015-2951 and CVE-2018-1000531 (libraries that
 * believed `alg: none`), CVE-2022-23540 (one that did by default); Auth0's API in 2020 refused "none"
 * and took "nonE".
 */
import { test } from 'node:test';
import { forgedToken, signedBy, unsigned } from './forged-token.ts';
import { besiege, NOT_A_JWT, NOT_VALIDATED } from './siege.ts';

const siege = await besiege();

test('none, however it is spelled, is no algorithm, with and without a signature', async () => {
  await siege.letIn(siege.token());
  const spellings = ['none', 'None', 'NONE', 'nonE', 'none ', ' none', 'no\u200bne', 'ｎｏｎｅ', '', 'null', '0'];
  for (const alg of spellings) {
    const header = { typ: 'JWT', alg, kid: 'main' };
    await siege.refused(forgedToken(header, siege.claims(), unsigned), NOT_A_JWT);
    await siege.refused(forgedToken(header, siege.claims(), signedBy(siege.key.privateKey)), NOT_A_JWT);
  }
});

test('an algorithm that is no text is none: null, a list, a number, an object, absent', async () => {
  for (const alg of [null, ['RS256'], ['none'], 0, false, { name: 'RS256' }]) {
    await siege.refused(siege.token({}, { alg }), NOT_A_JWT);
  }
  await siege.refused(siege.token({}, { alg: undefined }), NOT_A_JWT);
  await siege.refused(siege.token({}, { alg: undefined, Alg: 'RS256' }), NOT_A_JWT);
});

test('a good algorithm does not help a token that was not signed', async () => {
  for (const alg of ['RS256', 'RS384', 'RS512']) {
    await siege.refused(forgedToken({ alg, kid: 'main' }, siege.claims(), unsigned), NOT_VALIDATED);
    const zeros = forgedToken({ alg, kid: 'main' }, siege.claims(), () => new Uint8Array(256));
    await siege.refused(zeros, NOT_VALIDATED);
  }
});
