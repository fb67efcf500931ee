/** CreateBucket, signed by our own signer: the demo needs no SDK to set its stage. */
import { hash } from 'node:crypto';
import { signRequest } from '../../credentials/signature-v4/sign-request.ts';
import type { ApiClient } from '../api-client.ts';
import { DemoFailure } from './story.ts';

/** @throws DemoFailure with the server's words when it is refused */
export async function makeBucket(client: ApiClient, bucket: string): Promise<void> {
  if (client.credentials === undefined) throw new DemoFailure('The demo has no key to make a bucket with.');
  const url = new URL(`/${bucket}`, client.endpoint);
  const signed = signRequest(
    {
      method: 'PUT',
      rawPath: url.pathname,
      rawQuery: '',
      headers: { host: [url.host] },
      payloadHash: hash('sha256', '', 'hex'),
    },
    client.credentials,
    { service: 's3', region: client.region, now: Date.now() },
  );
  const answer = await fetch(url, { method: 'PUT', headers: signed });
  if (answer.status !== 200) throw new DemoFailure(`CreateBucket: ${await answer.text()}`);
}
