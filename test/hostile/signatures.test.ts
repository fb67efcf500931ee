/** Signatures and credentials that do not hold, in the words of STS and IAM and in those of S3 (reference aws-federation 1.3, 7.3). */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeKeyRing, parseKeyRing, type KeyRing } from '../../src/credentials/key-ring.ts';
import type { RoleSession } from '../../src/credentials/session.ts';
import { openSession, sealSession } from '../../src/credentials/session-token.ts';
import { presignRequest, type SigningCredentials } from '../../src/credentials/signature-v4/sign-request.ts';
import { exchange, head, type Answer } from './connection.ts';
import {
  ACCOUNT,
  assertUnharmed,
  audited,
  call,
  FORM,
  formOf,
  hostOf,
  refused,
  s3,
  signedForm,
  startTarget,
  succeeded,
  text,
  type S3Options,
  type Target,
} from './target.ts';
import { createDeployRole, credentialsOf, webIdentity, type WebIdentity } from './web-identity.ts';

const INVALID = 'The security token included in the request is invalid.';
const NO_KEY = 'The AWS Access Key Id you provided does not exist in our records.';
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const S3_MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
const FORM_BODY = formOf('sts', 'GetCallerIdentity');
const random = { bytes: (count: number) => randomBytes(count) };
let target: Target;
let identity: WebIdentity;

before(async () => {
  target = await startTarget();
  identity = await webIdentity(target);
  succeeded(await s3(target, 'PUT', '/signed'));
  succeeded(await s3(target, 'PUT', '/signed/key', { body: 'signed' }));
});
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

type How = Pick<S3Options, 'credentials' | 'region' | 'ahead' | 'service'>;

function toSts(how: How): Promise<Answer> {
  return signedForm(target, how.service ?? 'sts', FORM_BODY, how);
}

function toS3(how: How): Promise<Answer> {
  return s3(target, 'GET', '/signed/key', how);
}

type Refusal = readonly [status: number, code: string, message: string | RegExp];

/** The same fault at both doors. */
async function refusedTwice(how: How, sts: Refusal, inS3: Refusal): Promise<void> {
  refused(target, await toSts(how), ...sts);
  refused(target, await toS3(how), ...inS3);
}

function ring(): KeyRing {
  const parsed = parseKeyRing(JSON.parse(readFileSync(join(target.data, 'key-ring.json'), 'utf8')));
  assert.ok(parsed !== undefined);
  return parsed;
}

function sessionOf(credentials: SigningCredentials): RoleSession {
  const opened = openSession(credentials.sessionToken ?? '', ring());
  assert.ok(opened.kind === 'session' && opened.session.kind === 'role');
  return opened.session;
}

test('good credentials pass both doors: what follows fails for its own reason', async () => {
  const credentials = await identity.session();
  for (const how of [
    {},
    { credentials },
    { region: 'ap-southeast-2' },
    { ahead: 14 * 60_000 },
    { ahead: -14 * 60_000 },
  ]) {
    succeeded(await toSts(how));
    assert.equal(succeeded(await toS3(how)).body, 'signed');
  }
});

test('unknown keys and wrong secrets', async () => {
  const { accessKeyId, secretAccessKey } = target.root;
  const unknown: readonly SigningCredentials[] = [
    { accessKeyId: 'AKIAQAAAAAAAAAAAAAAA', secretAccessKey },
    { accessKeyId: accessKeyId.toLowerCase(), secretAccessKey },
    { accessKeyId: `${accessKeyId}A`, secretAccessKey },
    { accessKeyId: 'x', secretAccessKey },
    { accessKeyId: '__proto__', secretAccessKey },
    { accessKeyId: 'k'.repeat(128), secretAccessKey },
  ];
  for (const credentials of unknown) {
    await refusedTwice({ credentials }, [403, 'InvalidClientTokenId', INVALID], [403, 'InvalidAccessKeyId', NO_KEY]);
  }
  for (const secret of ['', 'x', secretAccessKey.slice(1), `${secretAccessKey} `]) {
    await refusedTwice(
      { credentials: { accessKeyId, secretAccessKey: secret } },
      [403, 'SignatureDoesNotMatch', MISMATCH],
      [403, 'SignatureDoesNotMatch', S3_MISMATCH],
    );
  }
});

test('scopes of another service or of no region', async () => {
  const wrongService = "Credential should be scoped to correct service: 'sts'. ";
  refused(target, await toSts({ service: 'ec2' }), 403, 'SignatureDoesNotMatch', wrongService);
  const noRegion = 'Credential should be scoped to a valid region. ';
  refused(target, await toSts({ region: 'US EAST' }), 403, 'SignatureDoesNotMatch', noRegion);
  const both = await toSts({ service: 'ec2', region: 'NOWHERE!' });
  refused(target, both, 403, 'SignatureDoesNotMatch', noRegion + wrongService);
  const iamCall = await signedForm(target, 'sts', formOf('iam', 'ListRoles'));
  refused(target, iamCall, 403, 'SignatureDoesNotMatch', "Credential should be scoped to correct service: 'iam'. ");
  const inS3 = await toS3({ service: 'ec2' });
  const sentence = 'The authorization header is malformed; incorrect service "ec2". This endpoint belongs to "s3".';
  refused(target, inS3, 400, 'AuthorizationHeaderMalformed', sentence);
  refused(
    target,
    await toS3({ region: 'NOWHERE!' }),
    400,
    'AuthorizationHeaderMalformed',
    /^The authorization header is malformed; the region 'NOWHERE!' is wrong/,
  );
});

test('clocks that are more than a quarter of an hour apart', async () => {
  const late = -16 * 60_000;
  await refusedTwice(
    { ahead: late },
    [
      403,
      'SignatureDoesNotMatch',
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
    ],
    [403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
  );
  await refusedTwice(
    { ahead: -late },
    [403, 'SignatureDoesNotMatch', /^Signature not yet current: /],
    [403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
  );
});

test('session tokens: missing, of another session, changed, foreign, garbage, expired', async () => {
  const credentials = await identity.session();
  const other = await identity.session();
  const { accessKeyId, secretAccessKey, sessionToken = '' } = credentials;
  const invalid: Refusal = [403, 'InvalidClientTokenId', INVALID];
  const noKey: Refusal = [403, 'InvalidAccessKeyId', NO_KEY];
  const malformed: Refusal = [400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.'];
  const withToken = (token: string): How => ({ credentials: { accessKeyId, secretAccessKey, sessionToken: token } });
  await refusedTwice({ credentials: { accessKeyId, secretAccessKey } }, invalid, noKey);
  await refusedTwice(withToken(other.sessionToken ?? ''), invalid, noKey);
  const foreign = sealSession(sessionOf(credentials), makeKeyRing(random), random);
  await refusedTwice(withToken(foreign), invalid, noKey);
  const bytes = Buffer.from(sessionToken, 'base64');
  for (const at of [bytes.length - 1, bytes.length >> 1]) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await refusedTwice(withToken(changed.toString('base64')), invalid, malformed);
  }
  for (const token of [
    sessionToken.slice(0, -8),
    `${sessionToken}AAAA`,
    'garbage garbage',
    'A'.repeat(20_000),
    '....',
  ]) {
    await refusedTwice(withToken(token), invalid, malformed);
  }
  const rootWithToken = { ...target.root, sessionToken };
  await refusedTwice({ credentials: rootWithToken }, invalid, noKey);
  const session = sessionOf(credentials);
  const ended = { ...session, issuedAt: session.issuedAt - 7200, expiresAt: session.issuedAt - 3600 };
  await refusedTwice(
    withToken(sealSession(ended, ring(), random)),
    [403, 'ExpiredToken', 'The security token included in the request is expired'],
    [400, 'ExpiredToken', 'The provided token has expired.'],
  );
});

test('a session ends with its role, also when another role gets the name', async () => {
  const credentials = await identity.session();
  succeeded(await toSts({ credentials }));
  const drop = async (): Promise<void> => {
    succeeded(await call(target, 'iam', 'DeleteRolePolicy', { RoleName: 'deploy', PolicyName: 's3' }));
    succeeded(await call(target, 'iam', 'DeleteRole', { RoleName: 'deploy' }));
  };
  await drop();
  const gone: readonly [How, Refusal, Refusal] = [
    { credentials },
    [403, 'InvalidClientTokenId', INVALID],
    [403, 'InvalidAccessKeyId', NO_KEY],
  ];
  await refusedTwice(...gone);
  await createDeployRole(target);
  await refusedTwice(...gone);
  const fresh = await identity.session();
  succeeded(await toSts({ credentials: fresh }));
  assert.equal(succeeded(await toS3({ credentials: fresh })).body, 'signed');
});

test('access keys of users: inactive, deleted, of a deleted user; before the signature is looked at', async () => {
  succeeded(await call(target, 'iam', 'CreateUser', { UserName: 'operator' }));
  const credentials = credentialsOf(target, await call(target, 'iam', 'CreateAccessKey', { UserName: 'operator' }));
  const { accessKeyId } = credentials;
  assert.equal(text(succeeded(await toSts({ credentials })), 'Arn'), `arn:aws:iam::${ACCOUNT}:user/operator`);
  const denied = await toS3({ credentials });
  refused(
    target,
    denied,
    403,
    'AccessDenied',
    /^User: arn:aws:iam::000000000000:user\/operator is not authorized to perform: s3:GetObject/,
  );
  const key = { UserName: 'operator', AccessKeyId: accessKeyId };
  succeeded(await call(target, 'iam', 'UpdateAccessKey', { ...key, Status: 'Inactive' }));
  const wrongSecret = { accessKeyId, secretAccessKey: 'wrong' };
  for (const each of [credentials, wrongSecret]) {
    await refusedTwice(
      { credentials: each },
      [403, 'InvalidClientTokenId', INVALID],
      [403, 'InvalidAccessKeyId', NO_KEY],
    );
  }
  succeeded(await call(target, 'iam', 'UpdateAccessKey', { ...key, Status: 'Active' }));
  succeeded(await toSts({ credentials }));
  succeeded(await call(target, 'iam', 'DeleteAccessKey', key));
  await refusedTwice({ credentials }, [403, 'InvalidClientTokenId', INVALID], [403, 'InvalidAccessKeyId', NO_KEY]);
});

test('deletions that are denied key by key are on record', async () => {
  succeeded(await call(target, 'iam', 'CreateUser', { UserName: 'nobody' }));
  const credentials = credentialsOf(target, await call(target, 'iam', 'CreateAccessKey', { UserName: 'nobody' }));
  const keys = Array.from({ length: 1000 }, (_, index) => `<Object><Key>${'k'.repeat(1000)}${index}</Key></Object>`);
  const answer = await s3(target, 'POST', '/signed?delete=', {
    body: `<Delete>${keys.join('')}</Delete>`,
    credentials,
  });
  succeeded(answer);
  assert.equal(answer.body.split('<Code>AccessDenied</Code>').length - 1, 1000);
  assert.equal(audited(target, answer, undefined).eventName, 'DeleteObjects');
});

test('presigned URLs: good, expired, not yet valid, changed in any part', async () => {
  const sign = (
    options: { readonly expires?: number; readonly ahead?: number; readonly query?: string } = {},
  ): string =>
    `/signed/key?${presignRequest(
      {
        method: 'GET',
        rawPath: '/signed/key',
        rawQuery: options.query ?? '',
        headers: { host: [hostOf(target)] },
        payloadHash: 'UNSIGNED-PAYLOAD',
      },
      target.root,
      { service: 's3', region: 'us-east-1', now: Date.now() + (options.ahead ?? 0), expires: options.expires ?? 60 },
    )}`;
  const get = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    exchange(target.url, head('GET', url, { host: hostOf(target), ...headers }));
  const url = sign();
  target.secrets.add(/X-Amz-Signature=([0-9a-f]+)/.exec(url)?.[1] ?? url);
  assert.equal(succeeded(await get(url)).body, 'signed');
  refused(target, await get(sign({ ahead: -120_000 })), 403, 'AccessDenied', 'Request has expired');
  refused(target, await get(sign({ ahead: 20 * 60_000 })), 403, 'AccessDenied', 'Request is not valid yet');
  refused(target, await get(sign({ expires: 604_801 })), 400, 'AuthorizationQueryParametersError', /less than a week/);
  refused(
    target,
    await get(sign({ expires: -1 })),
    400,
    'AuthorizationQueryParametersError',
    'X-Amz-Expires must be non-negative',
  );
  const changes: readonly (readonly [string, string])[] = [
    ['/signed/key', '/signed/other'],
    ['X-Amz-Expires=60', 'X-Amz-Expires=600'],
    ['?', '?response-content-type=text%2Fhtml&'],
    ['us-east-1', 'us-west-1'],
  ];
  for (const [from, to] of changes) {
    const changed = url.replace(from, to);
    assert.notEqual(changed, url);
    refused(target, await get(changed), 403, 'SignatureDoesNotMatch', S3_MISMATCH);
  }
  const cut = url.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  refused(target, await get(cut), 403, 'SignatureDoesNotMatch', S3_MISMATCH);
  refused(target, await get(url.replace(/&X-Amz-Date=[^&]*/, '')), 400, 'AuthorizationQueryParametersError', /./);
  const twice = `${url}&X-Amz-Signature=${'0'.repeat(64)}`;
  assert.ok([400, 403].includes((await get(twice)).status));
  const unsigned = await get(url, { 'x-amz-meta-added': '1' });
  refused(target, unsigned, 403, 'AccessDenied', 'There were headers present in the request which were not signed');
  const put = await exchange(target.url, head('PUT', url, { host: hostOf(target), 'content-length': '3' }), 'abc');
  refused(target, put, 403, 'SignatureDoesNotMatch', S3_MISMATCH);
});

test('authorization headers that are none', async () => {
  const { accessKeyId } = target.root;
  const scope = `${accessKeyId}/20260101/us-east-1/sts/aws4_request`;
  const garbage = [
    'x',
    'AWS4-HMAC-SHA256',
    'AWS4-HMAC-SHA256 ,,,',
    'AWS4-HMAC-SHA256 Credential=',
    `AWS4-HMAC-SHA256 Credential=${scope}`,
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}, SignedHeaders=host, Signature=00`,
    `AWS4-HMAC-SHA256 Credential=${scope}/more, SignedHeaders=host, Signature=00`,
    `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=, Signature=00`,
    `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=`,
    `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=zz, Signature=00`,
    `AWS4-HMAC-SHA256 ${'a=b,'.repeat(5_000)}`,
    `AWS4-ECDSA-P256-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`,
    `AWS ${accessKeyId}:c2lnbmF0dXJl`,
    'Basic dXNlcjpwYXNz',
    'Bearer abc',
    'Digest a="b"',
  ];
  for (const authorization of garbage) {
    const headers = { host: hostOf(target), authorization, 'x-amz-date': '20260101T000000Z' };
    const form = { ...headers, 'content-type': FORM, 'content-length': String(FORM_BODY.length) };
    const sts = await exchange(target.url, head('POST', '/', form), FORM_BODY);
    const stsCode = text(sts, 'Code') ?? '';
    assert.ok(
      ['IncompleteSignature', 'SignatureDoesNotMatch', 'MissingAuthenticationToken'].includes(stsCode),
      `${authorization} ${sts.body}`,
    );
    audited(target, sts, stsCode);
    const inS3 = await exchange(
      target.url,
      head('GET', '/signed/key', { ...headers, authorization: authorization.replaceAll('/sts/', '/s3/') }),
    );
    assert.ok(inS3.status === 400 || inS3.status === 403, `${authorization} ${inS3.body}`);
    audited(target, inS3, text(inS3, 'Code'));
  }
});
