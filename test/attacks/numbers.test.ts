/**
 * Numbers as texts, fractions and powers: where two readers of one token see different times or ids.
 * Bishop Fox, "An exploration of JSON interoperability vulnerabilities" (2021); reference aws-federation 2
 * (an integer, or an integer in text; fraction, null and other text are refused).
 */
import { test } from 'node:test';
import { forgedToken, signedBy } from './forged-token.ts';
import { besiege, NOT_AUTHORIZED, trusting } from './siege.ts';

const BAD_TIME = { code: 'InvalidIdentityToken', message: 'Invalid timestamp in token claims.' };
const siege = await besiege();

/** A claim given as the JSON text that it is. */
function token(name: string, json: string): string {
  const claims = JSON.stringify(siege.claims({ [name]: undefined }));
  return forgedToken(
    { alg: 'RS256', kid: 'main' },
    `${claims.slice(0, -1)},"${name}":${json}}`,
    signedBy(siege.key.privateKey),
  );
}

test('a time is a whole number, or one in text', async () => {
  const now = siege.seconds();
  for (const name of ['exp', 'iat', 'nbf']) {
    for (const good of [`${now}`, `"${now}"`, `${now}.0`, `${now / 1000}e3`]) await siege.letIn(token(name, good));
    for (const bad of [
      `${now}.5`,
      `"${now}.0"`,
      `"${now} "`,
      `" ${now}"`,
      `"+${now}"`,
      `"0x${now.toString(16)}"`,
      `"${now}e0"`,
      `"${now}n"`,
      '""',
      'null',
      'true',
      `[${now}]`,
      `{"$numberLong":"${now}"}`,
      '1e400',
      '-1e400',
      '9007199254740993',
      `"${'9'.repeat(400)}"`,
      '"Infinity"',
      '"NaN"',
      `"${new Date(now * 1000).toISOString()}"`,
    ]) {
      await siege.refused(token(name, bad), BAD_TIME);
    }
  }
});

test('a time in milliseconds is in the future, not an exp without end', async () => {
  await siege.refused(token('iat', `${siege.now()}`), {
    code: 'InvalidIdentityToken',
    message: /^Token issued in the future/,
  });
});

test('a subject that is a number is its digits; one that cannot be told from its neighbour is none', async () => {
  const url = 'https://numbers.example';
  (await siege.issuer(url)).serve([siege.key]);
  await siege.provider(url);
  await siege.role('numbers', url, {
    StringEquals: { ...trusting(url)['StringEquals'], 'numbers.example:sub': '9007199254740992' },
  });
  const numeric = (sub: string): string => {
    const claims = JSON.stringify(siege.claims({ iss: url, sub: undefined }));
    return forgedToken(
      { alg: 'RS256', kid: 'main' },
      `${claims.slice(0, -1)},"sub":${sub}}`,
      signedBy(siege.key.privateKey),
    );
  };
  await siege.letIn(numeric('"9007199254740992"'), 'numbers');
  const failure = { code: 'InternalFailure', message: 'Unknown error validating third-party token' };
  // Both read as 2^53 in a reader of doubles.
  for (const sub of [
    '9007199254740993',
    '9007199254740992',
    '9.007199254740992e15',
    '1.5',
    'true',
    'null',
    '[]',
    '{}',
  ]) {
    await siege.refused(numeric(sub), failure, 'numbers');
  }
  await siege.refused(numeric('42'), NOT_AUTHORIZED, 'numbers');
});
