import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePolicy } from '../policy/parse.ts';
import { isPublicBucketPolicy } from './public-bucket-policy.ts';

/** Whether `s3:GetObject` for everybody under these conditions is public. */
function isPublic(condition: object, principal: unknown = '*', effect = 'Allow'): boolean {
  const statement = {
    Effect: effect,
    Principal: principal,
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::bucket/*',
    Condition: condition,
  };
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  assert.ok(parsed.kind === 'policy');
  return isPublicBucketPolicy(parsed.policy);
}

test('who names everybody is public, who names an account or denies is not', () => {
  for (const principal of ['*', { AWS: '*' }, { AWS: ['111122223333', '*'] }]) assert.ok(isPublic({}, principal));
  assert.ok(!isPublic({}, { AWS: '111122223333' }));
  assert.ok(!isPublic({}, '*', 'Deny'));
});

test('a condition on a fixed account, organization or network pins the caller', () => {
  for (const condition of [
    { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
    { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgID': ['o-abcdefghij', 'o-klmnopqrst'] } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy' } },
    { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '2001:db8::/32'] } },
    { 'ForAnyValue:IpAddress': { 'aws:SourceIp': '198.51.100.7' } },
  ]) {
    assert.ok(!isPublic(condition), JSON.stringify(condition));
  }
});

test('a condition that strangers meet does not', () => {
  for (const condition of [
    { StringLike: { 'aws:PrincipalOrgID': 'o-*' } },
    { StringEquals: { 'aws:PrincipalAccount': ['111122223333', '${aws:PrincipalAccount}'] } },
    { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
    { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } },
    { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
    { StringEquals: { 'aws:UserAgent': 'secret' } },
    { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
    { 'ForAnyValue:IpAddress': { 'aws:SourceIp': '0.0.0.0/0' } },
    { IpAddress: { 'aws:SourceIp': ['198.51.100.7', '::/0'] } },
    // What the context of an unsigned call says.
    { StringEquals: { 'aws:userid': 'anonymous' } },
    { StringEqualsIgnoreCase: { 'aws:PrincipalAccount': 'Anonymous' } },
  ]) {
    assert.ok(isPublic(condition), JSON.stringify(condition));
  }
});
