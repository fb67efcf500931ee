/**
 * A stolen token used again. The tj-actions/changed-files compromise (CVE-2025-30066) printed the secrets
 * of running jobs, tokens among them, into public logs. AWS takes a token as often as it is sent until
 * `exp` + 300 s (reference aws-federation 2); with --refuse-token-reuse it is good once.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rsaSigningKey } from '../../src/issuers/testing/https-issuer.ts';
import { besiege, ISSUER, NOT_AUTHORIZED, NOT_VALIDATED, SUBJECT, trusting } from './siege.ts';

const ONCE = 'https://once.example';
const siege = await besiege({ flags: { 'refuse-token-reuse': [ONCE] } });
const key = rsaSigningKey('once');
(await siege.issuer(ONCE)).serve([key]);
await siege.provider(ONCE);
await siege.role('once', ONCE, trusting(ONCE));
await siege.role('other', ONCE, { StringEquals: { ...trusting(ONCE)['StringEquals'], 'once.example:sub': 'nobody' } });

function once(claims: Readonly<Record<string, unknown>> = {}): string {
  return siege.token({ iss: ONCE, ...claims }, { kid: 'once' }, key);
}

test('with the option a token is good for one session, and its signature is not what makes it the same', async () => {
  const token = once({ jti: 'first' });
  await siege.letIn(token, 'once');
  const reused = { ...NOT_VALIDATED, detail: /jti "first" has been used/ };
  await siege.refused(token, reused, 'once');
  await siege.refused(once({ jti: 'first', extra: 1 }), reused, 'once');
  await siege.letIn(once({ jti: 'second' }), 'once');
});

test('of many uses at once one succeeds', async () => {
  const token = once();
  const outcomes = await Promise.all(Array.from({ length: 25 }, () => siege.assume(token, 'once')));
  assert.equal(outcomes.filter(({ status }) => status === 200).length, 1);
  for (const { status, message } of outcomes) if (status !== 200) assert.equal(message, NOT_VALIDATED.message);
});

test('a refused call has not used the token; a token without jti cannot be known again', async () => {
  const token = once();
  await siege.refused(token, NOT_AUTHORIZED, 'other');
  await siege.letIn(token, 'once');
  for (const jti of [undefined, '', 7, null]) {
    await siege.refused(once({ jti }), { ...NOT_VALIDATED, detail: /has no jti/ }, 'once');
  }
});

test('without the option a token may be used again, as on AWS', async () => {
  const token = siege.token({ iss: ISSUER, sub: SUBJECT, jti: 'first' });
  for (let n = 0; n < 3; n++) await siege.letIn(token);
});

test('after exp and the tolerance it is over, also for a token that was good', async () => {
  const token = siege.token();
  const single = once();
  await siege.letIn(token);
  await siege.letIn(single, 'once');
  siege.pass(590);
  await siege.letIn(token);
  siege.pass(11);
  const expired = { code: 'ExpiredTokenException', message: /^Token expired: current date\/time \d+ must be before/ };
  await siege.refused(token, expired);
  await siege.refused(single, expired, 'once');
});
