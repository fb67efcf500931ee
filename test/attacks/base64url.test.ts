/**
 * Other spellings of the same bytes. Lenient decoders take them all, so that a token that was refused,
 * logged or counted as used comes back as another text: "Base64 malleability in practice"
 * (Chatzigiannis and Chalkias, 2022). Only the one canonical form is a token (RFC 7515 section 2).
 */
import { test } from 'node:test';
import { besiege, NOT_A_JWT } from './siege.ts';

const siege = await besiege();

test('padding, blanks, line ends and letters of another alphabet in any part are no token', async () => {
  const token = siege.token();
  await siege.letIn(token);
  const parts = token.split('.');
  for (const index of [0, 1, 2]) {
    for (const change of [
      (part: string) => `${part}=`,
      (part: string) => `${part}==`,
      (part: string) => ` ${part}`,
      (part: string) => `${part}\n\n`,
      (part: string) => `${part.slice(0, 8)}\r\n${part.slice(8)}`,
      (part: string) => `${part}*`,
      (part: string) => `${part}\u0000`,
      (part: string) => `${part}é`,
    ]) {
      const changed = parts.map((part, at) => (at === index ? change(part) : part)).join('.');
      await siege.refused(changed, NOT_A_JWT);
    }
  }
});

test('a signature with letters more or less is another signature', async () => {
  const token = siege.token();
  for (const changed of [`${token}AA`, token.slice(0, -2), token.slice(0, -4), `${token}${token.slice(-342)}`]) {
    await siege.refused(changed, { code: 'InvalidIdentityToken', message: /could not be validated|not a valid JWT/ });
  }
});

test('bits beyond the last byte must be zero: the neighbour of the last letter is another text', async () => {
  // 256 bytes leave four such bits.
  const token = siege.token();
  for (const letter of 'BCDEF') {
    const last = String.fromCharCode(token.charCodeAt(token.length - 1) + letter.charCodeAt(0) - 65);
    await siege.refused(`${token.slice(0, -1)}${last}`, NOT_A_JWT);
  }
});

test('standard base64 is no base64url', async () => {
  // Claims that encode to letters on which the two alphabets differ.
  const token = siege.token({ note: '>>>???>>>???' });
  const changed = token.replaceAll('-', '+').replaceAll('_', '/');
  await siege.letIn(token);
  await siege.refused(changed, NOT_A_JWT);
});

test('what stands around a token makes it none', async () => {
  const token = siege.token();
  const around = [`Bearer ${token}`, `"${token}"`, ` ${token}`, `\n${token}`, `${token} `, `${token}\n\n`];
  for (const text of [...around, `\uFEFF${token}`, `${token}.`, `.${token}`]) {
    await siege.refused(text, NOT_A_JWT);
  }
});

test('but the line end after it, which files have that a shell wrote, does not', async () => {
  await siege.letIn(`${siege.token()}\n`);
  await siege.letIn(`${siege.token()}\r\n`);
});
