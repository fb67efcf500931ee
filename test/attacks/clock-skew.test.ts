/**
 * The edges of time, to the second. A verifier that rounds, or tolerates on the wrong side, gives tokens
 * a life that nobody granted: pyoidc believed tokens that were issued in the future (CVE-2020-26244). STS
 * tolerates 300 s on exp, iat and nbf, and prints its clock shifted by them (reference aws-federation 1.7, 2).
 */
import { test } from 'node:test';
import { besiege } from './siege.ts';

const siege = await besiege();
const now = siege.stopClock();

function expired(exp: number): { readonly code: string; readonly message: string } {
  const message = `Token expired: current date/time ${now - 300} must be before the expiration date/time ${exp}`;
  return { code: 'ExpiredTokenException', message };
}

test('exp: 299 seconds ago is good, 300 is over', async () => {
  for (const ago of [-86_400, 0, 1, 299]) await siege.letIn(siege.token({ exp: now - ago }));
  for (const ago of [300, 301, 3600, now]) await siege.refused(siege.token({ exp: now - ago }), expired(now - ago));
  await siege.refused(siege.token({ exp: -1 }), expired(-1));
});

test('iat: 300 seconds ahead is good, 301 is the future', async () => {
  for (const ahead of [-86_400, 0, 299, 300]) await siege.letIn(siege.token({ iat: now + ahead }));
  for (const ahead of [301, 3600, 10 ** 9]) {
    await siege.refused(siege.token({ iat: now + ahead, exp: now + 2 * 10 ** 9 }), {
      code: 'InvalidIdentityToken',
      message: `Token issued in the future: ${now + ahead}`,
    });
  }
});

test('nbf: 300 seconds ahead is good, 301 is not yet', async () => {
  for (const ahead of [-600, 0, 300]) await siege.letIn(siege.token({ nbf: now + ahead }));
  for (const ahead of [301, 3600]) {
    await siege.refused(siege.token({ nbf: now + ahead }), {
      code: 'InvalidIdentityToken',
      message: `Token not yet valid: current date/time ${now + 300} must be after or equal to the not-before date/time ${now + ahead}`,
    });
  }
});

test('a life that ends before it begins is judged by each time alone', async () => {
  await siege.letIn(siege.token({ iat: now + 200, nbf: now + 200, exp: now - 200 }));
  await siege.refused(siege.token({ iat: now + 200, exp: now - 300 }), expired(now - 300));
});

test('half a second before the edge is before it, at the edge it is over: the clock is cut to seconds', async () => {
  const token = siege.token({ exp: now });
  siege.pass(299.999);
  await siege.letIn(token);
  siege.pass(0.001);
  await siege.refused(token, { code: 'ExpiredTokenException', message: /^Token expired/ });
});
