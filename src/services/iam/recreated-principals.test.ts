/** A user or role that comes back under its old name is somebody else to every policy that named the first. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iamArn, type Arn } from '../../base/arn.ts';
import { PolicyCache } from '../../policy/policy-cache.ts';
import { ACCOUNT, openIam, type IamUnderTest } from './iam-suite.ts';

const ANYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }],
});

/** Spaced, listed, and once with an escape, as clients send them. */
function trusting(arn: Arn): string {
  return `{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Principal": { "AWS": "${arn}" }, "Action": "sts:AssumeRole" },
    { "Effect": "Allow", "Principal": { "AWS": ["${ACCOUNT}", "${arn.replaceAll('/', '\\/')}"] }, "Action": "sts:TagSession",
      "Condition": { "StringEquals": { "aws:PrincipalArn": "${arn}" } } } ] }`;
}

async function documentOf({ call }: IamUnderTest, role: string): Promise<string> {
  const { Role } = await call('GetRole', { RoleName: role });
  return decodeURIComponent(Role.AssumeRolePolicyDocument ?? '');
}

test('a deleted user stands in trust policies as its id, and its namesake is not meant', async (t) => {
  const iam = await openIam(t);
  const arn = iamArn(ACCOUNT, 'user/alice');
  const { User } = await iam.call('CreateUser', { UserName: 'alice' });
  await iam.call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: trusting(arn) });
  await iam.call('CreateRole', { RoleName: 'other', AssumeRolePolicyDocument: ANYBODY });
  await iam.call('DeleteUser', { UserName: 'alice' });
  await iam.call('CreateUser', { UserName: 'alice' });
  const document = await documentOf(iam, 'deploy');
  const id = User?.UserId ?? '';
  const expected = trusting(arn)
    .replace(`"AWS": "${arn}"`, `"AWS": "${id}"`)
    .replace(`"${arn.replaceAll('/', '\\/')}"`, `"${id}"`);
  assert.equal(document, expected, 'principals are replaced; a condition is a text and stays');
  assert.equal(await documentOf(iam, 'other'), ANYBODY);
  const [first] = new PolicyCache(1).get(document).statements;
  const now = await iam.userCaller('alice');
  assert.ok(now.kind === 'user' && now.user.id !== id);
  const named = (userId: string): number | undefined =>
    first?.principal?.({ kind: 'user', account: ACCOUNT, arn, id: userId });
  assert.equal(named(now.user.id), 0);
  await iam.refused(
    'UpdateAssumeRolePolicy',
    { RoleName: 'deploy', PolicyDocument: document },
    { code: 'MalformedPolicyDocument', status: 400, message: `Invalid principal in policy: "AWS":"${id}"` },
  );
});

test('a deleted role stands in trust policies as its id', async (t) => {
  const iam = await openIam(t);
  const arn = iamArn(ACCOUNT, 'role/ci/builder');
  const { Role } = await iam.call('CreateRole', {
    RoleName: 'builder',
    Path: '/ci/',
    AssumeRolePolicyDocument: ANYBODY,
  });
  await iam.call('CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument: trusting(arn) });
  await iam.call('DeleteRole', { RoleName: 'builder' });
  const document = await documentOf(iam, 'deploy');
  assert.ok(document.includes(`"AWS": "${Role.RoleId}"`), document);
});

test('a renamed user stays the one that is meant', async (t) => {
  const iam = await openIam(t);
  await iam.call('CreateUser', { UserName: 'alice' });
  await iam.call('CreateRole', {
    RoleName: 'deploy',
    AssumeRolePolicyDocument: trusting(iamArn(ACCOUNT, 'user/alice')),
  });
  await iam.call('UpdateUser', { UserName: 'alice', NewUserName: 'bob', NewPath: '/people/' });
  const document = await documentOf(iam, 'deploy');
  assert.ok(document.includes(`"AWS": "${iamArn(ACCOUNT, 'user/people/bob')}"`), document);
});

test('a bucket policy follows its principals too, however many buckets and roles there are', async (t) => {
  const iam = await openIam(t);
  const arn = iamArn(ACCOUNT, 'user/alice');
  const { User } = await iam.call('CreateUser', { UserName: 'alice' });
  await iam.sojourn.state.write(async ({ buckets }) => {
    for (let i = 0; i < 1100; i++) {
      const name = `bucket-${String(i).padStart(4, '0')}`;
      const policy =
        i % 1000 === 7
          ? `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"${arn}"},"Action":"s3:*","Resource":"arn:aws:s3:::${name}"}]}`
          : undefined;
      await buckets.create(name, {
        name,
        account: ACCOUNT,
        region: 'us-east-1',
        createDate: 0,
        policy,
        tags: [],
        versioning: undefined,
        configurations: {},
      });
    }
  });
  await iam.call('DeleteUser', { UserName: 'alice' });
  for (const name of ['bucket-0007', 'bucket-1007']) {
    const policy = (await iam.sojourn.state.buckets.get(name))?.policy ?? '';
    assert.ok(policy.includes(`"NotPrincipal":{"AWS":"${User?.UserId ?? ''}"}`), policy);
  }
  assert.equal((await iam.sojourn.state.buckets.get('bucket-0008'))?.policy, undefined);
});
