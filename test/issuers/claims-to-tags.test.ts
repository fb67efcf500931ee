/**
 * Claims to tags, end to end: one role and one bucket for a whole organisation, in which each repository
 * reaches its own prefix only, because its name became a session tag (docs/guides/claims-to-tags.md).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { elementText } from '../../src/cli/api-client.ts';
import { github } from '../../src/idp/github.ts';
import type { MintOptions } from '../../src/idp/profile.ts';
import { AUDIENCE, besiege, providerArn, roleArn } from '../attacks/siege.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const PREFIX = 'token.actions.githubusercontent.com';
const BUCKET = 'builds';
const BOTH = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'];

const siege = await besiege({
  empty: true,
  flags: {
    'claims-to-tags': [`${GITHUB} repository=repository transitive`, `${GITHUB} environment=environment`],
  },
});
(await siege.issuer(GITHUB)).serve([siege.key]);
await siege.provider(GITHUB);
const organisation = {
  StringEquals: { [`${PREFIX}:aud`]: AUDIENCE },
  StringLike: { [`${PREFIX}:sub`]: 'repo:my-org/*' },
};
await siege.role('build', GITHUB, organisation, BOTH);
await siege.role('no-tags', GITHUB, organisation);
await siege.iam('PutRolePolicy', {
  RoleName: 'build',
  PolicyName: 'own-prefix',
  PolicyDocument: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: `arn:aws:s3:::${BUCKET}/\${aws:PrincipalTag/repository}/*`,
      },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: `arn:aws:s3:::${BUCKET}`,
        Condition: { StringLike: { 's3:prefix': '${aws:PrincipalTag/repository}/*' } },
      },
      { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn('publish') },
    ],
  }),
});

type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

function s3(credentials: Keys): S3Client {
  return new S3Client({ endpoint: siege.server.url, region: 'us-east-1', credentials, forcePathStyle: true });
}

function token(options: MintOptions, change: Readonly<Record<string, unknown>> = {}): string {
  const minted = github.mint(options, { now: siege.seconds(), audience: AUDIENCE, jti: crypto.randomUUID() });
  if (minted.kind === 'impossible') throw new Error(minted.why);
  return siege.token({ ...minted.claims, ...change });
}

async function session(repository: string): Promise<Keys> {
  const { answer } = await siege.letIn(token({ repository, ref: 'refs/heads/main' }), 'build');
  const part = (name: string): string => elementText(answer, name) ?? '';
  return {
    accessKeyId: part('AccessKeyId'),
    secretAccessKey: part('SecretAccessKey'),
    sessionToken: part('SessionToken'),
  };
}

test('each repository reaches its own prefix of the one bucket, and no other', async () => {
  await s3(siege.server.built.sojourn.rootAccessKey).send(new CreateBucketCommand({ Bucket: BUCKET }));
  const [one, two] = [s3(await session('my-org/one')), s3(await session('my-org/two'))];
  const put = (client: S3Client, Key: string) => client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'x' }));
  await put(one, 'my-org/one/app.tar');
  await put(two, 'my-org/two/app.tar');
  const denied = { name: 'AccessDenied' };
  for (const key of [
    'my-org/two/app.tar',
    'my-org/onesy/x',
    'my-org/one',
    'other',
    'my-org/one/../two/x'.replace('/..', '%2e%2e'),
  ]) {
    await assert.rejects(put(one, key), denied, key);
  }
  const got = await one.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'my-org/one/app.tar' }));
  assert.equal(await got.Body?.transformToString(), 'x');
  await assert.rejects(one.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'my-org/two/app.tar' })), denied);
  const listed = await one.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'my-org/one/' }));
  assert.equal(listed.KeyCount, 1);
  await assert.rejects(one.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'my-org/' })), denied);
  await assert.rejects(one.send(new ListObjectsV2Command({ Bucket: BUCKET })), denied);
});

test('a transitive tag goes with a chained session, and the audit log says which tags were made', async () => {
  await siege.iam('CreateRole', {
    RoleName: 'publish',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: roleArn('build') },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:PrincipalTag/repository': 'my-org/one' } },
        },
        { Effect: 'Allow', Principal: { AWS: roleArn('build') }, Action: 'sts:TagSession' },
      ],
    }),
  });
  await siege.iam('PutRolePolicy', {
    RoleName: 'publish',
    PolicyName: 'published',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${BUCKET}/published/\${aws:PrincipalTag/repository}/*`,
        },
      ],
    }),
  });
  const assume = async (repository: string): Promise<Keys> => {
    const client = new STSClient({
      endpoint: siege.server.url,
      region: 'us-east-1',
      credentials: await session(repository),
    });
    const { Credentials } = await client.send(
      new AssumeRoleCommand({ RoleArn: roleArn('publish'), RoleSessionName: 'chained' }),
    );
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
  };
  const chained = s3(await assume('my-org/one'));
  const put = (Key: string) => chained.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'x' }));
  await put('published/my-org/one/app.tar');
  await assert.rejects(put('published/my-org/two/app.tar'), { name: 'AccessDenied' });
  await assert.rejects(assume('my-org/two'), { name: 'AccessDenied' });
  assert.ok(siege.auditLines().some((line) => line.includes('"principalTags":{"repository":"my-org/one"}')));
});

test('the trust policy decides on the tags: without sts:TagSession nobody with a tag gets in', async () => {
  await siege.refused(
    token({ repository: 'my-org/one' }),
    { code: 'AccessDenied', message: 'Not authorized to perform sts:TagSession' },
    'no-tags',
  );
});

test('a token that brings the tag itself, or a value that no tag can hold, is refused', async () => {
  const format = { code: 'InvalidIdentityToken', message: 'principal_tags passed in claim is not in correct format.' };
  const own = { 'https://aws.amazon.com/tags': { principal_tags: { Repository: ['my-org/two'] } } };
  await siege.refused(token({ repository: 'my-org/one' }, own), { ...format, detail: /comes twice/ }, 'build');
  for (const environment of ['a*', 'prod?', '${aws:username}', 'x'.repeat(257)]) {
    await siege.refused(
      token({ repository: 'my-org/one' }, { environment }),
      { ...format, detail: /characters that tags cannot have/ },
      'build',
    );
  }
});

test('another issuer’s claims make no tags', async () => {
  const url = 'https://other.example';
  (await siege.issuer(url)).serve([siege.key]);
  await siege.provider(url);
  await siege.iam('UpdateAssumeRolePolicy', {
    RoleName: 'no-tags',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Federated: providerArn(url) }, Action: BOTH[0] }],
    }),
  });
  await siege.letIn(siege.token({ iss: url, repository: 'my-org/one' }), 'no-tags');
});
