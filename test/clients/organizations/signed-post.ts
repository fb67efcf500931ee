/** One signed request of the JSON protocol, body and all as the test says. */
import { hash } from 'node:crypto';
import { signRequest } from '../../../src/credentials/signature-v4/sign-request.ts';
import type { RunningSojourn } from '../running-sojourn.ts';

/** What `X-Amz-Target` begins with, before the point. */
export const TARGET_PREFIX = 'AWSOrganizationsV20161128';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface PostOptions {
  /** False: without a signature. */
  readonly signed?: boolean;
  /** A secret other than root's. */
  readonly secret?: string;
}

/** Posts a body, signed by root unless `options` say otherwise. */
export async function post(
  sojourn: RunningSojourn,
  target: string | undefined,
  body: string,
  options: PostOptions = {},
): Promise<Answered> {
  const { host } = new URL(sojourn.url);
  const headers: Record<string, string> = { 'content-type': 'application/x-amz-json-1.1' };
  if (target !== undefined) headers['x-amz-target'] = target;
  const signed =
    options.signed === false
      ? {}
      : signRequest(
          {
            method: 'POST',
            rawPath: '/',
            rawQuery: '',
            headers: Object.fromEntries(Object.entries({ host, ...headers }).map(([name, value]) => [name, [value]])),
            payloadHash: hash('sha256', body, 'hex'),
          },
          { accessKeyId: sojourn.accessKeyId, secretAccessKey: options.secret ?? sojourn.secretAccessKey },
          { region: 'us-east-1', service: 'organizations', now: Date.now() },
        );
  const answer = await fetch(sojourn.url, { method: 'POST', headers: { ...headers, ...signed }, body });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? '' : JSON.parse(text) };
}
