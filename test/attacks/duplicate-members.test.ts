/**
 * One member twice, read differently by two parsers: CVE-2017-12635 (CouchDB took the first `roles` to
 * check and the last to store, and everyone was an administrator). STS takes the last (reference
 * aws-federation 2); so do verification, conditions, the answer and the audit log here, all of them.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgedToken, signedBy } from './forged-token.ts';
import { besiege, NOT_A_JWT, NOT_AUTHORIZED, NOT_VALIDATED, SUBJECT } from './siege.ts';

const siege = await besiege();

/** Claims as text, with members after those of a good token. */
function token(more: string, header = '{"alg":"RS256","kid":"main"}'): string {
  const claims = JSON.stringify(siege.claims());
  return forgedToken(header, `${claims.slice(0, -1)},${more}}`, signedBy(siege.key.privateKey));
}

test('the last sub counts, for the decision, the answer and the log alike', async () => {
  const outcome = await siege.letIn(token(`"sub":"x","sub":${JSON.stringify(SUBJECT)}`));
  assert.equal(outcome.subject, SUBJECT);
  await siege.refused(token('"sub":"repo:evil/evil:ref:refs/heads/main"'), NOT_AUTHORIZED);
  const line = siege.auditLines().at(-1) ?? '';
  assert.match(line, /repo:evil\/evil/);
  assert.ok(!line.includes(`"userName":"${SUBJECT}"`));
});

test('a name is the same in any spelling of its letters', async () => {
  await siege.refused(token('"s\\u0075b":"repo:evil/evil:ref:refs/heads/main"'), NOT_AUTHORIZED);
  await siege.refused(token('"a\\u0075d":"other"'), NOT_VALIDATED);
});

test('names that differ in case, or by a blank, are other claims: they change nothing', async () => {
  await siege.letIn(token('"Sub":"evil","SUB":"evil","sub ":"evil"," sub":"evil","AUD":"other"'));
});

test('the last aud, exp and iss count', async () => {
  await siege.refused(token('"aud":"other"'), NOT_VALIDATED);
  await siege.refused(token('"exp":1'), { code: 'ExpiredTokenException', message: /^Token expired/ });
  await siege.refused(token('"iss":"https://evil.example"'), {
    code: 'InvalidIdentityToken',
    message: /^No OpenIDConnect/,
  });
});

test('the last alg counts: a good one first does not cover none, nor the other way round', async () => {
  await siege.refused(token('"x":1', '{"alg":"RS256","kid":"main","alg":"none"}'), NOT_A_JWT);
  await siege.letIn(token('"x":1', '{"alg":"none","kid":"main","alg":"RS256"}'));
});

test('__proto__ and constructor are claims like others, and give none', async () => {
  await siege.letIn(token('"__proto__":{"sub":"evil"},"constructor":{"prototype":{"sub":"evil"}}'));
  const header = { alg: 'RS256', kid: 'main' };
  const inherited = `{"__proto__":${JSON.stringify(siege.claims())}}`;
  await siege.refused(forgedToken(header, inherited, signedBy(siege.key.privateKey)), {
    code: 'InvalidIdentityToken',
    message: 'Missing a required claim: iss',
  });
});
