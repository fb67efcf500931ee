/** An upload in signed or unsigned chunks, made by hand so that any part of it can be made wrong. */
import { createHmac, hash } from 'node:crypto';
import { s3Headers, type S3Options, type Target } from './target.ts';

export interface ChunkedUpload {
  /** Of the request's head. */
  readonly headers: Readonly<Record<string, string>>;
  /** One piece a chunk, the zero chunk with the trailer last. */
  readonly pieces: readonly string[];
}

export interface ChunkedUploadOptions extends Pick<S3Options, 'headers' | 'credentials'> {
  readonly signed: boolean;
  /** Trailing header and its value. */
  readonly trailer?: readonly [string, string];
  /** Instead of the true length. */
  readonly decodedLength?: string;
}

const EMPTY_HASH = hash('sha256', '', 'hex');

/** The upload of `chunks` to `resource`, right in every part. */
export function chunkedUpload(
  target: Target,
  resource: string,
  chunks: readonly string[],
  options: ChunkedUploadOptions,
): ChunkedUpload {
  const { signed, trailer } = options;
  const payload = signed
    ? `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer === undefined ? '' : '-TRAILER'}`
    : 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const length = chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk), 0);
  const extra: Record<string, string> = {
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': options.decodedLength ?? String(length),
    ...(trailer === undefined ? {} : { 'x-amz-trailer': trailer[0] }),
    ...options.headers,
  };
  const { credentials = target.root } = options;
  const headers = s3Headers(target, 'PUT', resource, { headers: extra, payload, credentials });
  const sign = chain(headers, credentials.secretAccessKey);
  const pieces = [...chunks, ''].map((chunk) => {
    const signature = signed
      ? `;chunk-signature=${sign('AWS4-HMAC-SHA256-PAYLOAD', `${EMPTY_HASH}\n${hash('sha256', chunk, 'hex')}`)}`
      : '';
    const start = `${Buffer.byteLength(chunk).toString(16)}${signature}\r\n`;
    return chunk === '' ? start : `${start}${chunk}\r\n`;
  });
  const trailerLine = trailer === undefined ? '' : `${trailer[0]}:${trailer[1]}`;
  const end = [trailerLine];
  if (signed && trailer !== undefined) {
    end.push(`x-amz-trailer-signature:${sign('AWS4-HMAC-SHA256-TRAILER', hash('sha256', `${trailerLine}\n`, 'hex'))}`);
  }
  const last = pieces.pop() ?? '';
  pieces.push(
    `${last}${end
      .filter((line) => line !== '')
      .map((line) => `${line}\r\n`)
      .join('')}\r\n`,
  );
  const wire = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
  return { headers: { ...headers, 'content-length': String(wire) }, pieces };
}

/** Signs one thing after the other, each with the signature before it. */
function chain(
  headers: Readonly<Record<string, string>>,
  secretAccessKey: string,
): (algorithm: string, rest: string) => string {
  const authorization = headers['authorization'] ?? '';
  const scope = /Credential=[^/]*\/([^,]*)/.exec(authorization)?.[1] ?? '';
  let previous = /Signature=([0-9a-f]*)/.exec(authorization)?.[1] ?? '';
  let key: string | Buffer = `AWS4${secretAccessKey}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  const signingKey = key;
  return (algorithm, rest) => {
    const text = [algorithm, headers['x-amz-date'], scope, previous, rest].join('\n');
    previous = createHmac('sha256', signingKey).update(text).digest('hex');
    return previous;
  };
}
