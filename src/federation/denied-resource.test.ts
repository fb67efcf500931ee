import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deniedResource } from './denied-resource.ts';

const IN_ACCOUNT = 'arn:aws:iam::000000000000:';

test('a role, user, group or instance profile is printed by its name, without its path', () => {
  const rows = [
    ['iam:GetRole', 'role/ci/deploy', 'role deploy'],
    ['iam:ListAccessKeys', 'user/alice', 'user alice'],
    ['iam:AddUserToGroup', 'group/staff/admins', 'group admins'],
    ['iam:GetInstanceProfile', 'instance-profile/web', 'instance profile web'],
  ] as const;
  for (const [action, resource, printed] of rows) {
    assert.equal(deniedResource(action, `${IN_ACCOUNT}${resource}`), printed);
  }
});

test('a policy is printed by its name before it is made, and by its ARN afterwards', () => {
  const arn = `${IN_ACCOUNT}policy/ci/deploy`;
  assert.equal(deniedResource('iam:CreatePolicy', arn), 'policy deploy');
  assert.equal(deniedResource('iam:GetPolicy', arn), `policy ${arn}`);
});

test('an action without a row keeps the ARN, whatever kind of resource it has', () => {
  for (const action of ['iam:CreateRole', 'iam:PassRole', 'iam:TagRole', 's3:GetObject']) {
    assert.equal(deniedResource(action, `${IN_ACCOUNT}role/deploy`), `${IN_ACCOUNT}role/deploy`);
  }
});

test('what is no ARN stays as it is', () => {
  assert.equal(deniedResource('iam:GetUser', '*'), '*');
  assert.equal(deniedResource('iam:ListPolicies', 'policy path /ci/'), 'policy path /ci/');
});
