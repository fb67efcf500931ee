import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, openIam } from './iam-suite.ts';
import { ADMINISTRATOR_ACCESS } from './iam-suite-documents.ts';

function looking(at: string, variable = 'aws:username'): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: `arn:aws:s3:::bucket/\${${variable}}/*`,
      Condition: { StringEquals: { [at]: 'x' } },
    },
  });
}

test('keys of conditions and of variables, once each whatever the case', async (t) => {
  const { call, refused } = await openIam(t);
  const { ContextKeyNames } = await call('GetContextKeysForCustomPolicy', {
    PolicyInputList: [looking('aws:PrincipalTag/team'), looking('AWS:principaltag/TEAM', 'aws:userid')],
  });
  assert.deepEqual(ContextKeyNames, ['aws:username', 'aws:PrincipalTag/team', 'aws:userid']);
  await refused(
    'GetContextKeysForCustomPolicy',
    { PolicyInputList: ['{'] },
    { code: 'InvalidInput', status: 400, message: 'Syntax errors in policy.' },
  );
});

test('a user’s keys include those of its groups', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateUser', { UserName: 'alice' });
  await call('CreateGroup', { GroupName: 'admins' });
  await call('AddUserToGroup', { UserName: 'alice', GroupName: 'admins' });
  await call('PutGroupPolicy', { GroupName: 'admins', PolicyName: 'p', PolicyDocument: looking('aws:SourceIp') });
  await call('AttachUserPolicy', { UserName: 'alice', PolicyArn: ADMINISTRATOR_ACCESS });
  const source = `arn:aws:iam::${ACCOUNT}:user/alice`;
  const { ContextKeyNames } = await call('GetContextKeysForPrincipalPolicy', {
    PolicySourceArn: source,
    PolicyInputList: [looking('aws:CurrentTime')],
  });
  assert.deepEqual(ContextKeyNames, ['aws:username', 'aws:SourceIp', 'aws:CurrentTime']);
  await refused(
    'GetContextKeysForPrincipalPolicy',
    { PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/ghost` },
    { code: 'NoSuchEntity', status: 404, message: 'The role with name ghost cannot be found.' },
  );
  const policy = `arn:aws:iam::${ACCOUNT}:policy/p`;
  await refused(
    'GetContextKeysForPrincipalPolicy',
    { PolicySourceArn: policy },
    { code: 'InvalidInput', status: 400, message: `ARN ${policy} is not valid.` },
  );
});
