/**
 * The errors common to every call of STS and IAM, each with its status and its whole sentence
 * (reference aws-federation 1.3), through real bytes. What is not here has no cause in Sojourn:
 * RegionDisabledException and Throttling.
 */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Answer } from './connection.ts';
import {
  assertUnharmed,
  audited,
  call,
  formOf,
  postForm,
  refused,
  signedForm,
  startTarget,
  type Target,
} from './target.ts';

const WHO = formOf('sts', 'GetCallerIdentity');
const NONCONFORMING = 'The request signature does not conform to AWS standards.';
let target: Target;

before(async () => {
  target = await startTarget();
});
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

/** `YYYYMMDDTHHMMSSZ` of some milliseconds from now. */
function basicTime(ahead = 0): string {
  return new Date(Date.now() + ahead).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** A call with that `Authorization`, whose signature nobody looks at before the rest holds. */
function authorized(authorization: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return postForm(target, WHO, { authorization, 'x-amz-date': basicTime(), ...headers });
}

/** The header of a signature with this scope and these signed headers. */
function header(scope: string, signedHeaders = 'content-type;host;x-amz-date'): string {
  const { accessKeyId } = target.root;
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${'0'.repeat(64)}`;
}

const today = (): string => basicTime().slice(0, 8);

test('no operation of that name or version, or none at all', async () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['Action=NoSuch&Version=2011-06-15', 'InvalidAction', 'Could not find operation NoSuch for version 2011-06-15'],
    [
      'Action=GetCallerIdentity&Version=2010-05-09',
      'InvalidAction',
      'Could not find operation GetCallerIdentity for version 2010-05-09',
    ],
    [
      'Action=GetCallerIdentity',
      'InvalidAction',
      'Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED',
    ],
    ['Version=2011-06-15', 'MissingAction', 'The request is missing an action or a required parameter.'],
  ];
  for (const [form, code, message] of rows) refused(target, await postForm(target, form), 400, code, message);
});

test('no credentials, unknown ones, a wrong secret', async () => {
  refused(
    target,
    await postForm(target, WHO),
    403,
    'MissingAuthenticationToken',
    'Request is missing Authentication Token',
  );
  const { accessKeyId, secretAccessKey } = target.root;
  const stranger = { accessKeyId: 'AKIAQAAAAAAAAAAAAAAA', secretAccessKey };
  refused(
    target,
    await signedForm(target, 'sts', WHO, { credentials: stranger }),
    403,
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
  );
  refused(
    target,
    await signedForm(target, 'sts', WHO, { credentials: { accessKeyId, secretAccessKey: 'wrong' } }),
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
});

test('scopes: each part that is wrong has its sentence', async () => {
  const day = today();
  const region = 'Credential should be scoped to a valid region. ';
  const service = "Credential should be scoped to correct service: 'sts'. ";
  const date = 'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.';
  const rows: readonly (readonly [string, string])[] = [
    [`${day}/NOWHERE!/sts/aws4_request`, region],
    [`${day}/us-east-1/ec2/aws4_request`, service],
    [`${day}/NOWHERE!/ec2/aws4_request`, region + service],
    [`${day}/us-east-1/sts/aws5_request`, "Credential should be scoped with a valid terminator: 'aws4_request'."],
    ['20010101/us-east-1/sts/aws4_request', date],
    ['yesterday/us-east-1/sts/aws4_request', date],
  ];
  for (const [scope, sentence] of rows) {
    refused(target, await authorized(header(scope)), 403, 'SignatureDoesNotMatch', sentence);
  }
  refused(
    target,
    await authorized(header(`${day}/us-east-1/sts/aws4_request`, 'content-type;x-amz-date')),
    403,
    'SignatureDoesNotMatch',
    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
  );
});

test('clocks: the sentence has both times, and the end of the tolerance', async () => {
  for (const [ahead, sentence] of [
    [
      -3_600_000,
      /^Signature expired: (\d{8}T\d{6}Z) is now earlier than (\d{8}T\d{6}Z) \((\d{8}T\d{6}Z) - 15 min\.\)$/,
    ],
    [
      3_600_000,
      /^Signature not yet current: (\d{8}T\d{6}Z) is still later than (\d{8}T\d{6}Z) \((\d{8}T\d{6}Z) \+ 15 min\.\)$/,
    ],
  ] as const) {
    const answer = await signedForm(target, 'sts', WHO, { ahead });
    const line = refused(target, answer, 403, 'SignatureDoesNotMatch', sentence);
    const times = line.errorMessage?.match(/\d{8}T\d{6}Z/g)?.map(milliseconds) ?? [];
    const [sent = 0, limit = 0, now = 0] = times;
    assert.equal(now - limit, ahead < 0 ? 900_000 : -900_000);
    assert.ok(Math.abs(sent - now - ahead) <= 2_000, times.join());
  }
});

function milliseconds(time: string): number {
  return Date.parse(time.replace(/^(.{4})(..)(..T..)(..)/, '$1-$2-$3:$4:'));
}

test('signatures that lack something', async () => {
  const scope = `${today()}/us-east-1/sts/aws4_request`;
  const { accessKeyId } = target.root;
  const hashed = (authorization: string): string =>
    `(Hashed with SHA-256 and encoded with Base64) Authorization=${hash('sha256', authorization, 'base64')}`;
  const unsigned = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host`;
  const bare = 'AWS4-HMAC-SHA256 SignedHeaders=host';
  const rows: readonly (readonly [string, string])[] = [
    [unsigned, `Authorization header requires 'Signature' parameter. ${hashed(unsigned)}`],
    [
      bare,
      `Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. ${hashed(bare)}`,
    ],
    [
      header('us-east-1/sts/aws4_request'),
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 4.',
    ],
    ['Bearer abc', NONCONFORMING],
    [`${header(scope)}, Signature=00`, NONCONFORMING],
  ];
  for (const [authorization, sentence] of rows) {
    refused(target, await authorized(authorization), 400, 'IncompleteSignature', sentence);
  }
});

test('signatures without a time, or with one that is none', async () => {
  const authorization = header(`${today()}/us-east-1/sts/aws4_request`);
  const digest = hash('sha256', authorization, 'base64');
  refused(
    target,
    await postForm(target, WHO, { authorization }),
    400,
    'IncompleteSignature',
    `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=${digest}`,
  );
  refused(
    target,
    await authorized(authorization, { 'x-amz-date': '2026-01-01T00:00:00Z' }),
    400,
    'IncompleteSignature',
    "Date must be in ISO-8601 'basic format'. Got '2026-01-01T00:00:00Z'. See http://en.wikipedia.org/wiki/ISO_8601",
  );
});

test('parameters: a clause, no sentence at all, and the one that an empty number has', async () => {
  const duration = (value: string): Promise<Answer> =>
    call(target, 'sts', 'GetSessionToken', { DurationSeconds: value });
  refused(
    target,
    await duration('899'),
    400,
    'ValidationError',
    "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  );
  for (const value of ['900.0', '9e2', ' 900 ', '\t900\n', '2147483648']) {
    refused(target, await duration(value), 400, 'MalformedInput', undefined);
  }
  refused(target, await duration(''), 400, 'MalformedInput', 'missing value for decimal type');
  for (const value of ['900', '0900', '+900']) audited(target, await duration(value), undefined);
});

test('an empty form names no operation', async () => {
  const answer = await postForm(target, '', {});
  refused(target, answer, 400, 'MissingAction', 'The request is missing an action or a required parameter.');
});
