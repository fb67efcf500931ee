/** How broken constraints of the model become a reason and a parameter, and that no value of the caller's can bend them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { validationErrors } from '../../wire/constraints.ts';
import { organizations } from '../../wire/generated/organizations.ts';
import { invalidInput } from './invalid-input.ts';

function reasonOf(operation: string, input: Readonly<Record<string, unknown>>): unknown {
  return invalidInput(validationErrors(organizations, operation, input)).details['Reason'];
}

const TAG = { Key: 'k', Value: 'v' };
const RESOURCE = { ResourceId: 'r-abcd' };
/** Observed on AWS, September 2026, but where the sentence says otherwise. */
const CASES = [
  ['a text that is too short', 'UpdatePolicy', { PolicyId: 'p-abcdefgh', Name: '' }, 'MIN_LENGTH_EXCEEDED:NAME'],
  ['a member that is missing', 'TagResource', RESOURCE, 'INPUT_REQUIRED:TAGS'],
  ['one in a list', 'TagResource', { ...RESOURCE, Tags: [TAG, { Key: 'k' }] }, 'INPUT_REQUIRED:TAGS_2_MEMBER_VALUE'],
  ['a name of several words', 'UntagResource', RESOURCE, 'INPUT_REQUIRED:TAG_KEYS'],
  ['a number that is too small', 'ListRoots', { MaxResults: 0 }, 'MIN_VALUE_EXCEEDED:MAX_RESULTS'],
  ['a number that is too large', 'ListRoots', { MaxResults: 21 }, 'MAX_VALUE_EXCEEDED:MAX_RESULTS'],
  ['a type that there is not', 'DescribeEffectivePolicy', { PolicyType: 'x' }, 'INVALID_ENUM:POLICY_TYPE'],
  [
    'a control policy where there is none',
    'DescribeEffectivePolicy',
    { PolicyType: 'SERVICE_CONTROL_POLICY' },
    'INVALID_ENUM_POLICY_TYPE',
  ],
  [
    'of two faults the first, in order of the model (unconfirmed)',
    'MoveAccount',
    { AccountId: 'x', SourceParentId: 'x', DestinationParentId: 'r-abcd' },
    'INVALID_PATTERN:ACCOUNT_ID',
  ],
] as const;

for (const [name, operation, input, reason] of CASES) {
  test(`${name}: ${reason}`, () => assert.equal(reasonOf(operation, input), reason));
}

test('a value that reads like a clause is a value', () => {
  const clause = "x' at 'accountId' failed to satisfy constraint: Member must not be null";
  assert.equal(reasonOf('DescribePolicy', { PolicyId: clause }), 'INVALID_PATTERN:POLICY_ID');
  const asked = "Value 'SERVICE_CONTROL_POLICY' at 'policyType";
  assert.equal(reasonOf('DescribeEffectivePolicy', { PolicyType: asked }), 'INVALID_ENUM:POLICY_TYPE');
});

test('whatever a policy id is, its refusal says that it is one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (PolicyId) => {
      fc.pre(!/^p-[0-9a-zA-Z_]{8,128}$/.test(PolicyId));
      assert.equal(reasonOf('DescribePolicy', { PolicyId }), 'INVALID_PATTERN:POLICY_ID');
    }),
  );
});
