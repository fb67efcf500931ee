import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../base/service-error.ts';
import { parseForm } from './form.ts';
import { iam } from './generated/iam.ts';
import { sts } from './generated/sts.ts';
import type { ServiceModel } from './model.ts';
import { decodeQuery } from './query-request.ts';

const ASSUME = 'Action=AssumeRole&Version=2011-06-15&';

function refusal(model: ServiceModel, form: string): string {
  try {
    decodeQuery(model, parseForm(form));
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.status, 400);
    return `${error.code}: ${error.message}`;
  }
  return 'accepted';
}

const inputOf = (form: string): unknown => decodeQuery(sts, parseForm(ASSUME + form)).input;

test('nested lists and structures are read by number, whatever their order', () => {
  assert.deepEqual(
    inputOf(
      'Tags.member.2.Key=b&Tags.member.2.Value=&Tags.member.1.Value=1&Tags.member.1.Key=a&PolicyArns.member.1.arn=x',
    ),
    {
      PolicyArns: [{ arn: 'x' }],
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '' },
      ],
    },
  );
});

test('gaps in a list close up, an empty list may be said, a list without items is absent', () => {
  assert.deepEqual(inputOf('TransitiveTagKeys.member.7=b&TransitiveTagKeys.member.3=a'), {
    TransitiveTagKeys: ['a', 'b'],
  });
  assert.deepEqual(inputOf('Tags='), { Tags: [] });
  assert.deepEqual(inputOf('Tags.other.1.Key=a'), {});
});

test('unknown parameters are ignored, also below known ones, also names of Object.prototype', () => {
  assert.deepEqual(inputOf('RoleArn=r&RoleArn.x=1&Nothing=1&__proto__.a=1&constructor=1'), { RoleArn: 'r' });
  assert.deepEqual(inputOf(`${'a.'.repeat(2000)}b=1&RoleArn=r`), { RoleArn: 'r' });
});

test('the first of a repeated parameter counts, of Action and Version too', () => {
  assert.deepEqual(inputOf('RoleArn=first&RoleArn=second'), { RoleArn: 'first' });
  const call = decodeQuery(sts, parseForm('Action=GetCallerIdentity&Version=2011-06-15&Action=No&Version=1'));
  assert.deepEqual(call, { action: 'GetCallerIdentity', version: '2011-06-15', input: {} });
});

test('integers are signed 32 bit, with plus and leading zeros', () => {
  for (const [text, value] of [
    ['900', 900],
    ['%2B900', 900],
    ['0900', 900],
    ['-1', -1],
    ['2147483647', 2147483647],
    ['-2147483648', -2147483648],
  ] as const) {
    assert.deepEqual(inputOf(`DurationSeconds=${text}`), { DurationSeconds: value });
  }
  for (const text of ['abc', '900.0', '2147483648', '-2147483649', '9e2', '0x10', '+900', '9'.repeat(50)]) {
    assert.equal(refusal(sts, `${ASSUME}DurationSeconds=${text}`), 'MalformedInput: ');
  }
  assert.equal(refusal(sts, `${ASSUME}DurationSeconds=`), 'MalformedInput: missing value for decimal type');
});

test('booleans are true or false', () => {
  const form = 'Action=CreatePolicyVersion&Version=2010-05-08&SetAsDefault=';
  assert.deepEqual(decodeQuery(iam, parseForm(`${form}true`)).input, { SetAsDefault: true });
  assert.deepEqual(decodeQuery(iam, parseForm(`${form}False`)).input, { SetAsDefault: false });
  assert.equal(refusal(iam, `${form}1`), 'MalformedInput: ');
  assert.equal(refusal(iam, form), 'MalformedInput: ');
});

test('an operation that is not found is named as live STS names it', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Action=NoSuch&Version=2011-06-15', 'Could not find operation NoSuch for version 2011-06-15'],
    ['Action=GetCallerIdentity', 'Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED'],
    ['Action=GetCallerIdentity&Version=', 'Could not find operation GetCallerIdentity for version '],
    ['Action=&Version=2011-06-15', 'Could not find operation  for version 2011-06-15'],
    ['Action=toString&Version=2011-06-15', 'Could not find operation toString for version 2011-06-15'],
    ['Action=CreateRole&Version=2010-05-08', 'Could not find operation CreateRole for version 2010-05-08'],
  ];
  for (const [form, message] of cases) assert.equal(refusal(sts, form), `InvalidAction: ${message}`);
  assert.match(refusal(sts, 'Version=2011-06-15'), /^MissingAction: /);
  assert.ok(refusal(sts, `Action=${'a'.repeat(100_000)}&Version=${'b'.repeat(100_000)}`).length < 1_200);
});

test('a list item without a number and a list without end are refused, not cut', () => {
  assert.equal(refusal(sts, `${ASSUME}Tags.member.x.Key=a`), 'MalformedInput: ');
  assert.equal(refusal(sts, `${ASSUME}Tags.member.0.Key=a`), 'MalformedInput: ');
  const many = Array.from({ length: 5_001 }, (_, i) => `TransitiveTagKeys.member.${i + 1}=a`).join('&');
  assert.equal(refusal(sts, ASSUME + many), 'MalformedInput: ');
});
