import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../base/service-error.ts';
import { iam } from './generated/iam.ts';
import { sts } from './generated/sts.ts';
import { encodeQuery, encodeQueryError } from './query-response.ts';
import { readXml } from './xml-read.ts';

test('an answer stands in its envelope, an element a line, members as a Java map has them, times in seconds', () => {
  const output = {
    AssumedRoleUser: { Arn: 'arn:aws:sts::123456789012:assumed-role/r/s', AssumedRoleId: 'AROA:s' },
    Credentials: { AccessKeyId: 'ASIA', Expiration: new Date('2026-09-11T11:48:26Z') },
    PackedPolicySize: 6,
    NotInTheModel: 'never printed',
  };
  assert.equal(
    encodeQuery(sts, 'AssumeRole', output, 'id-1'),
    `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <AssumedRoleId>AROA:s</AssumedRoleId>
      <Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIA</AccessKeyId>
      <Expiration>2026-09-11T11:48:26Z</Expiration>
    </Credentials>
    <PackedPolicySize>6</PackedPolicySize>
  </AssumeRoleResult>
  <ResponseMetadata>
    <RequestId>id-1</RequestId>
  </ResponseMetadata>
</AssumeRoleResponse>
`,
  );
});

test('an operation without output answers with its metadata only', () => {
  assert.equal(
    encodeQuery(iam, 'DeleteRole', undefined, 'id-2'),
    `<DeleteRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <ResponseMetadata>
    <RequestId>id-2</RequestId>
  </ResponseMetadata>
</DeleteRoleResponse>
`,
  );
});

test('members come in the order that live answers have', () => {
  const order = (xml: string): readonly string[] => [...xml.matchAll(/<(\w+)>/g)].map(([, name = '']) => name);
  const identity = encodeQuery(sts, 'GetCallerIdentity', { UserId: 'u', Account: 'a', Arn: 'n' }, 'id');
  assert.deepEqual(order(identity).slice(1, 4), ['Arn', 'UserId', 'Account']);
  const session = {
    Credentials: { AccessKeyId: 'k', SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(0) },
    SubjectFromWebIdentityToken: 's',
    AssumedRoleUser: { AssumedRoleId: 'i', Arn: 'n' },
    Provider: 'p',
    Audience: 'a',
  };
  assert.deepEqual(order(encodeQuery(sts, 'AssumeRoleWithWebIdentity', session, 'id')).slice(1, -2), [
    'Audience',
    'AssumedRoleUser',
    'AssumedRoleId',
    'Arn',
    'Provider',
    'Credentials',
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
    'Expiration',
    'SubjectFromWebIdentityToken',
  ]);
  const roles = [
    { Path: '/', RoleName: 'r', RoleId: 'i', Arn: 'n', CreateDate: new Date(0), AssumeRolePolicyDocument: 'd' },
  ];
  assert.deepEqual(
    order(encodeQuery(iam, 'ListRoles', { Roles: roles, IsTruncated: true, Marker: 'm' }, 'id')).slice(1, -2),
    [
      'IsTruncated',
      'Marker',
      'Roles',
      'member',
      'Path',
      'AssumeRolePolicyDocument',
      'RoleId',
      'RoleName',
      'Arn',
      'CreateDate',
    ],
  );
});

test('a token of GetWebIdentityToken ends to the millisecond', () => {
  const xml = encodeQuery(sts, 'GetWebIdentityToken', { Expiration: new Date('2026-09-11T18:36:46.507Z') }, 'id');
  assert.match(xml, /<Expiration>2026-09-11T18:36:46\.507Z<\/Expiration>/);
});

test('empty lists and structures are elements, absent ones are not there', () => {
  const xml = encodeQuery(iam, 'ListRoles', { Roles: [], IsTruncated: false }, 'id');
  assert.match(xml, /<ListRolesResult>\n {4}<IsTruncated>false<\/IsTruncated>\n {4}<Roles\/>\n {2}<\/ListRolesResult>/);
  const date = new Date(0);
  const role = { Path: '/', RoleName: 'r', RoleId: 'AROA', Arn: 'arn', CreateDate: date, RoleLastUsed: {} };
  assert.match(encodeQuery(iam, 'GetRole', { Role: role }, 'id'), /<RoleLastUsed\/>\n/);
  const summary = encodeQuery(iam, 'GetAccountSummary', { SummaryMap: { Roles: 3 } }, 'id');
  assert.match(summary, /<entry>\n\s+<key>Roles<\/key>\n\s+<value>3<\/value>\n\s+<\/entry>\n\s+<\/SummaryMap>/);
});

test('text is escaped and apostrophes stay', () => {
  const xml = encodeQuery(iam, 'GetUser', { User: { UserName: `a<b>&"'\r` } }, 'id');
  assert.match(xml, /<UserName>a&lt;b&gt;&amp;&quot;'&#xd;<\/UserName>/);
});

test('an output that is not of its shape is a bug, not an answer', () => {
  assert.throws(() => encodeQuery(iam, 'GetUser', { User: { UserName: 1 } }, 'id'), TypeError);
  assert.throws(() => encodeQuery(iam, 'ListRoles', { Roles: 'x' }, 'id'), TypeError);
  assert.throws(() => encodeQuery(iam, 'ListRoles', undefined, 'id'), TypeError);
  assert.throws(() => encodeQuery(iam, 'NoSuch', {}, 'id'), RangeError);
});

test('a refusal names its fault, in the namespace of the service', () => {
  const denied = new ServiceError('AccessDenied', 403, 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
  assert.equal(
    encodeQueryError(denied, sts, 'id-3'),
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>AccessDenied</Code>
    <Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message>
  </Error>
  <RequestId>id-3</RequestId>
</ErrorResponse>
`,
  );
  const failed = new ServiceError('ServiceFailure', 500, 'x', { reason: 'for the log' });
  const xml = encodeQueryError(failed, iam, 'id');
  assert.match(
    xml,
    /<ErrorResponse xmlns="https:\/\/iam.amazonaws.com\/doc\/2010-05-08\/">\s*<Error>\s*<Type>Receiver<\/Type>/,
  );
  assert.doesNotMatch(xml, /for the log/);
});

test('dispatch errors are in the namespace of none; no message, no element', () => {
  const dispatch = 'xmlns="http://webservices.amazon.com/AWSFault/2005-15-09"';
  const unknown = new ServiceError('InvalidAction', 400, 'Could not find operation X for version Y');
  assert.ok(encodeQueryError(unknown, iam, 'id').includes(dispatch));
  const malformed = new ServiceError('MalformedInput', 400, '');
  assert.ok(encodeQueryError(malformed, 'dispatch', 'id').includes(dispatch));
  assert.ok(!encodeQueryError(malformed, sts, 'id').includes(dispatch));
  assert.ok(!encodeQueryError(malformed, sts, 'id').includes('Message'));
});

test('a refusal can be parsed whatever the value that it quotes', () => {
  const quoting = new ServiceError('ValidationError', 400, "Value 'a\u0000\u001F\uD800<' at 'x'");
  const xml = encodeQueryError(quoting, sts, 'id');
  assert.match(xml, /<Message>Value 'a\uFFFD\uFFFD\uFFFD&lt;' at 'x'<\/Message>/);
  assert.equal(readXml(xml).name, 'ErrorResponse');
});
