/**
 * Extensions that a verifier must understand or refuse (RFC 7515 section 4.1.11). CVE-2025-59420 in
 * Authlib, CVE-2026-35042 in fast-jwt: `crit` was ignored, and with it what it was to enforce. STS
 * refuses every token that has it (reference aws-federation 2).
 */
import { test } from 'node:test';
import { signedBy } from './forged-token.ts';
import { besiege, NOT_A_JWT } from './siege.ts';

const siege = await besiege();

test('crit is refused, known extension or not, well-formed or not, and in a token that is good otherwise', async () => {
  await siege.letIn(siege.token());
  for (const crit of [['cnf'], ['bork'], ['exp'], ['alg'], ['b64'], [], '', null, 'cnf', 0, { cnf: true }]) {
    await siege.refused(siege.token({}, { crit, cnf: { jkt: 'x' }, bork: 1 }), NOT_A_JWT);
  }
});

test('an extension that is not critical is ignored', async () => {
  await siege.letIn(siege.token({}, { cnf: { jkt: 'x' }, bork: 1 }));
});

test('a payload that is not encoded (RFC 7797) is no token, whether it says so or not', async () => {
  const claims = JSON.stringify(siege.claims());
  for (const members of [{ b64: false, crit: ['b64'] }, { b64: false }]) {
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'main', ...members })).toString('base64url');
    const signature = signedBy(siege.key.privateKey)(Buffer.from(`${header}.${claims}`));
    await siege.refused(`${header}.${claims}.${Buffer.from(signature).toString('base64url')}`, NOT_A_JWT);
  }
});

test('encrypted, nested and multi-signature forms are no tokens', async () => {
  const token = siege.token();
  const [header = '', payload = '', signature = ''] = token.split('.');
  await siege.refused(`${token}..`, NOT_A_JWT);
  await siege.refused(`${header}.${payload}.${signature}.${payload}.${signature}`, NOT_A_JWT);
  await siege.refused(JSON.stringify({ protected: header, payload, signature }), NOT_A_JWT);
  await siege.refused(JSON.stringify({ payload, signatures: [{ protected: header, signature }] }), NOT_A_JWT);
});
