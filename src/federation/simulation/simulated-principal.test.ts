import assert from 'node:assert/strict';
import { test } from 'node:test';
import { principalKeys, simulatedPrincipal } from './simulated-principal.ts';

test('every kind of caller is known by its ARN', () => {
  const kinds = [
    ['arn:aws:iam::123456789012:user/path/bob', 'user'],
    ['arn:aws:iam::123456789012:role/ci/deploy', 'assumedRole'],
    ['arn:aws:iam::123456789012:group/team', 'user'],
    ['arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com', 'webIdentity'],
  ];
  for (const [arn = '', kind] of kinds) assert.equal(simulatedPrincipal(arn)?.kind, kind, arn);
});

test('other texts name nobody', () => {
  const texts = [
    '',
    'bob',
    'arn:aws:iam::123456789012:root',
    'arn:aws:iam::123456789012:group/',
    'arn:aws:iam::123456789012:user/',
    'arn:aws:iam::1234:user/bob',
    'arn:aws:sts::123456789012:assumed-role/deploy/run',
    'arn:aws:sts::123456789012:federated-user/alice',
    'arn:aws:s3:::bucket',
  ];
  for (const text of texts) assert.equal(simulatedPrincipal(text), undefined, text);
});

test('a group has an ARN and an account, and no user’s name', () => {
  const keysOf = (arn: string): readonly string[] => {
    const principal = simulatedPrincipal(arn);
    assert.ok(principal !== undefined);
    return principalKeys(principal).map(([key]) => key);
  };
  assert.ok(keysOf('arn:aws:iam::123456789012:user/bob').includes('aws:username'));
  assert.ok(!keysOf('arn:aws:iam::123456789012:group/team').includes('aws:username'));
});
