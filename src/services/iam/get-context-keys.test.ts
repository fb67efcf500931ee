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

test('keys of conditions and of variables, as they are written, once a document', async (t) => {
  const { call, refused } = await openIam(t);
  const { ContextKeyNames } = await call('GetContextKeysForCustomPolicy', {
    PolicyInputList: [looking('aws:PrincipalTag/team'), looking('AWS:principaltag/TEAM', 'aws:userid')],
  });
  assert.deepEqual(ContextKeyNames, ['aws:username', 'aws:PrincipalTag/team', 'aws:userid', 'AWS:principaltag/TEAM']);
  await refused(
    'GetContextKeysForCustomPolicy',
    { PolicyInputList: ['{'] },
    { code: 'InvalidInput', status: 400, message: 'Policy input list item 1 has invalid content' },
  );
});

test('a user’s keys include those of its groups and of its boundary', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateUser', { UserName: 'alice' });
  await call('CreateGroup', { GroupName: 'admins' });
  await call('AddUserToGroup', { UserName: 'alice', GroupName: 'admins' });
  await call('PutGroupPolicy', { GroupName: 'admins', PolicyName: 'p', PolicyDocument: looking('aws:SourceIp') });
  await call('AttachUserPolicy', { UserName: 'alice', PolicyArn: ADMINISTRATOR_ACCESS });
  const { Policy } = await call('CreatePolicy', {
    PolicyName: 'limit',
    PolicyDocument: looking('aws:SecureTransport'),
  });
  await call('PutUserPermissionsBoundary', { UserName: 'alice', PermissionsBoundary: Policy?.Arn ?? '' });
  const source = `arn:aws:iam::${ACCOUNT}:user/alice`;
  const { ContextKeyNames } = await call('GetContextKeysForPrincipalPolicy', {
    PolicySourceArn: source,
    PolicyInputList: [looking('aws:CurrentTime')],
  });
  assert.deepEqual(ContextKeyNames, [
    'aws:username',
    'aws:SourceIp',
    'aws:username',
    'aws:SecureTransport',
    'aws:username',
    'aws:CurrentTime',
  ]);
  await refused(
    'GetContextKeysForPrincipalPolicy',
    { PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/ghost` },
    { code: 'NoSuchEntity', status: 404, message: 'Unable to retrieve specified IAM entity.' },
  );
  const policy = `arn:aws:iam::${ACCOUNT}:policy/p`;
  await refused(
    'GetContextKeysForPrincipalPolicy',
    { PolicySourceArn: policy },
    { code: 'InvalidInput', status: 400, message: `Invalid ARN provided in the request: ${policy}` },
  );
});
