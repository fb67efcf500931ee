/** Forms of STS and IAM that no SDK sends: the documented error for each, and a line in the audit log (reference aws-federation 1.1–1.4). */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { signRequest } from '../../src/credentials/signature-v4/sign-request.ts';
import { exchange, head, type Answer } from './connection.ts';
import {
  ACCOUNT,
  assertUnharmed,
  audited,
  auditLines,
  call,
  FORM,
  formOf,
  hostOf,
  postForm,
  refused,
  signedForm,
  signedFormHeaders,
  startTarget,
  succeeded,
  text,
  type Target,
} from './target.ts';

const BODY_LIMIT = 10_000_000;
const ROOT_ARN = `arn:aws:iam::${ACCOUNT}:root`;
const DISPATCH_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09';
let target: Target;

before(async () => {
  target = await startTarget();
});
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

function padded(length: number): string {
  const form = 'Action=Nonsense&Version=2011-06-15&padding=';
  return form + 'a'.repeat(length - form.length);
}

test('10,000,000 bytes are read; one more is 413 with nothing else, and is on record', async () => {
  const whole = await postForm(target, padded(BODY_LIMIT));
  refused(target, whole, 400, 'InvalidAction', 'Could not find operation Nonsense for version 2011-06-15');
  const before = auditLines(target).length;
  const over = await postForm(target, padded(BODY_LIMIT + 1));
  assert.equal(over.status, 413);
  assert.equal(over.body, '');
  assert.equal(over.headers.has('x-amzn-requestid'), false);
  const line = auditLines(target).at(-1);
  assert.equal(auditLines(target).length, before + 1);
  assert.equal(line?.errorCode, 'RequestEntityTooLarge');
});

test('a refused read is on record as a read, wherever it was refused', async () => {
  for (const [form, code] of [
    [formOf('sts', 'GetCallerIdentity'), 'MissingAuthenticationToken'],
    [formOf('sts', 'AssumeRoleWithWebIdentity'), 'ValidationError'],
    [formOf('sts', 'AssumeRoleWithWebIdentity', { DurationSeconds: 'soon' }), 'MalformedInput'],
  ] as const) {
    assert.equal(audited(target, await postForm(target, form), code).readOnly, true, code);
  }
  const write = await postForm(target, formOf('iam', 'DeleteRole', { RoleName: 'r' }));
  assert.equal(audited(target, write, 'MissingAuthenticationToken').readOnly, false);
});

test('a body far over the limit is refused while it comes', async () => {
  const chunk = 'a'.repeat(1 << 20);
  const pieces = Array.from({ length: 24 }, () => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
  const headers = { host: hostOf(target), 'content-type': FORM, 'transfer-encoding': 'chunked' };
  const answer = await exchange(target.url, head('POST', '/', headers), ...pieces);
  assert.equal(answer.status, 413);
  assert.equal(answer.headers.get('connection'), 'close');
});

test('actions and versions that do not exist are dispatch errors, in no service’s namespace', async () => {
  const rows: readonly (readonly [string, string, string | RegExp])[] = [
    ['Version=2011-06-15', 'MissingAction', /missing an action/],
    ['', 'MissingAction', /missing an action/],
    ['&&&', 'MissingAction', /missing an action/],
    ['=&=x', 'MissingAction', /missing an action/],
    ['action=GetCallerIdentity&Version=2011-06-15', 'MissingAction', /missing an action/],
    ['Action=&Version=2011-06-15', 'InvalidAction', 'Could not find operation  for version 2011-06-15'],
    ['Action=Nope&Version=2011-06-15', 'InvalidAction', 'Could not find operation Nope for version 2011-06-15'],
    [
      'Action=GetCallerIdentity',
      'InvalidAction',
      'Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED',
    ],
    ['Action=GetCallerIdentity&Version=1', 'InvalidAction', 'Could not find operation GetCallerIdentity for version 1'],
    ['Action=getcalleridentity&Version=2011-06-15', 'InvalidAction', /getcalleridentity/],
    ['Action=__proto__&Version=2011-06-15', 'InvalidAction', /__proto__/],
    ['Action=constructor&Version=2011-06-15', 'InvalidAction', /constructor/],
    ['Action=CreateRole&Version=2011-06-15', 'InvalidAction', /CreateRole/],
    ['Action=%3CError%3E%26&Version=2011-06-15', 'InvalidAction', /<Error>&/],
  ];
  for (const [form, code, message] of rows) {
    const answer = await postForm(target, form);
    const line = refused(target, answer, 400, code, message);
    assert.ok(answer.body.includes(`xmlns="${DISPATCH_NAMESPACE}"`), form);
    assert.equal(text(answer, 'Type'), 'Sender');
    assert.equal(line.eventName, 'Unknown');
    assert.equal(answer.headers.get('x-amzn-requestid'), text(answer, 'RequestId'));
    assert.equal(answer.headers.get('content-type'), 'text/xml');
  }
});

test('a huge action fills neither the answer nor the audit log', async () => {
  const answer = await postForm(target, `Action=${'A'.repeat(5_000_000)}&Version=2011-06-15`);
  const line = refused(target, answer, 400, 'InvalidAction', /^Could not find operation AAAA/);
  assert.ok(answer.body.length < 16_384, `${answer.body.length} characters`);
  assert.ok((line.errorMessage ?? '').length <= 1024);
});

test('huge values of parameters fill neither the answer nor the audit log', async () => {
  const huge = 'x'.repeat(4_000_000);
  for (const name of ['RoleArn', 'RoleSessionName', 'Policy', 'ProviderId', 'WebIdentityToken']) {
    const answer = await postForm(target, formOf('sts', 'AssumeRoleWithWebIdentity', { [name]: huge }));
    refused(target, answer, 400, 'ValidationError', /validation errors detected/);
    assert.ok(answer.body.length < 16_384, `${name}: ${answer.body.length} characters`);
  }
});

test('of a repeated parameter the first counts, for the signature’s call too', async () => {
  const web = formOf('sts', 'AssumeRoleWithWebIdentity', {
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/r`,
    RoleSessionName: 'x y',
    WebIdentityToken: 'abcd',
  });
  const answer = await postForm(target, `${web}&RoleSessionName=valid&WebIdentityToken=&Action=ListRoles`);
  refused(target, answer, 400, 'ValidationError', /^1 validation error detected: Value 'x y' at 'roleSessionName'/);
  const valid = `${formOf('sts', 'GetCallerIdentity')}&Action=Nonsense&Version=1`;
  assert.equal(text(succeeded(await signedForm(target, 'sts', valid)), 'Arn'), ROOT_ARN);
});

test('unknown parameters are ignored, and the order is nothing: SDKs put the action last', async () => {
  const form =
    'Unknown=1&Tags.member.1.Key=x&__proto__=1&a.b.c.d.e.f.g.h.i.j.k.l.m.n=1&Version=2011-06-15&Action=GetCallerIdentity';
  assert.equal(text(succeeded(await signedForm(target, 'sts', form)), 'Arn'), ROOT_ARN);
});

test('a secret that is no JWT, sent as another parameter, is not kept', async () => {
  // The form of a session token of AWS: nothing in it says what it is.
  const opaque = `IQoJb3JpZ2luX2VjE${Buffer.alloc(300, 'sealed/+').toString('base64')}`;
  const inPlace = {
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/r`,
    RoleSessionName: 'session',
    WebIdentityToken: 'x'.repeat(20),
  };
  target.secrets.add(opaque);
  const wrong = { RoleArn: 'ValidationError', RoleSessionName: 'ValidationError', DurationSeconds: 'MalformedInput' };
  for (const [name, code] of Object.entries(wrong)) {
    const answer = await postForm(target, formOf('sts', 'AssumeRoleWithWebIdentity', { ...inPlace, [name]: opaque }));
    assert.equal(audited(target, answer, code).errorMessage?.includes('IQoJ') ?? false, false, name);
  }
  const action = await postForm(target, formOf('sts', opaque));
  assert.match(audited(target, action, 'InvalidAction').errorMessage ?? '', /HIDDEN_DUE_TO_SECURITY_REASONS/);
  await assertUnharmed(target);
});

test('integers: signs and zeros before them are read, anything else is MalformedInput', async () => {
  const web = (duration: string): string =>
    `Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn:aws:iam::${ACCOUNT}:role/r&RoleSessionName=session&WebIdentityToken=abcd&DurationSeconds=${duration}`;
  for (const accepted of ['900', '%2B900', '0900', '43200']) {
    refused(target, await postForm(target, web(accepted)), 400, 'InvalidIdentityToken', /not a valid JWT/);
  }
  for (const malformed of [
    'x',
    '900x',
    '9e2',
    '900.0',
    '0x384',
    '+900',
    '2147483648',
    '-2147483649',
    '9'.repeat(5000),
  ]) {
    const answer = await postForm(target, web(malformed));
    refused(target, answer, 400, 'MalformedInput', undefined);
    assert.doesNotMatch(answer.body, /<Message>/);
  }
  refused(target, await postForm(target, web('')), 400, 'MalformedInput', 'missing value for decimal type');
  for (const [value, rule] of [
    ['899', 'greater than or equal to 900'],
    ['-900', 'greater than or equal to 900'],
    ['43201', 'less than or equal to 43200'],
  ] as const) {
    const sentence = `1 validation error detected: Value '${value}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${rule}`;
    refused(target, await postForm(target, web(value)), 400, 'ValidationError', sentence);
  }
});

test('booleans, list positions and structures of the wrong kind', async () => {
  const rows: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [
      'CreatePolicyVersion',
      { PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/p`, PolicyDocument: '{}', SetAsDefault: 'maybe' },
    ],
    ['TagRole', { RoleName: 'r', 'Tags.member.1.Key': 'a', 'Tags.member.x.Key': 'b' }],
    ['ListRoles', { MaxItems: 'ten' }],
  ];
  for (const [action, parameters] of rows) {
    refused(target, await call(target, 'iam', action, parameters), 400, 'MalformedInput', undefined);
  }
  for (const [position, message] of [
    ['0', /^0 is not a valid index$/],
    ['-1', /^Key -1 may not have a leading '-'$/],
    ['1.1', /^Two index elements may not occur back to back$/],
    ['999999999', /^Excessively sparse input would skip 999999998 list elements$/],
  ] as const) {
    const answer = await call(target, 'iam', 'TagRole', { RoleName: 'r', [`Tags.member.${position}.Key`]: 'a' });
    refused(target, answer, 400, 'MalformedInput', message);
  }
  for (const position of ['x', '%2B1', '2']) {
    const tag = { [`Tags.member.${position}.Key`]: 'a', [`Tags.member.${position}.Value`]: 'b' };
    const answer = await call(target, 'iam', 'TagRole', { RoleName: 'r', ...tag });
    refused(target, answer, 400, 'ValidationError', /^2 validation errors detected: Value at 'tags\.1\.member\.value'/);
  }
  refused(
    target,
    await call(target, 'iam', 'TagRole', { RoleName: 'r', Tags: 'text' }),
    400,
    'ValidationError',
    /'tags'/,
  );
  refused(
    target,
    await call(target, 'iam', 'GetRole', { 'RoleName.member.1': 'r' }),
    400,
    'ValidationError',
    /roleName/,
  );
});

test('bytes that are no UTF-8 and percent signs that encode nothing are MalformedInput', async () => {
  const start = Buffer.from('Action=GetCallerIdentity&Version=2011-06-15&x=');
  for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0xaf]]) {
    refused(
      target,
      await postForm(target, Buffer.concat([start, Buffer.from(bytes)])),
      400,
      'MalformedInput',
      undefined,
    );
  }
  for (const bad of ['%', '%4', '%zz', '%c3%28', '%ff', '%ED%A0%80', '%u0041']) {
    refused(target, await postForm(target, `${start.toString()}${bad}`), 400, 'MalformedInput', undefined);
  }
  const binary = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 167) % 256));
  refused(target, await postForm(target, binary), 400, 'MalformedInput', undefined);
});

test('more parameters than any call has are refused', async () => {
  const form = `Action=GetCallerIdentity&Version=2011-06-15${'&a'.repeat(20_000)}`;
  refused(target, await postForm(target, form), 400, 'MalformedInput', undefined);
});

test('constraints are reported together, in AWS’s grammar', async () => {
  const empty = await postForm(target, formOf('sts', 'AssumeRoleWithWebIdentity'));
  refused(target, empty, 400, 'ValidationError', /^3 validation errors detected: /);
  assert.match(empty.body, /Value at &apos;webIdentityToken&apos;|Value at 'webIdentityToken'/);
  const one = await postForm(
    target,
    formOf('sts', 'AssumeRoleWithWebIdentity', {
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/r`,
      RoleSessionName: 'Session1:2',
      WebIdentityToken: 'abcd',
    }),
  );
  const sentence =
    "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*";
  refused(target, one, 400, 'ValidationError', sentence);
});

test('characters that XML cannot carry are echoed as XML can', async () => {
  for (const name of ['a\u0000b', 'a\u0001b', ']]>', '<a>&"\'', '\ud83d\ude00', '\ufffe']) {
    const form = formOf('sts', 'AssumeRoleWithWebIdentity', {
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/r`,
      RoleSessionName: name,
      WebIdentityToken: 'abcd',
    });
    const answer = await postForm(target, form);
    refused(target, answer, 400, 'ValidationError', /at 'roleSessionName' failed/);
    // XML 1.0 section 2.2: of the control characters only tab, line feed and carriage return.
    assert.doesNotMatch(answer.body, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  }
});

test('GET with the parameters in its query works, unsigned and signed', async () => {
  const unsigned = await get('/?Action=AssumeRoleWithWebIdentity&Version=2011-06-15', {});
  refused(target, unsigned, 400, 'ValidationError', /validation errors detected/);
  refused(target, await get('/?Action=Nonsense', {}), 400, 'InvalidAction', /NO_VERSION_SPECIFIED/);
  refused(target, await get('/?Action=%zz', {}), 400, 'MalformedInput', undefined);
  const query = 'Action=GetCallerIdentity&Version=2011-06-15';
  const signed = signRequest(
    {
      method: 'GET',
      rawPath: '/',
      rawQuery: query,
      headers: { host: [hostOf(target)] },
      payloadHash: hash('sha256', '', 'hex'),
    },
    target.root,
    { service: 'sts', region: 'us-east-1', now: Date.now() },
  );
  assert.equal(text(succeeded(await get(`/?${query}`, signed)), 'Arn'), ROOT_ARN);
});

test('another path than the root is 404 with one empty element', async () => {
  const form = formOf('sts', 'GetCallerIdentity');
  const headers = signedFormHeaders(target, 'sts', form, { path: '/else/where' });
  const answer = await exchange(
    target.url,
    head('POST', '/else/where', { ...headers, 'content-length': String(form.length) }),
    form,
  );
  assert.equal(answer.status, 404);
  assert.equal(answer.body.trim(), '<UnknownOperationException/>');
});

test('calls that need a signature and have none', async () => {
  for (const [service, action] of [
    ['sts', 'GetCallerIdentity'],
    ['sts', 'AssumeRole'],
    ['iam', 'ListRoles'],
    ['iam', 'CreateRole'],
  ] as const) {
    const answer = await postForm(target, formOf(service, action));
    const line = refused(target, answer, 403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
    assert.equal(line.eventSource, `${service}.amazonaws.com`);
    assert.equal(line.eventName, action);
  }
});

function get(path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return exchange(target.url, head('GET', path, { host: hostOf(target), ...headers }));
}
