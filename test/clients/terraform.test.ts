/**
 * Terraform with the real AWS provider: the modules of both articles, one module of everything that is
 * tricky, and what must fail at apply. Each story has a Sojourn of its own, so that two go side by side.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import {
  AttachRolePolicyCommand,
  GetAccountSummaryCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { run } from './programs.ts';
import { SOJOURN, startSojourn, type RunningSojourn } from './running-sojourn.ts';
import { NO_TERRAFORM, openModule } from './terraform/module.ts';

const EXAMPLES = resolve(import.meta.dirname, '..', '..', 'examples');
const MODULES = join(import.meta.dirname, 'terraform');
const ACCOUNT = '000000000000';
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

describe('Terraform', { skip: NO_TERRAFORM, concurrency: 2, timeout: 280_000 }, () => {
  test('everything tricky is made, changed and taken away again; no plan shows a difference', everything);
  test('the modules of the examples follow each other in place', articles);
  test('the bucket, the role and its policy of sync-to-s3 come and go', syncToS3);
  test('what must fail fails at apply with the sentence of the service, and nothing of it is left', refused);
});

async function everything(t: TestContext): Promise<void> {
  const sojourn = await started(t);
  const iam = new IAMClient(clientOf(sojourn));
  const module = await openModule(sojourn, join(EXAMPLES, 'terraform', 'everything'));

  assert.equal(await module.applied('-var=stage=1'), '39 added, 0 changed, 0 destroyed');
  const role = module.attributes('aws_iam_role', 'deploy');
  assert.deepEqual(module.output('role_as_read'), { path: '/ci/production/', duration: 7200 });
  assert.equal(module.output('may_put'), false, 'the boundary of the first stage does not bind');
  assert.equal(module.output('key_status'), 'Active');
  assert.equal(module.output('policies_of_ci'), 1, 'more than FullAWSAccess is attached');
  assert.match(String(module.attributes('aws_s3_object', 'page')?.['version_id']), /^[\w.]{32}$/);

  assert.equal(
    await module.applied('-var=stage=2'),
    '5 added, 21 changed, 2 destroyed',
    'more is replaced than the alias and the attachment',
  );
  assert.equal(module.attributes('aws_iam_role', 'deploy')?.['unique_id'], role?.['unique_id']);
  assert.equal(module.output('may_put'), true);
  assert.equal(module.output('key_status'), 'Inactive');
  assert.equal(
    module.attributes('aws_s3_object', 'page')?.['version_id'],
    'null',
    'a suspended bucket writes no other',
  );
  assert.equal(module.output('policies_of_ci'), 2, 'the policy did not follow its attachment');
  assert.deepEqual(module.output('readers'), ['operator']);
  await job(sojourn, String(module.output('deploy_role_arn')));

  const stray = { RoleName: 'deploy', PolicyName: 'stray', PolicyDocument: policy('s3:*') };
  await iam.send(new PutRolePolicyCommand(stray));
  await iam.send(
    new AttachRolePolicyCommand({ RoleName: 'deploy', PolicyArn: 'arn:aws:iam::aws:policy/SecurityAudit' }),
  );
  assert.equal(await module.applied('-var=stage=3'), '0 added, 19 changed, 5 destroyed');
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'deploy' }));
  assert.deepEqual(
    [Role?.PermissionsBoundary, Role?.Description ?? '', Role?.MaxSessionDuration],
    [undefined, '', 3600],
  );
  assert.deepEqual(Role?.Tags, [{ Key: 'managed-by', Value: 'terraform' }]);
  const inline = await iam.send(new ListRolePoliciesCommand({ RoleName: 'deploy' }));
  assert.deepEqual(inline.PolicyNames, ['write'], 'the exclusive list left a stray policy');
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'deploy' }));
  assert.deepEqual(
    attached.AttachedPolicies?.map((one) => one.PolicyName),
    ['versions'],
  );
  const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/ci/versions`;
  const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  assert.deepEqual(
    Versions?.map((one) => [one.VersionId, one.IsDefaultVersion]),
    [
      ['v3', true],
      ['v2', false],
      ['v1', false],
    ],
  );
  assert.deepEqual(module.output('thumbprints'), { circleci: ['2'.repeat(40)], github: [] });

  assert.equal(await module.destroyed('-var=stage=3'), 37, 'something of it was forgotten');
  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand());
  for (const kind of ['Users', 'Groups', 'Roles', 'Policies', 'Providers', 'InstanceProfiles'] as const) {
    assert.equal(SummaryMap?.[kind] ?? 0, 0, `${kind} are left`);
  }
  assert.deepEqual((await new S3Client(clientOf(sojourn)).send(new ListBucketsCommand())).Buckets ?? [], []);
}

/** Terraform as the job: it assumes the role by its token, writes an object, and takes it away again. */
async function job(sojourn: RunningSojourn, role: string): Promise<void> {
  const token = join(sojourn.data, 'token');
  const claims = ['--repository', 'my-org/my-repo', '--ref', 'refs/heads/deploy'];
  const args = ['token', 'github', ...claims, '--audience', 'sts.amazonaws.com', '--data', sojourn.data];
  const minted = await run(SOJOURN, args, { env: process.env });
  assert.equal(minted.code, 0, minted.err);
  writeFileSync(token, minted.out);
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = sojourn.env;
  const module = await openModule(sojourn, join(MODULES, 'job'), {
    ...env,
    // The provider asks its first token of STS without heeding AWS_ENDPOINT_URL: unnamed, it goes to AWS.
    AWS_ENDPOINT_URL_STS: sojourn.url,
    AWS_ROLE_SESSION_NAME: 'job',
    AWS_ROLE_ARN: role,
    AWS_WEB_IDENTITY_TOKEN_FILE: token,
  });
  assert.equal(await module.applied(), '1 added, 0 changed, 0 destroyed');
  assert.equal(module.output('caller'), `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/job`);
  assert.equal(module.output('role'), role);
}

async function articles(t: TestContext): Promise<void> {
  const sojourn = await started(t);
  const names = ['before', 'after', 'strict', 'reusable-workflow', 'enterprise'] as const;
  const module = await openModule(sojourn, join(EXAMPLES, 'terraform', names[0]));
  const ids = new Set<unknown>();
  for (const name of names) {
    module.become(join(EXAMPLES, 'terraform', name));
    const expected = name === 'before' ? '2 added, 0 changed, 0 destroyed' : '0 added, 1 changed, 0 destroyed';
    assert.equal(await module.applied(), expected, name);
    const role = module.attributes('aws_iam_role', 'github_actions_deploy');
    ids.add(role?.['unique_id']);
    const trust: unknown = JSON.parse(String(role?.['assume_role_policy']));
    // The second article's JSON and its Terraform name different branches in `before`, and in no other.
    if (name !== 'before') assert.deepEqual(trust, trustPolicy(name));
  }
  assert.equal(ids.size, 1, 'the role was replaced instead of changed');
  assert.equal(await module.destroyed(), 2);
}

async function syncToS3(t: TestContext): Promise<void> {
  const sojourn = await started(t);
  const module = await openModule(sojourn, join(EXAMPLES, 'terraform', 'sync-to-s3'));
  assert.equal(await module.applied(), '4 added, 0 changed, 0 destroyed');
  const role = module.attributes('aws_iam_role', 'sync_to_s3');
  assert.deepEqual(JSON.parse(String(role?.['assume_role_policy'])), trustPolicy('sync-to-s3'));
  assert.equal(module.output('role_arn'), `arn:aws:iam::${ACCOUNT}:role/sync-to-s3`);
  assert.equal(await module.destroyed(), 4);
}

async function refused(t: TestContext): Promise<void> {
  const sojourn = await started(t);
  const module = await openModule(sojourn, join(MODULES, 'refused'));
  const { code, err } = await module.terraform('apply', '-auto-approve');
  assert.equal(code, 1);
  const flat = err.replace(/[\s│]+/g, ' ');
  const withoutSub = `Trust policy with trusted principal ${PROVIDER} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, token.actions.githubusercontent.com:sub or token.actions.githubusercontent.com:job_workflow_ref which is not scoped to all.`;
  const sentences: Readonly<Record<string, string>> = {
    'aws_iam_role.without_sub': `MalformedPolicyDocument: ${withoutSub}`,
    'aws_iam_role.sub_of_all': `MalformedPolicyDocument: ${withoutSub}`,
    'aws_iam_role.with_resource': 'MalformedPolicyDocument: Has prohibited field Resource',
    'aws_iam_policy.without_action': 'MalformedPolicyDocument: Policy statement must contain actions.',
    'aws_iam_openid_connect_provider.second':
      'EntityAlreadyExists: Provider with url https://token.actions.githubusercontent.com already exists.',
    'aws_iam_openid_connect_provider.thumbprints': 'InvalidInput: Thumbprint list must contain fewer than 5 entries.',
    'aws_s3_bucket_policy.public':
      'because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
    'aws_s3_bucket_versioning.mfa': 'NotImplemented: Sojourn does not implement MFA delete.',
    'aws_s3_bucket_server_side_encryption_configuration.kms': 'NotImplemented: Sojourn does not implement',
  };
  for (const [address, sentence] of Object.entries(sentences)) {
    const told = errorOf(flat, address);
    assert.ok(told.includes(sentence), `${address}: ${told}`);
    const [type = '', name = ''] = address.split('.');
    assert.equal(module.attributes(type, name), undefined, `${address} is in the state`);
  }
  assert.equal((flat.match(/Error: /g) ?? []).length, Object.keys(sentences).length, flat);
  assert.ok(module.attributes('aws_s3_bucket', 'files') !== undefined, 'the bucket itself was made');
  const { SummaryMap } = await new IAMClient(clientOf(sojourn)).send(new GetAccountSummaryCommand());
  assert.deepEqual([SummaryMap?.Roles, SummaryMap?.Policies, SummaryMap?.Providers], [0, 0, 1]);
}

/** The paragraph of Terraform's errors that ends in the address of that resource. */
function errorOf(flat: string, address: string): string {
  return flat.split('Error: ').find((one) => one.includes(` with ${address},`)) ?? 'no error';
}

async function started(t: TestContext): Promise<RunningSojourn> {
  const sojourn = await startSojourn();
  t.after(() => sojourn.dispose());
  return sojourn;
}

function clientOf({ url, accessKeyId, secretAccessKey }: RunningSojourn) {
  const credentials = { accessKeyId, secretAccessKey };
  return { endpoint: url, region: 'us-east-1', credentials, forcePathStyle: true };
}

/** The file of the same name beside the modules, which the explanations are tested with. */
function trustPolicy(name: string): unknown {
  return JSON.parse(readFileSync(join(EXAMPLES, 'trust-policies', `${name}.json`), 'utf8'));
}

function policy(action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
}
