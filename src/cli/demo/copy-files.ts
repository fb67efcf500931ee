/** `aws s3 sync` of the first article: by the aws CLI when there is one, by the AWS SDK otherwise. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningCredentials } from '../../credentials/signature-v4/sign-request.ts';
import { DemoFailure } from './story.ts';

/** Which client copied, and what it said. */
export interface Copied {
  readonly how: string;
  readonly lines: readonly string[];
}

/** Copies `src/*` below `directory` into the bucket with the job's credentials. */
export async function copyFiles(
  directory: string,
  bucket: string,
  endpoint: string,
  credentials: SigningCredentials,
): Promise<Copied> {
  const hasCli = spawnSync('aws', ['--version'], { stdio: 'ignore' }).status === 0;
  return hasCli ? byCli(directory, bucket, endpoint, credentials) : bySdk(directory, bucket, endpoint, credentials);
}

function byCli(directory: string, bucket: string, endpoint: string, credentials: SigningCredentials): Promise<Copied> {
  const args = ['s3', 'sync', '.', `s3://${bucket}/`, '--exclude', '*', '--include', 'src/*', '--no-progress'];
  const child = spawn('aws', args, {
    cwd: directory,
    env: {
      PATH: process.env['PATH'],
      HOME: directory,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) reject(new DemoFailure(`aws s3 sync failed: ${err.trim()}`));
      else
        resolve({
          how: `aws ${args.map((word) => (word === '*' || word === 'src/*' ? `"${word}"` : word)).join(' ')}`,
          lines: out.trim().split('\n').sort(),
        });
    });
  });
}

async function bySdk(
  directory: string,
  bucket: string,
  endpoint: string,
  credentials: SigningCredentials,
): Promise<Copied> {
  const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  });
  const lines: string[] = [];
  for (const name of readdirSync(join(directory, 'src')).sort()) {
    const Key = `src/${name}`;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: readFileSync(join(directory, Key)) }));
    lines.push(`upload: ${Key} to s3://${bucket}/${Key}`);
  }
  return { how: 'AWS SDK for JavaScript (there is no aws CLI on this machine)', lines };
}
