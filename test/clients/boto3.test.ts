/** boto3 with AWS_WEB_IDENTITY_TOKEN_FILE and nothing else: the default credential chain of a job. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { missingPython, run } from './programs.ts';
import { SOJOURN, startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missingPython('boto3');
const TRUST = resolve(import.meta.dirname, '..', '..', 'examples', 'trust-policies', 'after.json');
let sojourn: RunningSojourn;

before(async () => {
  if (skip === false) sojourn = await startSojourn();
});
after(async () => sojourn?.dispose());

/** Root prepares with its key; the job then has only the token file. Prints one JSON object. */
const SCRIPT = `
import boto3, json, os, sys
from botocore.exceptions import ClientError
trust = open(sys.argv[1]).read()
root = boto3.session.Session(aws_access_key_id=os.environ.pop('ROOT_ID'), aws_secret_access_key=os.environ.pop('ROOT_SECRET'))
iam = root.client('iam')
iam.create_open_id_connect_provider(Url='https://token.actions.githubusercontent.com', ClientIDList=['sts.amazonaws.com'])
role = iam.create_role(RoleName='deploy', AssumeRolePolicyDocument=trust)['Role']
iam.put_role_policy(RoleName='deploy', PolicyName='s3', PolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [
  {'Effect': 'Allow', 'Action': ['s3:CreateBucket', 's3:PutObject', 's3:GetObject', 's3:ListBucket'], 'Resource': ['arn:aws:s3:::boto-bucket', 'arn:aws:s3:::boto-bucket/*']}]}))
os.environ['AWS_ROLE_ARN'] = role['Arn']
job = boto3.session.Session()
s3 = job.client('s3')
out = {'arn': job.client('sts').get_caller_identity()['Arn'], 'trust': role['AssumeRolePolicyDocument']}
s3.create_bucket(Bucket='boto-bucket')
s3.put_object(Bucket='boto-bucket', Key='a/b c+d.txt', Body=b'hello', Metadata={'who': 'job'}, ContentType='text/plain')
got = s3.get_object(Bucket='boto-bucket', Key='a/b c+d.txt', ChecksumMode='ENABLED')
out['body'] = got['Body'].read().decode(); out['metadata'] = got['Metadata']; out['checksum'] = got.get('ChecksumCRC32')
out['keys'] = [o['Key'] for o in s3.list_objects_v2(Bucket='boto-bucket')['Contents']]
for name, call in {
  'delete': lambda: s3.delete_object(Bucket='boto-bucket', Key='a/b c+d.txt'),
  'iam': lambda: job.client('iam').list_roles(),
  'missing': lambda: s3.get_object(Bucket='boto-bucket', Key='none'),
  'wrong-token': lambda: boto3.client('sts').assume_role_with_web_identity(RoleArn=role['Arn'], RoleSessionName='x1', WebIdentityToken='garbage'),
}.items():
  try:
    call(); out[name] = 'allowed'
  except ClientError as error:
    out[name] = [error.response['ResponseMetadata']['HTTPStatusCode'], error.response['Error']['Code'], error.response['Error']['Message']]
print(json.dumps(out))
`;

test(
  'a job with AWS_WEB_IDENTITY_TOKEN_FILE reads and writes what its role allows, and hears AWS’s words otherwise',
  { skip },
  async () => {
    const tokenFile = join(sojourn.data, 'token');
    const minted = await run(
      SOJOURN,
      [
        'token',
        'github',
        '--repository',
        'my-org/my-repo',
        '--ref',
        'refs/heads/main',
        '--environment',
        'production',
        '--audience',
        'sts.amazonaws.com',
        '--data',
        sojourn.data,
      ],
      { env: process.env },
    );
    assert.equal(minted.code, 0, minted.err);
    writeFileSync(tokenFile, minted.out.trim());
    const { AWS_ACCESS_KEY_ID: rootId, AWS_SECRET_ACCESS_KEY: rootSecret, ...rest } = sojourn.env;
    const env = {
      ...rest,
      ROOT_ID: rootId,
      ROOT_SECRET: rootSecret,
      AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
      AWS_ROLE_SESSION_NAME: 'boto',
    };
    const ran = await run('python3', ['-c', SCRIPT, TRUST], { env });
    assert.equal(ran.code, 0, `${ran.out}\n${ran.err}`);
    assert.deepEqual(JSON.parse(ran.out), {
      arn: 'arn:aws:sts::000000000000:assumed-role/deploy/boto',
      trust: JSON.parse(readFileSync(TRUST, 'utf8')),
      body: 'hello',
      metadata: { who: 'job' },
      checksum: 'NhCmhg==',
      keys: ['a/b c+d.txt'],
      delete: [
        403,
        'AccessDenied',
        'User: arn:aws:sts::000000000000:assumed-role/deploy/boto is not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::boto-bucket/a/b c+d.txt" because no identity-based policy allows the s3:DeleteObject action',
      ],
      iam: [
        403,
        'AccessDenied',
        'User: arn:aws:sts::000000000000:assumed-role/deploy/boto is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::000000000000:role/ because no identity-based policy allows the iam:ListRoles action',
      ],
      missing: [404, 'NoSuchKey', 'The specified key does not exist.'],
      'wrong-token': [
        400,
        'InvalidIdentityToken',
        'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
      ],
    });
  },
);
