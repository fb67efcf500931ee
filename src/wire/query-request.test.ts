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

test('an empty list may be said, a list without items is absent', () => {
  assert.deepEqual(inputOf('Tags='), { Tags: [] });
  assert.deepEqual(inputOf('Tags.other.1.Key=a'), {});
});

test('what a list leaves out stays out: an empty structure, or null, for the constraints to refuse', () => {
  assert.deepEqual(inputOf('TransitiveTagKeys.member.4=b&TransitiveTagKeys.member.2=a'), {
    TransitiveTagKeys: [null, 'a', null, 'b'],
  });
  assert.deepEqual(inputOf('Tags.member.2.Key=a&Tags.member.2.Value=1'), { Tags: [{}, { Key: 'a', Value: '1' }] });
  assert.deepEqual(inputOf('PolicyArns.member.3.arn=x'), { PolicyArns: [{}, {}, { arn: 'x' }] });
});

test('leading zeros of an index mean nothing, also between the members of one item', () => {
  assert.deepEqual(inputOf('Tags.member.01.Key=a&Tags.member.1.Value=1&Tags.member.002.Key=b'), {
    Tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }],
  });
});

test('an index may leave out ten items, not eleven, counted from the item before it', () => {
  const keys = (...positions: readonly number[]): string =>
    ASSUME + positions.map((position) => `TransitiveTagKeys.member.${position}=k`).join('&');
  const skipping = (count: number): string =>
    `MalformedInput: Excessively sparse input would skip ${count} list elements`;
  for (const positions of [[11], [1, 8, 15], [15, 8, 1], [1, 11, 21]]) {
    assert.equal(refusal(sts, keys(...positions)), 'accepted', String(positions));
  }
  assert.equal(refusal(sts, keys(12)), skipping(11));
  assert.equal(refusal(sts, keys(33)), skipping(32));
  assert.equal(refusal(sts, keys(1, 12)), skipping(11));
  assert.equal(refusal(sts, keys(22, 1)), skipping(21));
  assert.equal(refusal(sts, keys(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 21)), skipping(11));
  assert.equal(refusal(sts, keys(999_999_999)), skipping(999_999_998));
});

test('a name in place of an index makes one item of structures, and no plain value', () => {
  for (const name of ['one', '%2B1']) {
    assert.deepEqual(inputOf(`Tags.member.${name}.Key=a`), { Tags: [{}] });
    assert.equal(
      refusal(sts, `${ASSUME}TransitiveTagKeys.member.${name}=a`),
      'MalformedInput: Start of list found where not expected',
    );
  }
  assert.equal(refusal(sts, `${ASSUME}Tags.member.1.Key=a&Tags.member.one.Key=b`), 'MalformedInput: ');
  assert.equal(refusal(sts, `${ASSUME}Tags.member.0.Key=a`), 'MalformedInput: 0 is not a valid index');
  assert.equal(refusal(sts, `${ASSUME}Tags.member.-1.Key=a`), "MalformedInput: Key -1 may not have a leading '-'");
  assert.equal(
    refusal(sts, `${ASSUME}Tags.member.1.0.Key=a`),
    'MalformedInput: Two index elements may not occur back to back',
  );
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
  for (const text of [
    'abc',
    '900.0',
    '2147483648',
    '-2147483649',
    '9e2',
    '0x10',
    '+900',
    '%20900%20',
    '%09900%0A',
    '9'.repeat(50),
  ]) {
    assert.equal(refusal(sts, `${ASSUME}DurationSeconds=${text}`), 'MalformedInput: ');
  }
  assert.equal(refusal(sts, `${ASSUME}DurationSeconds=`), 'MalformedInput: missing value for decimal type');
});

test('booleans are true, 1, false or 0, in no other spelling', () => {
  const form = 'Action=CreatePolicyVersion&Version=2010-05-08&SetAsDefault=';
  for (const text of ['true', '1']) {
    assert.deepEqual(decodeQuery(iam, parseForm(form + text)).input, { SetAsDefault: true });
  }
  for (const text of ['false', '0']) {
    assert.deepEqual(decodeQuery(iam, parseForm(form + text)).input, { SetAsDefault: false });
  }
  for (const text of ['', 'True', 'TRUE', 'False', 'FALSE', ' true', 'true ', '%09true%0A', 'null', '01', 'yes']) {
    assert.equal(refusal(iam, form + text), 'MalformedInput: ', text);
  }
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

test('a list without end is refused, not cut', () => {
  const many = Array.from({ length: 5_001 }, (_, i) => `TransitiveTagKeys.member.${i + 1}=a`).join('&');
  assert.equal(refusal(sts, ASSUME + many), 'MalformedInput: ');
  const sparse = Array.from({ length: 4_000 }, (_, i) => `TransitiveTagKeys.member.${(i + 1) * 10}=a`).join('&');
  assert.equal(refusal(sts, ASSUME + sparse), 'MalformedInput: ');
});
