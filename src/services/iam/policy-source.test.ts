/** Calls that read the policies of an entity are asked of the entity itself, however its ARN is written. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Caller } from '../../federation/caller.ts';
import type { Operations } from '../../wire/generated/iam-types.ts';
import { ACCOUNT, openIam, type IamUnderTest } from './iam-suite.ts';
import { TRUST } from './iam-suite-documents.ts';

const ARN = `arn:aws:iam::${ACCOUNT}:`;
const ALICE = `${ARN}user/admin/alice`;
const READS = {
  SimulatePrincipalPolicy: (arn: string) => ({ PolicySourceArn: arn, ActionNames: ['s3:GetObject'] }),
  GetContextKeysForPrincipalPolicy: (arn: string) => ({ PolicySourceArn: arn }),
  GenerateServiceLastAccessedDetails: (arn: string) => ({ Arn: arn }),
} satisfies { readonly [K in keyof Operations]?: (arn: string) => Operations[K]['input'] };
const OPERATIONS = [
  'SimulatePrincipalPolicy',
  'GetContextKeysForPrincipalPolicy',
  'GenerateServiceLastAccessedDetails',
] as const;

interface Asked {
  readonly iam: IamUnderTest;
  readonly mallory: Caller;
}

/** An admin with a tag and a boundary, and a caller with these statements. */
async function openFor(t: TestContext, ...statements: readonly object[]): Promise<Asked> {
  const iam = await openIam(t);
  await iam.call('CreateUser', {
    UserName: 'alice',
    Path: '/admin/',
    PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMFullAccess',
    Tags: [{ Key: 'team', Value: 'security' }],
  });
  await iam.call('CreateRole', { RoleName: 'deploy', Path: '/admin/', AssumeRolePolicyDocument: TRUST });
  await iam.call('CreateGroup', { GroupName: 'ops', Path: '/admin/' });
  await iam.call('CreateUser', { UserName: 'mallory' });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  await iam.call('PutUserPolicy', { UserName: 'mallory', PolicyName: 'own', PolicyDocument });
  return { iam, mallory: await iam.userCaller('mallory') };
}

async function isRefused({ iam, mallory }: Asked, arn: string): Promise<void> {
  for (const name of OPERATIONS) {
    const refusal = { code: 'AccessDenied', status: 403, message: new RegExp(`iam:${name} on resource: `) };
    await iam.refused(name, READS[name](arn), refusal, mallory);
  }
}

const ANY = { Effect: 'Allow', Action: 'iam:*', Resource: '*' };

test('a path that is not the entity’s own lends no permission', async (t) => {
  const asked = await openFor(t, { Effect: 'Allow', Action: 'iam:*', Resource: `${ARN}*/dev/*` });
  for (const other of ['user/dev/alice', 'user/dev/ALICE', 'role/dev/deploy', 'group/dev/ops', 'user/admin/alice']) {
    await isRefused(asked, ARN + other);
  }
});

test('nor does it lead round a denial', async (t) => {
  const asked = await openFor(t, ANY, { Effect: 'Deny', Action: 'iam:*', Resource: `${ARN}*/admin/*` });
  for (const other of ['user/alice', 'user/dev/Alice', 'role/deploy', 'group/x/ops'])
    await isRefused(asked, ARN + other);
  await asked.iam.call('SimulatePrincipalPolicy', READS.SimulatePrincipalPolicy(`${ARN}user/mallory`), asked.mallory);
});

test('tags and boundary of the entity are among the keys', async (t) => {
  for (const [key, value] of [
    ['aws:ResourceTag/team', 'security'],
    ['iam:ResourceTag/team', 'security'],
    ['iam:PermissionsBoundary', 'arn:aws:iam::aws:policy/IAMFullAccess'],
  ]) {
    const denied = {
      Effect: 'Deny',
      Action: 'iam:*',
      Resource: '*',
      Condition: { StringEquals: { [key ?? '']: value } },
    };
    await isRefused(await openFor(t, ANY, denied), ALICE);
  }
});

test('who may read the entity reads it by any path, as recorded', async (t) => {
  const { iam, mallory } = await openFor(t, { Effect: 'Allow', Action: 'iam:*', Resource: ALICE });
  for (const name of OPERATIONS) await iam.call(name, READS[name](`${ARN}user/dev/alice`), mallory);
});

test('an entity that is not there is asked of on the ARN that it would have without a path', async (t) => {
  const { iam } = await openFor(t, ANY);
  for (const name of OPERATIONS) {
    const [needed] = await iam.requirements(name, READS[name](`${ARN}role/dev/ghost`));
    assert.deepEqual(needed, { action: `iam:${name}`, resource: `${ARN}role/ghost`, context: {} });
  }
});

test('another partition, region or service names nobody, and neither does another account', async (t) => {
  const { iam } = await openFor(t, ANY);
  const others = [`arn:aws-cn:iam::${ACCOUNT}:`, `arn:aws:iam:us-east-1:${ACCOUNT}:`, `arn:aws:sts::${ACCOUNT}:`];
  for (const arn of others.map((start) => `${start}user/alice`)) {
    const invalid = { code: 'InvalidInput', status: 400 };
    const simulated = { ...invalid, message: `Invalid ARN provided in the request: ${arn}` };
    await iam.refused('SimulatePrincipalPolicy', READS.SimulatePrincipalPolicy(arn), simulated);
    await iam.refused('GetContextKeysForPrincipalPolicy', { PolicySourceArn: arn }, simulated);
    const plain = { ...invalid, message: `ARN ${arn} is not valid.` };
    await iam.refused('GenerateServiceLastAccessedDetails', { Arn: arn }, plain);
  }
  const foreign = { code: 'NoSuchEntity', status: 404, message: 'The user with name alice cannot be found.' };
  await iam.refused('GenerateServiceLastAccessedDetails', { Arn: 'arn:aws:iam::999999999999:user/alice' }, foreign);
});
