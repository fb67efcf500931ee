import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../base/service-error.ts';
import { checkInput, validationErrors } from './constraints.ts';
import { iam } from './generated/iam.ts';
import { s3 } from './generated/s3.ts';
import { sts } from './generated/sts.ts';
import { inEnumOrder } from './java-order.ts';
import { structureOf } from './shape-of.ts';
import type { WireStructure } from './shape-of.ts';

const ARN = 'arn:aws:iam::123456789012:role/deploy';
const ARN_PATTERN = '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+';
const fails = 'failed to satisfy constraint: Member must';

const ofAssumeRole = (input: WireStructure): readonly string[] =>
  validationErrors(sts, 'AssumeRole', { RoleArn: ARN, RoleSessionName: 'session', ...input });

function messageOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.code, 'ValidationError');
    assert.equal(error.status, 400);
    return error.message;
  }
  return '';
}

test('a valid call has nothing to report', () => {
  assert.deepEqual(ofAssumeRole({ Tags: [{ Key: 'a', Value: '' }], DurationSeconds: 900, ExternalId: 'ab' }), []);
  checkInput(sts, 'GetCallerIdentity', {});
});

test('the sentences that live STS was seen to answer', () => {
  const cases: readonly (readonly [WireStructure, string])[] = [
    [
      { RoleSessionName: 'Session1:2' },
      `1 validation error detected: Value 'Session1:2' at 'roleSessionName' ${fails} satisfy regular expression pattern: [\\w+=,.@-]*`,
    ],
    [
      { RoleArn: '' },
      `2 validation errors detected: Value '' at 'roleArn' ${fails} satisfy regular expression pattern: ${ARN_PATTERN}; Value '' at 'roleArn' ${fails} have length greater than or equal to 20`,
    ],
    [
      { RoleSessionName: '' },
      `1 validation error detected: Value '' at 'roleSessionName' ${fails} have length greater than or equal to 2`,
    ],
    [
      { DurationSeconds: 899 },
      `1 validation error detected: Value '899' at 'durationSeconds' ${fails} have value greater than or equal to 900`,
    ],
    [
      { DurationSeconds: 43201 },
      `1 validation error detected: Value '43201' at 'durationSeconds' ${fails} have value less than or equal to 43200`,
    ],
    [{ RoleArn: undefined }, `1 validation error detected: Value null at 'roleArn' ${fails} not be null`],
    [
      { RoleArn: 'x'.repeat(2049) },
      `1 validation error detected: Value '${'x'.repeat(2049)}' at 'roleArn' ${fails} have length less than or equal to 2048`,
    ],
  ];
  for (const [input, message] of cases) {
    assert.equal(
      messageOf(() => checkInput(sts, 'AssumeRole', { RoleArn: ARN, RoleSessionName: 'session', ...input })),
      message,
    );
  }
});

test('lengths count scalar values; supplementary characters fail every pattern', () => {
  assert.deepEqual(ofAssumeRole({ RoleArn: 'é'.repeat(2048) }), []);
  const face = '\u{1F600}';
  assert.deepEqual(ofAssumeRole({ RoleArn: face.repeat(2048) }), [
    `Value '${face.repeat(2048)}' at 'roleArn' ${fails} satisfy regular expression pattern: ${ARN_PATTERN}`,
  ]);
  assert.equal(ofAssumeRole({ RoleArn: face.repeat(2049) }).length, 2);
  // Twelve characters in 24 UTF-16 units: too short all the same.
  assert.match(ofAssumeRole({ RoleArn: face.repeat(12) })[1] ?? '', /greater than or equal to 20$/);
  assert.match(
    ofAssumeRole({ Tags: [{ Key: '\u{1D49C}', Value: '' }] })[0] ?? '',
    /at 'tags\.1\.member\.key' .* pattern/,
  );
});

test('a secret is never quoted, not even that it is null', () => {
  const input = { RoleArn: ARN, RoleSessionName: 'session' };
  assert.deepEqual(validationErrors(sts, 'AssumeRoleWithWebIdentity', input), [
    `Value at 'webIdentityToken' ${fails} not be null`,
  ]);
  assert.deepEqual(validationErrors(sts, 'AssumeRoleWithWebIdentity', { ...input, WebIdentityToken: 'abc' }), [
    `Value at 'webIdentityToken' ${fails} have length greater than or equal to 4`,
  ]);
});

test('a value beyond all measure is not quoted', () => {
  const [clause] = ofAssumeRole({ ExternalId: 'a'.repeat(5_000) });
  assert.equal(clause, `Value at 'externalId' ${fails} have length less than or equal to 1224`);
});

test('of structures each item is told in its place, a value before its key, as a Java map has them', () => {
  assert.deepEqual(ofAssumeRole({ Tags: [{ Key: 'ok', Value: '' }, { Key: 'é!' }] }), [
    `Value null at 'tags.2.member.value' ${fails} not be null`,
    `Value 'é!' at 'tags.2.member.key' ${fails} satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+`,
  ]);
  assert.deepEqual(validationErrors(sts, 'AssumeRole', {}), [
    `Value null at 'roleArn' ${fails} not be null`,
    `Value null at 'roleSessionName' ${fails} not be null`,
  ]);
  assert.deepEqual(validationErrors(iam, 'CreateRole', {}), [
    `Value at 'assumeRolePolicyDocument' ${fails} not be null`,
    `Value at 'roleName' ${fails} not be null`,
  ]);
});

test('STS quotes a list as Java prints it', () => {
  const tags = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: 'v' }));
  const printed = tags.map(({ Key }) => `Tag(key=${Key}, value=v)`).join(', ');
  assert.deepEqual(ofAssumeRole({ Tags: tags }), [
    `Value '[${printed}]' at 'tags' ${fails} have length less than or equal to 50`,
  ]);
  const audience = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'];
  assert.deepEqual(validationErrors(sts, 'GetWebIdentityToken', { Audience: audience, SigningAlgorithm: 'RS256' }), [
    `Value '[a, b, c, d, e, f, g, h, i, j, k]' at 'audience' ${fails} have length less than or equal to 10`,
  ]);
});

test('of plain values the list as a whole is told, with every rule of its items', () => {
  const of = (audience: readonly (string | null)[]): readonly string[] =>
    validationErrors(sts, 'GetWebIdentityToken', { Audience: audience, SigningAlgorithm: 'RS256' });
  const rules = `satisfy constraint: [Member must have length less than or equal to 1000, Member must have length greater than or equal to 1]`;
  assert.deepEqual(of(['']), [`Value '[]' at 'audience' ${fails} ${rules}`]);
  assert.deepEqual(of(['a', 'b'.repeat(1001)]), [`Value '[a, ${'b'.repeat(1001)}]' at 'audience' ${fails} ${rules}`]);
  assert.deepEqual(of([null, 'a']), [`Value '[null, a]' at 'audience' ${fails} ${rules}`]);
  assert.deepEqual(of(['a', ' ']), []);
  assert.deepEqual(validationErrors(iam, 'GetContextKeysForCustomPolicy', { PolicyInputList: [null, '{}'] }), [
    `Value at 'policyInputList' ${fails} satisfy constraint: [Member must have length less than or equal to 131072, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+]`,
  ]);
});

test('ten things are told, and no more', () => {
  const tags = Array.from({ length: 40 }, () => ({}));
  const told = Array.from({ length: 5 }, (_, i) => [
    `Value at 'tags.${i + 1}.member.value' ${fails} not be null`,
    `Value at 'tags.${i + 1}.member.key' ${fails} not be null`,
  ]).flat();
  assert.equal(
    messageOf(() => checkInput(iam, 'TagUser', { UserName: 'u', Tags: tags })),
    `10 validation errors detected: ${told.join('; ')}`,
  );
});

test('IAM quotes no value of any kind', () => {
  const cases: readonly (readonly [string, WireStructure, string])[] = [
    ['ListUsers', { MaxItems: 1001 }, "Value at 'maxItems'"],
    ['TagUser', { UserName: 'u', Tags: [{ Key: 'a', Value: '\n' }] }, "Value at 'tags.1.member.value'"],
    ['UntagUser', { UserName: 'u', TagKeys: Array.from({ length: 51 }, String) }, "Value at 'tagKeys'"],
  ];
  for (const [operation, input, start] of cases) {
    assert.ok(validationErrors(iam, operation, input)[0]?.startsWith(`${start} failed`), operation);
  }
});

test('enumerations print their values in the order of their hashes, as recorded on IAM', () => {
  assert.deepEqual(validationErrors(iam, 'UpdateAccessKey', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'On' }), [
    `Value at 'status' ${fails} satisfy enum value set: [Expired, Active, Inactive]`,
  ]);
  const recorded = [
    'v2Token v1Token',
    'user role group',
    'scp permission-boundary aws-managed inline user-managed rcp',
    'binary ipList booleanList ip boolean numericList dateList numeric date stringList string binaryList',
  ];
  for (const line of recorded) assert.deepEqual(inEnumOrder(line.split(' ').toSorted()), line.split(' '));
});

test('SourceIdentity is as long as live STS takes it, not as the model says', () => {
  assert.deepEqual(ofAssumeRole({ SourceIdentity: 'a'.repeat(256) }), []);
  assert.deepEqual(ofAssumeRole({ SourceIdentity: 'a'.repeat(257) }), [
    `Value '${'a'.repeat(257)}' at 'sourceIdentity' ${fails} have length less than or equal to 256`,
  ]);
});

test('patterns of paths hold whole texts, without a line feed at the end', () => {
  const ofPath = (path: string): number =>
    validationErrors(iam, 'CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: '{}', Path: path }).length;
  for (const path of ['/', '/ci/', '/a/b/']) assert.equal(ofPath(path), 0, path);
  for (const path of ['', 'ci/', '/ci', '/ \n', '/ci/\n']) assert.notEqual(ofPath(path), 0, path);
});

test('IAM says of names and paths in a sentence of its own what they must be, whatever else is wrong', () => {
  const name = 'It must contain only alphanumeric characters and/or the following: +=,.@_-';
  const path = 'It must begin and end with / and contain only alphanumeric characters and/or / characters.';
  const prefix = 'It must begin with the / character and contain only alphanumeric characters and/or / characters.';
  const cases: readonly (readonly [string, WireStructure, string])[] = [
    ['GetRole', { RoleName: 'a/b' }, `roleName is invalid. ${name}`],
    ['GetRole', { RoleName: `${ARN}/${'x'.repeat(64)}` }, `roleName is invalid. ${name}`],
    ['UpdateUser', { UserName: 'a', NewUserName: 'b c' }, `newUserName is invalid. ${name}`],
    ['PutRolePolicy', { RoleName: 'r', PolicyName: 'é' }, `policyName is invalid. ${name}`],
    ['CreatePolicy', { PolicyName: 'p', PolicyDocument: '{}', Path: '/a b/' }, `path is invalid. ${path}`],
    ['ListRoles', { PathPrefix: 'ci/' }, `pathPrefix is invalid. ${prefix}`],
  ];
  for (const [operation, input, message] of cases) {
    assert.equal(
      messageOf(() => checkInput(iam, operation, input)),
      `The specified value for ${message}`,
    );
    assert.deepEqual(validationErrors(iam, operation, input), [`The specified value for ${message}`]);
  }
});

test('names of the right letters but the wrong length, and other patterns, are told in clauses', () => {
  const long = 'x'.repeat(65);
  assert.deepEqual(validationErrors(iam, 'GetRole', { RoleName: long }), [
    `Value at 'roleName' ${fails} have length less than or equal to 64`,
  ]);
  assert.match(validationErrors(iam, 'GetPolicyVersion', { PolicyArn: ARN, VersionId: '1' })[0] ?? '', / pattern: v/);
  // STS has no such sentence: its session names are told by pattern.
  assert.match(ofAssumeRole({ RoleSessionName: 'a:b' })[0] ?? '', /at 'roleSessionName' .* pattern/);
});

test('every constraint of the tables compiles; the empty input lacks exactly the required members', () => {
  for (const model of [sts, iam, s3]) {
    for (const [operation, { input }] of Object.entries(model.operations)) {
      const required = input === undefined ? [] : (structureOf(model, input).required ?? []);
      assert.equal(validationErrors(model, operation, {}).length, required.length, operation);
    }
  }
});

test('the audit log does not repeat a long value that did not fit', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const input = { RoleArn: ARN, RoleSessionName: secret, DurationSeconds: 1 };
  assert.throws(
    () => checkInput(sts, 'AssumeRole', input),
    (error) =>
      error instanceof ServiceError &&
      error.message.includes(`Value '${secret}' at 'roleSessionName'`) &&
      !error.logged.includes(secret) &&
      error.logged.includes("Value at 'roleSessionName'") &&
      error.logged.includes("Value '1' at 'durationSeconds'"),
  );
});
