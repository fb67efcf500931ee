/** Requests whose signature cannot be read, and what STS and S3 say to each. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AuthenticationFault } from './fault.ts';
import { parseSignature } from './parse-signature.ts';
import { s3Wording } from './s3-wording.ts';
import type { SignedRequest } from './signed-request.ts';
import { stsWording } from './sts-wording.ts';
import {
  EMPTY,
  NOW,
  component,
  header,
  inHeader,
  inQuery,
  line,
  outcome,
  query,
  set,
  without,
} from '../testing/sample-requests.ts';

test('a well-signed request has no fault, in headers and in the query, with a token and without', () => {
  for (const service of ['s3', 'sts']) {
    for (const sessionToken of [undefined, 'a/token+=']) {
      assert.equal(outcome(inHeader(service, { sessionToken }), service).kind, 'verified');
      assert.equal(outcome(inQuery(service, { sessionToken }), service).kind, 'verified');
    }
  }
});

test('no signature: unsigned', () => {
  const request: SignedRequest = { method: 'GET', rawPath: '/', rawQuery: 'x=y', headers: {}, payloadHash: EMPTY };
  assert.deepEqual(parseSignature(request), { kind: 'unsigned' });
  said(
    { kind: 'unsigned' },
    'MissingAuthenticationToken 403 Request is missing Authentication Token',
    'AccessDenied 403 Access Denied',
  );
});

test('two mechanisms at once', () => {
  const both: SignedRequest = { ...inQuery('s3'), headers: inHeader('s3').headers };
  refused(both, 's3', 'twoMechanisms', /InvalidArgument 400 Only one auth mechanism allowed/);
  const twice = header((value) => [value, value])(inHeader('s3'));
  refused(twice, 's3', 'twoMechanisms', /InvalidArgument 400/);
});

test('mechanisms that are not Signature Version 4', () => {
  const others = [
    'Basic dXNlcjpwYXNz',
    'Bearer token',
    'AWS AKIA:signature',
    'AWS4-HMAC-SHA256x y=z',
    'AWS4-ECDSA-P256-SHA256 Credential=x',
  ];
  for (const other of others) {
    const request = header(() => [other])(inHeader('s3'));
    refused(
      request,
      's3',
      'unsupportedMechanism',
      /InvalidRequest 400 The authorization mechanism .* AWS4-HMAC-SHA256\.$/,
    );
  }
  refused(
    query('X-Amz-Algorithm', 'AWS4-ECDSA-P256-SHA256')(inQuery('s3')),
    's3',
    'unsupportedMechanism',
    /InvalidRequest 400/,
  );
  const old: SignedRequest = { ...inQuery('s3'), rawQuery: 'AWSAccessKeyId=AKIA&Expires=1&Signature=x' };
  refused(old, 's3', 'unsupportedMechanism', /InvalidRequest 400/);
});

test('a header without its components', () => {
  const fault = refused(
    header(() => ['AWS4-HMAC-SHA256 SignedHeaders=host'])(inHeader('sts')),
    'sts',
    'missingComponents',
    /AuthorizationHeaderMalformed 400 .* requires three components/,
  );
  const { message, code, status } = stsWording(fault);
  const digest = hash('sha256', 'AWS4-HMAC-SHA256 SignedHeaders=host', 'base64');
  assert.equal(`${code} ${status}`, 'IncompleteSignature 400');
  assert.equal(
    message,
    `Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. (Hashed with SHA-256 and encoded with Base64) Authorization=${digest}`,
  );
  for (const bad of ['Credential', 'Credential=a,Credential=b', '=', 'a b c']) {
    refused(
      header(() => [`AWS4-HMAC-SHA256 ${bad}`])(inHeader('s3')),
      's3',
      bad === '=' ? 'missingComponents' : 'malformedComponent',
      /AuthorizationHeaderMalformed 400/,
    );
  }
  refused(
    header(() => ['AWS4-HMAC-SHA256'])(inHeader('s3')),
    's3',
    'missingComponents',
    /AuthorizationHeaderMalformed 400/,
  );
});

test('a query without its parameters, or with one twice', () => {
  for (const name of ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Signature']) {
    const request = inQuery('s3');
    refused(
      query(name)(request),
      's3',
      'missingComponents',
      /AuthorizationQueryParametersError 400 Query-string authentication version 4 requires/,
    );
    const twice = { ...request, rawQuery: `${request.rawQuery}&${name}=x` };
    refused(twice, 's3', 'malformedComponent', /AuthorizationQueryParametersError 400/);
  }
});

test('a credential that is none', () => {
  for (const bad of [
    '',
    'AKIA',
    'AKIA/1/2/3',
    'AKIA/20260911/r/s3/aws4_request/x',
    '/20260911/r/s3/aws4_request',
    'AK IA/20260911/r/s3/aws4_request',
  ]) {
    const fault = refused(
      component('Credential', bad)(inHeader('s3')),
      's3',
      'malformedCredential',
      /AuthorizationHeaderMalformed 400 .*the Credential is mal-formed/,
    );
    assert.match(
      stsWording(fault).message,
      /^Credential must have exactly 5 slash-delimited elements, e\.g\. keyid\/date\/region\/service\/term, got \d\.$/,
    );
    refused(
      query('X-Amz-Credential', encodeURIComponent(bad))(inQuery('s3')),
      's3',
      'malformedCredential',
      /AuthorizationQueryParametersError 400 Error parsing the X-Amz-Credential parameter; the Credential is mal-formed/,
    );
  }
});

test('signed headers without host, or that cannot be headers', () => {
  const fault = refused(
    component('SignedHeaders', 'x-amz-date')(inHeader('sts')),
    'sts',
    'hostNotSigned',
    /AuthorizationHeaderMalformed 400/,
  );
  assert.equal(stsWording(fault).message, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  for (const bad of ['', 'host;', 'Host', 'host; x', 'host;é', `host${';a'.repeat(256)}`]) {
    refused(
      component('SignedHeaders', bad)(inHeader('s3')),
      's3',
      'malformedComponent',
      /AuthorizationHeaderMalformed 400/,
    );
  }
});

test('dates: missing, malformed, no day of the calendar', () => {
  const fault = refused(
    without('x-amz-date')(inHeader('sts')),
    'sts',
    'missingDate',
    /AccessDenied 403 AWS authentication requires a valid Date or x-amz-date header/,
  );
  assert.match(
    stsWording(fault).message,
    /^Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\. /,
  );
  for (const bad of [
    'today',
    '2026-09-11T11:48:26Z',
    '20260911T114826',
    '20260230T000000Z',
    '20260911T250000Z',
    'Fri, 11 Sep 2026 11:48:26 GMT',
  ]) {
    const malformed = refused(set('x-amz-date', bad)(inHeader('sts')), 'sts', 'malformedDate', /AccessDenied 403/);
    assert.equal(
      stsWording(malformed).message,
      `Date must be in ISO-8601 'basic format'. Got '${bad}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  refused(
    query('X-Amz-Date', 'yesterday')(inQuery('s3')),
    's3',
    'malformedDate',
    /AuthorizationQueryParametersError 400 X-Amz-Date must be in the ISO8601 Long Format/,
  );
  refused(
    set('date', 'Fri, 99 Sep 2026 11:48:26 GMT')(without('x-amz-date')(inHeader('s3'))),
    's3',
    'malformedDate',
    /AccessDenied 403/,
  );
});

test('a Date header dates a request when there is no x-amz-date', () => {
  const dated = set('date', 'Fri, 11 Sep 2026 11:48:26 GMT')(without('x-amz-date')(inHeader('s3')));
  const parsed = parseSignature(dated);
  assert.ok(parsed.kind === 'signature');
  assert.deepEqual([parsed.time, parsed.timestamp], [NOW, '20260911T114826Z']);
});

test('no header and no query makes it throw, and no message repeats a signature', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'AWS4-HMAC-SHA256',
      ' Credential=',
      ', SignedHeaders=host',
      ', Signature=',
      'AKIA/20260911/us-east-1/s3/aws4_request',
      '%',
      '=',
    ),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const secret = 'deadbeef'.repeat(8);
  fc.assert(
    fc.property(text, text, text, (authorization, date, rawQuery) => {
      const headers = { authorization: [`${authorization}, Signature=${secret}`], 'x-amz-date': [date], host: ['h'] };
      for (const request of [
        { method: 'GET', rawPath: '/', rawQuery: '', headers, payloadHash: EMPTY },
        {
          method: 'GET',
          rawPath: '/',
          rawQuery: `X-Amz-Signature=${secret}&${rawQuery}`,
          headers: { host: ['h'] },
          payloadHash: EMPTY,
        },
      ]) {
        const fault = outcome(request, 's3');
        if (fault.kind === 'verified') assert.fail('garbage verified');
        for (const { message } of [stsWording(fault), s3Wording(fault)]) assert.ok(!message.includes('deadbeef'));
      }
    }),
    { numRuns: 300 },
  );
});

function said(fault: AuthenticationFault, sts: string, s3: string): void {
  assert.equal(line(stsWording(fault)), sts);
  assert.equal(line(s3Wording(fault)), s3);
}

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
