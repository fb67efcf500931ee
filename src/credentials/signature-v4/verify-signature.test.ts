/** Signatures that can be read and do not hold, and what STS and S3 say to each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkScope } from './check-scope.ts';
import type { AuthenticationFault } from './fault.ts';
import { parseSignature } from './parse-signature.ts';
import { s3Wording } from './s3-wording.ts';
import type { SignedRequest } from './signed-request.ts';
import { stsWording } from './sts-wording.ts';
import {
  EMPTY,
  KEY,
  NOW,
  component,
  inHeader,
  inQuery,
  line,
  outcome,
  query,
  set,
  without,
} from '../testing/sample-requests.ts';
import type { Change } from '../testing/sample-requests.ts';

const MINUTE = 60_000;

test('the scope: region, service, terminator, day; STS names all, S3 the first', () => {
  const scope = (text: string): Change => component('Credential', `${KEY.accessKeyId}/${text}`);
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      '20260911/moon/sts/aws4_request',
      'Credential should be scoped to a valid region. ',
      /AuthorizationHeaderMalformed 400 The authorization header is malformed; the region 'moon' is wrong; expecting 'us-east-1'$/,
    ],
    [
      '20260911/us-east-1/s3/aws4_request',
      "Credential should be scoped to correct service: 'sts'. ",
      /incorrect service "s3"\. This endpoint belongs to "sts"\.$/,
    ],
    [
      '20260911/moon/s3/aws4_request',
      "Credential should be scoped to a valid region. Credential should be scoped to correct service: 'sts'. ",
      /the region 'moon' is wrong/,
    ],
    [
      '20260911/us-east-1/sts/aws5',
      "Credential should be scoped with a valid terminator: 'aws4_request'.",
      /incorrect terminal "aws5"\. This endpoint uses "aws4_request"\.$/,
    ],
    [
      '20260910/us-east-1/sts/aws4_request',
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.',
      /Invalid credential date "20260910"\. This date is not the same as X-Amz-Date: "20260911"\.$/,
    ],
    [
      'today/us-east-1/sts/aws4_request',
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.',
      /incorrect date format "today"\. This date in the credential must be in the format "yyyyMMdd"\.$/,
    ],
  ];
  for (const [text, sts, s3] of cases) {
    const fault = refused(scope(text)(inHeader('sts')), 'sts', 'scope', s3);
    assert.deepEqual(stsWording(fault), { code: 'SignatureDoesNotMatch', status: 403, message: sts, details: {} });
  }
  const region = refused(scope('20260911/moon/sts/aws4_request')(inHeader('sts')), 'sts', 'scope', /region/);
  assert.deepEqual(s3Wording(region).details, { Region: 'us-east-1' });
});

test('any region is accepted where none is expected, but not any text', () => {
  for (const [region, problem] of [
    ['eu-west-7', false],
    ['', true],
    ['US EAST', true],
    ['x'.repeat(65), true],
  ] as const) {
    const parsed = parseSignature(component('Credential', `AKIA/20260911/${region}/sts/aws4_request`)(inHeader('sts')));
    assert.ok(parsed.kind === 'signature');
    assert.equal(
      checkScope(parsed, { service: 'sts', region: undefined, now: NOW })?.kind,
      problem ? 'scope' : undefined,
    );
  }
});

test('clocks may differ by fifteen minutes either way', () => {
  for (const [offset, held] of [
    [-15 * MINUTE, true],
    [15 * MINUTE, true],
    [-15 * MINUTE - 1000, false],
    [15 * MINUTE + 1000, false],
  ] as const) {
    const kind = outcome(inHeader('sts', {}, NOW + offset), 'sts').kind;
    assert.equal(kind, held ? 'verified' : 'skew');
  }
  const early = refused(
    inHeader('sts', {}, NOW - 20 * MINUTE),
    'sts',
    'skew',
    /RequestTimeTooSkewed 403 The difference between the request time and the current time is too large\.$/,
  );
  assert.equal(
    stsWording(early).message,
    'Signature expired: 20260911T112826Z is now earlier than 20260911T113326Z (20260911T114826Z - 15 min.)',
  );
  const late = refused(inHeader('sts', {}, NOW + 20 * MINUTE), 'sts', 'skew', /RequestTimeTooSkewed/);
  assert.equal(
    stsWording(late).message,
    'Signature not yet current: 20260911T120826Z is still later than 20260911T120326Z (20260911T114826Z + 15 min.)',
  );
  assert.deepEqual(s3Wording(late).details, {
    RequestTime: '20260911T120826Z',
    ServerTime: '2026-09-11T11:48:26Z',
    MaxAllowedSkewMilliseconds: '900000',
  });
});

test('a presigned S3 URL lives as long as it says, seven days at most', () => {
  const week = 604_800;
  assert.equal(outcome(inQuery('s3', { expires: week }, NOW - week * 1000), 's3').kind, 'verified');
  const expired = refused(
    inQuery('s3', { expires: 60 }, NOW - 61_000),
    's3',
    'presignedExpired',
    /AccessDenied 403 Request has expired$/,
  );
  assert.deepEqual(s3Wording(expired).details, {
    'X-Amz-Expires': '60',
    Expires: '2026-09-11T11:48:25Z',
    ServerTime: '2026-09-11T11:48:26Z',
  });
  refused(
    inQuery('s3', {}, NOW + 16 * MINUTE),
    's3',
    'presignedNotYetValid',
    /AccessDenied 403 Request is not valid yet$/,
  );
  for (const [expires, said] of [
    ['604801', /must be less than a week/],
    ['-1', /must be non-negative$/],
    ['1h', /should be a number$/],
    ['', /should be a number$/],
    ['9'.repeat(20), /should be a number$/],
    [undefined, /requires .* X-Amz-Expires parameters\.$/],
  ] as const) {
    const fault = refused(query('X-Amz-Expires', expires)(inQuery('s3')), 's3', 'expires', said);
    assert.equal(s3Wording(fault).code, 'AuthorizationQueryParametersError');
  }
});

test('a presigned STS call lives fifteen minutes whatever X-Amz-Expires says', () => {
  assert.equal(outcome(inQuery('sts', { expires: 60 }, NOW - 14 * MINUTE), 'sts').kind, 'verified');
  refused(inQuery('sts', { expires: 86_400 }, NOW - 16 * MINUTE), 'sts', 'skew', /RequestTimeTooSkewed/);
});

test('S3 refuses x-amz headers that were added to a signed request; STS does not look', () => {
  const fault = refused(
    set('x-amz-acl', 'public-read')(inQuery('s3')),
    's3',
    'headersNotSigned',
    /AccessDenied 403 There were headers present in the request which were not signed$/,
  );
  assert.deepEqual(s3Wording(fault).details, { HeadersNotSigned: 'x-amz-acl' });
  refused(set('x-amz-meta-a', 'b')(inHeader('s3')), 's3', 'headersNotSigned', /AccessDenied/);
  assert.equal(outcome(set('x-amz-meta-a', 'b')(inHeader('sts')), 'sts').kind, 'verified');
  assert.equal(outcome(set('x-other', 'b')(inHeader('s3')), 's3').kind, 'verified');
});

test('S3 wants to know what stands for the body', () => {
  refused(
    without('x-amz-content-sha256')(inHeader('s3')),
    's3',
    'payloadHashMissing',
    /InvalidRequest 400 Missing required header for this request: x-amz-content-sha256$/,
  );
  for (const bad of ['', 'nothing', 'f'.repeat(63), 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD']) {
    refused(
      set('x-amz-content-sha256', bad)(inHeader('s3')),
      's3',
      'payloadHashInvalid',
      /InvalidArgument 400 x-amz-content-sha256 must be/,
    );
  }
});

test('elsewhere the body itself is hashed: UNSIGNED-PAYLOAD is no way around it', () => {
  const request = inHeader('sts', {}, NOW, 'UNSIGNED-PAYLOAD');
  assert.equal(
    outcome(set('x-amz-content-sha256', 'UNSIGNED-PAYLOAD')({ ...request, payloadHash: EMPTY }), 'sts').kind,
    'mismatch',
  );
  assert.throws(() => outcome({ ...inHeader('sts'), payloadHash: undefined }, 'sts'), TypeError);
});

test('a wrong signature: S3 shows what it signed, byte for byte; STS does not', () => {
  const fault = refused(
    component('Signature', '0'.repeat(64))(inHeader('s3')),
    's3',
    'mismatch',
    /SignatureDoesNotMatch 403 .* Check your key and signing method\.$/,
  );
  const { details } = s3Wording(fault);
  assert.equal(details['AWSAccessKeyId'], KEY.accessKeyId);
  assert.equal(details['SignatureProvided'], '0'.repeat(64));
  assert.match(
    details['StringToSign'] ?? '',
    /^AWS4-HMAC-SHA256\n20260911T114826Z\n20260911\/us-east-1\/s3\/aws4_request\n[0-9a-f]{64}$/,
  );
  assert.match(details['CanonicalRequest'] ?? '', /^GET\n\/a%20key\nlist-type=2\nhost:s3\.test\n/);
  for (const name of ['StringToSign', 'CanonicalRequest']) {
    const bytes = Buffer.from((details[`${name}Bytes`] ?? '').replaceAll(' ', ''), 'hex');
    assert.equal(bytes.toString('latin1'), details[name]);
  }
  assert.match(
    stsWording(fault).message,
    /Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\.$/,
  );
  for (const bad of ['', 'x', '0'.repeat(63), 'F'.repeat(64), '🙂'.repeat(32)]) {
    assert.equal(outcome(component('Signature', bad)(inHeader('s3')), 's3').kind, 'mismatch');
  }
});

test('what stands behind the key: unknown, token missing, malformed, expired', () => {
  said(
    { kind: 'keyNotAccepted', accessKeyId: 'AKIA', why: 'unknown' },
    'InvalidClientTokenId 403 The security token included in the request is invalid.',
    'InvalidAccessKeyId 403 The AWS Access Key Id you provided does not exist in our records.',
  );
  said(
    { kind: 'tokenMalformed', accessKeyId: 'ASIA', token: 'x' },
    'InvalidClientTokenId 403 The security token included in the request is invalid.',
    'InvalidToken 400 The provided token is malformed or otherwise invalid.',
  );
  said(
    { kind: 'sessionExpired', token: 'x' },
    'ExpiredToken 403 The security token included in the request is expired',
    'ExpiredToken 400 The provided token has expired.',
  );
  assert.deepEqual(s3Wording({ kind: 'sessionExpired', token: 'x' }).details, { 'Token-0': 'x' });
});

function refused(
  request: SignedRequest,
  service: string,
  kind: AuthenticationFault['kind'],
  s3: RegExp,
): AuthenticationFault {
  const fault = outcome(request, service);
  if (fault.kind === 'verified') assert.fail('verified');
  assert.equal(fault.kind, kind);
  assert.match(line(s3Wording(fault)), s3);
  return fault;
}

function said(fault: AuthenticationFault, sts: string, s3: string): void {
  assert.equal(line(stsWording(fault)), sts);
  assert.equal(line(s3Wording(fault)), s3);
}
