/** Tokens that no issuer mints, and that only look as if one did: AWS's sentence for each, and no credentials (reference aws-federation 1.7, 2, 12). */
import assert from 'node:assert/strict';
import { constants, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import {
  assertUnharmed,
  auditLines,
  call,
  formOf,
  postForm,
  refused,
  startTarget,
  succeeded,
  text,
  type Target,
} from './target.ts';
import { ISSUER, webIdentity, type Claims, type WebIdentity } from './web-identity.ts';

const NOT_A_JWT = 'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)';
const NOT_VALIDATED =
  'The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.';
const NO_KEY =
  "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";
let target: Target;
let identity: WebIdentity;

before(async () => {
  target = await startTarget();
  identity = await webIdentity(target);
});
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

function segment(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

async function refusedToken(
  token: string,
  message: string | RegExp,
  code = 'InvalidIdentityToken',
  status = 400,
): Promise<void> {
  const answer = await identity.assume(token);
  const line = refused(target, answer, status, code, message);
  assert.equal(line.eventName, 'AssumeRoleWithWebIdentity');
  assert.doesNotMatch(answer.body, /AccessKeyId|SessionToken/);
}

test('a good token gets in: what follows fails for its own reason', async () => {
  const answer = succeeded(await identity.assume(identity.token()));
  assert.equal(text(answer, 'SubjectFromWebIdentityToken'), 'repo:my-org/my-repo:ref:refs/heads/main');
});

test('lengths: 3 and 20,001 characters break the constraint, 20,000 are verified', async () => {
  const clause = (rule: string): string =>
    `1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: Member must have length ${rule}`;
  await refusedToken('abc', clause('greater than or equal to 4'), 'ValidationError');
  await refusedToken('', clause('greater than or equal to 4'), 'ValidationError');
  await refusedToken('a'.repeat(20_001), clause('less than or equal to 20000'), 'ValidationError');
  await refusedToken('a'.repeat(9_000_000), clause('less than or equal to 20000'), 'ValidationError');
  await refusedToken('a'.repeat(20_000), NOT_A_JWT);
  let padding = 20_000 - identity.token({ padding: '' }).length;
  // Three characters become four: come to the length from below.
  padding = Math.floor((padding * 3) / 4);
  let longest = identity.token({ padding: 'p'.repeat(padding) });
  while (longest.length < 19_998) longest = identity.token({ padding: 'p'.repeat(++padding) });
  assert.ok(longest.length <= 20_000, `${longest.length}`);
  succeeded(await identity.assume(longest));
});

test('what is no JWT', async () => {
  const good = identity.token();
  const [head = '', body = '', signature = ''] = good.split('.');
  const garbage = [
    'abcd',
    '....',
    'a.b.c',
    `${head}.${body}`,
    `${good}.x`,
    `.${body}.${signature}`,
    `${head}..${signature}`,
    `${head}=.${body}.${signature}`,
    `${good} `,
    `\n${good}`,
    good.slice(0, head.length + 40),
    `Bearer ${good}`,
    `${segment('{"alg":"RS256"')}.${body}.${signature}`,
    `${segment('[]')}.${body}.${signature}`,
    `${segment('null')}.${body}.${signature}`,
    `${head}.${segment('"text"')}.${signature}`,
    `${head}.${segment('[1]')}.${signature}`,
    `${head}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${signature}`,
    `${head}.${body}.${'+'.repeat(342)}`,
    `${head}.${segment({ iss: 'x' })}.${signature}\u0000`,
    '\ud83d\ude00\ud83d\ude00.\ud83d\ude00.\ud83d\ude00',
    `${segment({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`,
  ];
  for (const token of garbage) await refusedToken(token, NOT_A_JWT);
});

test('JSON made to be deep or wide is refused at once', async () => {
  const head = segment({ alg: 'RS256', kid: identity.keys.kid });
  const bombs = [
    '['.repeat(14_000),
    `{"a":${'['.repeat(7_000)}${']'.repeat(7_000)}}`,
    `${'{"a":'.repeat(2_400)}1${'}'.repeat(2_400)}`,
    `{"a":"${'\\u0000'.repeat(2_300)}"`,
  ];
  const started = performance.now();
  for (const bomb of bombs) await refusedToken(`${head}.${segment(bomb)}.c2ln`, NOT_A_JWT);
  const wide = `{${Array.from({ length: 1_200 }, (_, index) => `"k${index}":1`).join(',')}}`;
  await refusedToken(`${head}.${segment(wide)}.c2ln`, 'Missing a required claim: iss');
  assert.ok(performance.now() - started < 5_000);
});

test('algorithms that prove nothing: none, a public key as a secret, PS256, EdDSA, a header that asks for more', async () => {
  const claims = identity.token().split('.')[1] ?? '';
  const { kid, published } = identity.keys;
  const unsigned = (header: Claims, signature = ''): string => `${segment(header)}.${claims}.${signature}`;
  for (const alg of ['none', 'None', 'NONE', '', null, 1, [], undefined]) {
    await refusedToken(unsigned({ alg, kid }), NOT_A_JWT);
    await refusedToken(unsigned({ alg, kid }, 'c2lnbmF0dXJl'), NOT_A_JWT);
  }
  const secret = JSON.stringify(published[0]);
  const input = `${segment({ alg: 'HS256', kid })}.${claims}`;
  await refusedToken(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`, NOT_A_JWT);
  const pss = `${segment({ alg: 'PS256', kid })}.${claims}`;
  const pssSignature = sign('sha256', Buffer.from(pss), {
    key: identity.keys.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 32,
  });
  await refusedToken(`${pss}.${pssSignature.toString('base64url')}`, NOT_A_JWT);
  await refusedToken(unsigned({ alg: 'EdDSA', kid }, 'c2lnbmF0dXJl'), NOT_A_JWT);
  await refusedToken(identity.token({}, { crit: ['exp'], exp: 1 }), NOT_A_JWT);
  await refusedToken(identity.token({}, { crit: [] }), NOT_A_JWT);
});

test('signatures of others: changed, cut, empty, of another key, of a key that the header brings along', async () => {
  const [head = '', body = '', signature = ''] = identity.token().split('.');
  const changed = Buffer.from(signature, 'base64url');
  changed[10] = (changed[10] ?? 0) ^ 1;
  await refusedToken(`${head}.${body}.${changed.toString('base64url')}`, NOT_VALIDATED);
  await refusedToken(`${head}.${body}.`, NOT_VALIDATED);
  await refusedToken(`${head}.${body}.${segment('short')}`, NOT_VALIDATED);
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  await refusedToken(`${head}.${segment({ ...claims, extra: 1 })}.${signature}`, NOT_VALIDATED);
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(JSON.stringify({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'mine' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const jku = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/jwks`;
  const jwk = own.publicKey.export({ format: 'jwk' });
  for (const kid of [identity.keys.kid, 'mine']) {
    const input = `${segment({ alg: 'RS256', kid, jku, jwk, x5u: jku })}.${body}`;
    const forged = `${input}.${sign('sha256', Buffer.from(input), own.privateKey).toString('base64url')}`;
    await refusedToken(forged, kid === 'mine' ? NO_KEY : NOT_VALIDATED);
  }
  server.close();
  assert.deepEqual(asked, [], 'the keys of a header are never fetched');
});

test('claims of the wrong type or missing', async () => {
  const rows: readonly (readonly [Claims, string | RegExp])[] = [
    [{ iss: undefined }, 'Missing a required claim: iss'],
    [{ sub: undefined }, 'Missing a required claim: sub'],
    [{ aud: undefined }, 'Missing a required claim: aud'],
    [{ iat: undefined }, 'Missing a required claim: iat'],
    [{ exp: undefined }, 'Missing a required claim: exp'],
    [{ aud: [] }, 'Claim is not allowed to be empty: aud'],
    [
      { aud: ['sts.amazonaws.com', 'b'] },
      'Token audience contains more than one audience while authorized party is not present',
    ],
    [{ aud: '' }, NOT_VALIDATED],
    [{ aud: 'STS.amazonaws.com' }, NOT_VALIDATED],
    [{ azp: '' }, NOT_VALIDATED],
    [{ iat: null }, 'Invalid timestamp in token claims.'],
    [{ exp: 1.5 }, 'Invalid timestamp in token claims.'],
    [{ exp: 'soon' }, 'Invalid timestamp in token claims.'],
    [{ exp: {} }, 'Invalid timestamp in token claims.'],
    [{ exp: true }, 'Invalid timestamp in token claims.'],
    [{ nbf: [] }, 'Invalid timestamp in token claims.'],
    [{ iat: 99_999_999_999 }, 'Token issued in the future: 99999999999'],
    [
      { nbf: 99_999_999_999 },
      /^Token not yet valid: current date\/time \d+ must be after or equal to the not-before date\/time 99999999999$/,
    ],
    [{ iss: 'https://evil.example' }, 'No OpenIDConnect provider found in your account for https://evil.example'],
    [{ iss: `https://${ISSUER}/` }, `No OpenIDConnect provider found in your account for https://${ISSUER}/`],
    [{ iss: ISSUER }, `No OpenIDConnect provider found in your account for ${ISSUER}`],
    [
      { 'https://aws.amazon.com/tags': { principal_tags: { Team: 'bare' } } },
      'principal_tags passed in claim is not in correct format.',
    ],
    [{ 'https://aws.amazon.com/tags': 'text' }, 'Session tags passed in claim are not in correct format.'],
    [{ 'https://aws.amazon.com/roles': 7 }, 'The roles claim is not in a supported format'],
    [{ 'https://aws.amazon.com/roles': [] }, 'The roles claim contains no valid role ARNs'],
  ];
  for (const [changes, message] of rows) await refusedToken(identity.token(changes), message);
  const old = identity.token({ exp: 1_600_000_000, iat: 1_600_000_000 - 300 });
  await refusedToken(
    old,
    /^Token expired: current date\/time \d+ must be before the expiration date\/time 1600000000$/,
    'ExpiredTokenException',
  );
  await refusedToken(
    identity.token({ sub: null }),
    'Unknown error validating third-party token',
    'InternalFailure',
    500,
  );
});

test('issuers that try to be an address, a path or a line of the log', async () => {
  for (const iss of [
    'https://127.0.0.1:1/',
    'http://169.254.169.254/latest/meta-data',
    'https://token.actions.githubusercontent.com@evil.example',
    'https://evil.example/\n{"eventName":"forged"}',
    '../../etc/passwd',
    `https://${'a'.repeat(10_000)}.example`,
  ]) {
    await refusedToken(identity.token({ iss }), /^No OpenIDConnect provider found in your account for /);
  }
  assert.equal(
    auditLines(target).some((line) => line.eventName === 'forged'),
    false,
  );
});

test('a verified token that the role does not trust learns nothing more', async () => {
  const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
  await refusedToken(identity.token({ sub: 'repo:evil/repo:ref:refs/heads/main' }), message, 'AccessDenied', 403);
  await refusedToken(identity.token({ sub: '' }), message, 'AccessDenied', 403);
  await refusedToken(identity.token({ sub: 'x'.repeat(9_000) }), message, 'AccessDenied', 403);
  const answer = await identity.assume(identity.token(), { RoleArn: 'arn:aws:iam::000000000000:role/no-such-role' });
  refused(target, answer, 403, 'AccessDenied', message);
});

test('role ARNs that are none', async () => {
  for (const arn of [
    'nothing-valid-in-here!',
    'arn:aws:iam::000000000000:user/someone',
    'arn:aws:iam::0:role/deploy\\x',
    `arn:aws:iam::000000000000:role/${'x'.repeat(1900)}`,
  ]) {
    const answer = await identity.assume(identity.token(), { RoleArn: arn });
    refused(target, answer, 400, 'ValidationError', 'Request ARN is invalid');
  }
});

test('OAuth provider ids are refused as AWS refuses them', async () => {
  const attempt = (ProviderId: string) => identity.assume(identity.token(), { ProviderId });
  refused(
    target,
    await attempt('www.amazon.com'),
    400,
    'InvalidIdentityToken',
    'Provided Token is not a Login With Amazon token',
  );
  refused(target, await attempt('graph.facebook.com'), 403, 'IDPRejectedClaim', /Bad signature/);
  refused(target, await attempt('https://evil.example'), 403, 'AccessDenied', /^Unrecognized OAuth provider\./);
});

test('a token in the wrong place does not reach the audit log', async () => {
  const token = identity.token();
  target.secrets.add(token);
  for (const name of ['RoleArn', 'RoleSessionName', 'ProviderId', 'Action', 'Version', 'Policy']) {
    const answer = await identity.assume(identity.token({ jti: name }), { [name]: token });
    assert.ok(answer.status >= 400, name);
  }
  const role = await call(target, 'iam', 'GetRole', { RoleName: token });
  refused(target, role, 400, 'ValidationError', /roleName/);
});

test('credentials on the unsigned call are not looked at', async () => {
  const form = formOf('sts', 'AssumeRoleWithWebIdentity', {
    RoleArn: 'arn:aws:iam::000000000000:role/deploy',
    RoleSessionName: 'session',
    WebIdentityToken: identity.token(),
  });
  succeeded(await postForm(target, form, { 'x-amz-security-token': 'garbage' }));
  succeeded(await postForm(target, form, { authorization: 'AWS4-HMAC-SHA256 garbage' }));
  succeeded(await postForm(target, form, { authorization: 'Bearer garbage' }));
});
