/** The AWS SDK for JavaScript v3 with fromTokenFile, defaults untouched. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromTokenFile } from '@aws-sdk/credential-providers';
import { run } from './programs.ts';
import { SOJOURN, startSojourn, type RunningSojourn } from './running-sojourn.ts';

const TRUST = resolve(import.meta.dirname, '..', '..', 'examples', 'trust-policies', 'after.json');
const ROLE = 'arn:aws:iam::000000000000:role/deploy';
let sojourn: RunningSojourn;

before(async () => {
  sojourn = await startSojourn();
  const credentials = { accessKeyId: sojourn.accessKeyId, secretAccessKey: sojourn.secretAccessKey };
  const iam = new IAMClient({ endpoint: sojourn.url, region: 'us-east-1', credentials });
  await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: 'https://token.actions.githubusercontent.com',
      ClientIDList: ['sts.amazonaws.com'],
    }),
  );
  await iam.send(new CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument: readFileSync(TRUST, 'utf8') }));
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::sdk-bucket', 'arn:aws:s3:::sdk-bucket/*'] },
    ],
  };
  await iam.send(
    new PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 's3', PolicyDocument: JSON.stringify(policy) }),
  );
});
after(async () => sojourn?.dispose());

test('fromTokenFile assumes the role; S3 works with the default checksums', async () => {
  const credentials = await jobCredentials('refs/heads/main');
  const sts = new STSClient({ endpoint: sojourn.url, region: 'us-east-1', credentials });
  const identity = await sts.send(new GetCallerIdentityCommand());
  assert.match(identity.Arn ?? '', /^arn:aws:sts::000000000000:assumed-role\/deploy\//);

  const s3 = new S3Client({ endpoint: sojourn.url, region: 'us-east-1', credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'sdk-bucket' }));
  const put = await s3.send(new PutObjectCommand({ Bucket: 'sdk-bucket', Key: 'k/ä', Body: 'body' }));
  assert.equal(put.ETag, '"841a2d689ad86bd1611447453c22c6fc"');
  assert.ok(put.ChecksumCRC32);
  const got = await s3.send(new GetObjectCommand({ Bucket: 'sdk-bucket', Key: 'k/ä', ChecksumMode: 'ENABLED' }));
  assert.equal(await got.Body?.transformToString(), 'body');
  const deleted = await s3.send(
    new DeleteObjectsCommand({ Bucket: 'sdk-bucket', Delete: { Objects: [{ Key: 'k/ä' }, { Key: 'never there' }] } }),
  );
  assert.deepEqual(deleted.Deleted?.map((entry) => entry.Key).sort(), ['k/ä', 'never there']);
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'sdk-bucket' }));
  assert.equal(listed.KeyCount, 0);
  await assert.rejects(s3.send(new CreateBucketCommand({ Bucket: 'not-in-the-policy' })), { name: 'AccessDenied' });
});

test('the token of another branch gets no credentials', async () => {
  const provider = await jobCredentials('refs/heads/feature');
  await assert.rejects(
    provider(),
    (error: Error) => error.message === 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
  );
});

async function jobCredentials(ref: string): Promise<ReturnType<typeof fromTokenFile>> {
  const webIdentityTokenFile = join(sojourn.data, `token-${ref.replaceAll('/', '-')}`);
  const args = ['token', 'github', '--repository', 'my-org/my-repo', '--ref', ref, '--environment', 'production'];
  const minted = await run(SOJOURN, [...args, '--audience', 'sts.amazonaws.com', '--data', sojourn.data], {
    env: process.env,
  });
  assert.equal(minted.code, 0, minted.err);
  writeFileSync(webIdentityTokenFile, minted.out.trim());
  return fromTokenFile({
    webIdentityTokenFile,
    roleArn: ROLE,
    clientConfig: { endpoint: sojourn.url, region: 'us-east-1' },
  });
}
