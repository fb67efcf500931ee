/**
 * JSON nested until the reader's stack ends, or padded until its memory does: CVE-2022-45688 and
 * CVE-2025-52999 (stack overflows in Java's JSON readers). The server must refuse and go on.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgedToken, signedBy } from './forged-token.ts';
import { besiege, NO_KEY, NOT_A_JWT, trusting } from './siege.ts';

const siege = await besiege();
const header = { alg: 'RS256', kid: 'main' };

function nested(open: string, close: string, depth: number): string {
  const claims = JSON.stringify(siege.claims());
  const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
  return forgedToken(header, `${claims.slice(0, -1)},"deep":${deep}}`, signedBy(siege.key.privateKey));
}

test('claims nested deeper than any issuer’s are no token; what issuers use is', async () => {
  await siege.letIn(nested('[', ']', 12));
  await siege.letIn(nested('{"a":', '}', 12));
  for (const depth of [17, 100, 1000, 2000]) {
    await siege.refused(nested('[', ']', depth), NOT_A_JWT);
    await siege.refused(nested('{"a":', '}', depth), NOT_A_JWT);
  }
  await siege.letIn(siege.token());
});

test('a header nested thousands deep is no token either', async () => {
  const deep = `{"alg":"RS256","kid":"main","x":${'['.repeat(4000)}${']'.repeat(4000)}}`;
  await siege.refused(forgedToken(deep, siege.claims(), signedBy(siege.key.privateKey)), NOT_A_JWT);
});

test('thousands of claims, and keys that hash alike, cost no time', async () => {
  const many = Object.fromEntries(Array.from({ length: 700 }, (_, n) => [`c${n}`, n]));
  const started = performance.now();
  await siege.letIn(siege.token(many));
  const numbers = Object.fromEntries(Array.from({ length: 700 }, (_, n) => [String(2 ** 31 + n * 65_536), 0]));
  await siege.letIn(siege.token(numbers));
  assert.ok(performance.now() - started < 1000);
});

test('a token of more than 20,000 characters is refused by its length', async () => {
  await siege.refused(siege.token({ fill: 'x'.repeat(15_000) }), {
    code: 'ValidationError',
    message: /'webIdentityToken' failed to satisfy constraint: Member must have length less than or equal to 20000/,
  });
});

test('a key set nested to its megabyte ends as unusable, and other issuers are answered', async () => {
  const url = 'https://deep.example';
  const issuer = await siege.issuer(url);
  issuer.serve([siege.key]);
  issuer.routes.set('/jwks', (_request, response) => {
    response.end(`{"keys":${'['.repeat(500_000)}${']'.repeat(500_000)}}`);
  });
  await siege.provider(url);
  await siege.role('deep', url, trusting(url));
  await siege.refused(siege.token({ iss: url }), NO_KEY, 'deep');
  await siege.letIn(siege.token());
});
