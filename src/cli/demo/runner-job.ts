/** A workflow job as the runner sees it: it asks the issuer for its token, then STS for the role, as the toolkit does. */
import type { SigningCredentials } from '../../credentials/signature-v4/sign-request.ts';
import { callQuery, elementText, errorText, type ApiAnswer } from '../api-client.ts';
import { DemoFailure } from './story.ts';

/** A run of a workflow, as far as the demo tells of it. */
export interface Job {
  readonly repository: string;
  readonly ref: string;
  readonly environment?: string;
}

/** `my-org/my-repo on refs/heads/deploy` */
export function describeJob(job: Job): string {
  return `${job.repository} on ${job.ref}${job.environment === undefined ? '' : `, environment ${job.environment}`}`;
}

/** Starts the simulated job and asks for its token over the runner's protocol. */
export async function jobToken(endpoint: string, job: Job): Promise<string> {
  const opened = await fetch(new URL('/_sojourn/issuer/github/jobs', endpoint), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...job, permissions: { 'id-token': 'write' } }),
  });
  const variables: unknown = await opened.json();
  const url = member(variables, 'ACTIONS_ID_TOKEN_REQUEST_URL');
  const bearer = member(variables, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN');
  const answer = await fetch(`${url}&audience=${encodeURIComponent('sts.amazonaws.com')}`, {
    headers: { accept: 'application/json', authorization: `Bearer ${bearer}` },
  });
  return member(await answer.json(), 'value');
}

/** The claims of a token, unverified: for telling. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  if (typeof claims !== 'object' || claims === null)
    throw new DemoFailure('The issuer minted something that is no token.');
  return { ...claims };
}

/** AssumeRoleWithWebIdentity, unsigned, as `configure-aws-credentials` sends it. */
export function assumeRole(endpoint: string, roleArn: string, token: string): Promise<ApiAnswer> {
  return callQuery({ endpoint, region: 'us-east-1', credentials: undefined }, 'sts', 'AssumeRoleWithWebIdentity', {
    RoleArn: roleArn,
    RoleSessionName: 'GitHubActions-to-AWS',
    WebIdentityToken: token,
    DurationSeconds: '3600',
  });
}

/** The credentials in the answer; fails the demo when it is a refusal. */
export function credentialsOf(answer: ApiAnswer): SigningCredentials {
  const accessKeyId = elementText(answer, 'AccessKeyId');
  const secretAccessKey = elementText(answer, 'SecretAccessKey');
  const sessionToken = elementText(answer, 'SessionToken');
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new DemoFailure(errorText(answer));
  return { accessKeyId, secretAccessKey, sessionToken };
}

function member(value: unknown, name: string): string {
  const found: unknown =
    typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
  if (typeof found !== 'string') throw new DemoFailure(`The issuer's answer has no ${name}.`);
  return found;
}
