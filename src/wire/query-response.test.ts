import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../base/service-error.ts';
import { iam } from './generated/iam.ts';
import { sts } from './generated/sts.ts';
import { encodeQuery, encodeQueryError } from './query-response.ts';
import { readXml } from './xml-read.ts';

test('an answer stands in its envelope, members in the order of the model, times in seconds', () => {
  const output = {
    AssumedRoleUser: { Arn: 'arn:aws:sts::123456789012:assumed-role/r/s', AssumedRoleId: 'AROA:s' },
    Credentials: { AccessKeyId: 'ASIA', Expiration: new Date('2026-09-11T11:48:26.999Z') },
    PackedPolicySize: 6,
    NotInTheModel: 'never printed',
  };
  assert.equal(
    encodeQuery(sts, 'AssumeRole', output, 'id-1'),
    '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>' +
      '<Credentials><AccessKeyId>ASIA</AccessKeyId><Expiration>2026-09-11T11:48:26Z</Expiration></Credentials>' +
      '<AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId>' +
      '<Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn></AssumedRoleUser>' +
      '<PackedPolicySize>6</PackedPolicySize></AssumeRoleResult>' +
      '<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></AssumeRoleResponse>',
  );
});

test('an operation without output answers with its metadata only', () => {
  assert.equal(
    encodeQuery(iam, 'DeleteRole', undefined, 'id-2'),
    '<DeleteRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">' +
      '<ResponseMetadata><RequestId>id-2</RequestId></ResponseMetadata></DeleteRoleResponse>',
  );
});

test('empty lists and structures are elements, absent ones are not there', () => {
  const xml = encodeQuery(iam, 'ListRoles', { Roles: [], IsTruncated: false }, 'id');
  assert.match(xml, /<ListRolesResult><Roles\/><IsTruncated>false<\/IsTruncated><\/ListRolesResult>/);
  const date = new Date(0);
  const role = { Path: '/', RoleName: 'r', RoleId: 'AROA', Arn: 'arn', CreateDate: date, RoleLastUsed: {} };
  assert.match(encodeQuery(iam, 'GetRole', { Role: role }, 'id'), /<RoleLastUsed\/><\/Role>/);
  const summary = encodeQuery(iam, 'GetAccountSummary', { SummaryMap: { Roles: 3 } }, 'id');
  assert.match(summary, /<SummaryMap><entry><key>Roles<\/key><value>3<\/value><\/entry><\/SummaryMap>/);
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
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
      '<Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error>' +
      '<RequestId>id-3</RequestId></ErrorResponse>',
  );
  const failed = new ServiceError('ServiceFailure', 500, 'x', { reason: 'for the log' });
  const xml = encodeQueryError(failed, iam, 'id');
  assert.match(xml, /<ErrorResponse xmlns="https:\/\/iam.amazonaws.com\/doc\/2010-05-08\/">.*<Type>Receiver<\/Type>/);
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
