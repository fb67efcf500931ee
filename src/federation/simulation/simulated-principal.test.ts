import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulatedPrincipal } from './simulated-principal.ts';

test('every kind of caller is known by its ARN', () => {
  const kinds = [
    ['arn:aws:iam::123456789012:root', 'root'],
    ['arn:aws:iam::123456789012:user/path/bob', 'user'],
    ['arn:aws:iam::123456789012:role/ci/deploy', 'assumedRole'],
    ['arn:aws:sts::123456789012:assumed-role/deploy/run', 'assumedRole'],
    ['arn:aws:sts::123456789012:federated-user/alice', 'federatedUser'],
    ['arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com', 'webIdentity'],
  ];
  for (const [arn = '', kind] of kinds) assert.equal(simulatedPrincipal(arn)?.kind, kind, arn);
});

test('other texts name nobody', () => {
  const texts = [
    '',
    'bob',
    'arn:aws:iam::123456789012:group/team',
    'arn:aws:iam::123456789012:user/',
    'arn:aws:iam::1234:user/bob',
    'arn:aws:sts::123456789012:assumed-role/deploy',
    'arn:aws:s3:::bucket',
  ];
  for (const text of texts) assert.equal(simulatedPrincipal(text), undefined, text);
});
