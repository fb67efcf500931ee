import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPermissionPolicy, documentSize } from '../policy-document.ts';
import { AWS_MANAGED_POLICIES, awsManagedPolicy } from './managed-policies.ts';

test('every AWS managed policy is one that IAM itself would store, and is found by its ARN', () => {
  for (const policy of AWS_MANAGED_POLICIES) {
    checkPermissionPolicy(policy.document);
    assert.ok(documentSize(policy.document) <= 6144, policy.name);
    assert.equal(policy.arn, `arn:aws:iam::aws:policy/${policy.name}`);
    assert.match(policy.id, /^ANPA[A-Z0-9]{17}$/);
    assert.ok(Number.isSafeInteger(policy.createDate) && policy.updateDate >= policy.createDate, policy.name);
    assert.equal(awsManagedPolicy(policy.arn), policy);
  }
  assert.equal(awsManagedPolicy('arn:aws:iam::aws:policy/Absent'), undefined);
});

test('they are listed by name, and the ones that roles name most are there', () => {
  const names = AWS_MANAGED_POLICIES.map(({ name }) => name);
  assert.deepEqual(names, names.toSorted());
  assert.deepEqual(names, [
    'AdministratorAccess',
    'AmazonS3FullAccess',
    'AmazonS3ReadOnlyAccess',
    'IAMFullAccess',
    'PowerUserAccess',
    'ReadOnlyAccess',
    'SecurityAudit',
  ]);
});

test('reading policies hand out neither secrets nor credentials', () => {
  const text = awsManagedPolicy('arn:aws:iam::aws:policy/ReadOnlyAccess')?.document ?? '';
  for (const action of [
    'secretsmanager:Get*',
    'sts:Get*',
    'sts:Assume',
    's3:Put',
    'iam:Create',
    'cognito-identity:Get*',
  ]) {
    assert.ok(!text.includes(`"${action}`), action);
  }
});
