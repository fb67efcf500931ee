/** Guards around a body that is not chunked, or is decoded: length, SHA-256, MD5, checksums. Each passes the bytes on. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Body } from './body.ts';
import { checksum, checksumHeader, isChecksumValue } from './checksums.ts';
import type { ChecksumAlgorithm } from './checksums.ts';
import {
  checksumMismatch,
  invalidChecksum,
  invalidMd5,
  md5Mismatch,
  sha256Mismatch,
  wrongLength,
} from './chunked-error.ts';

/** Something that wants to see the bytes. */
export interface Observer {
  readonly update: (bytes: Uint8Array) => unknown;
}

/** Shows every piece to `observers` before it goes on: one pass for all digests. */
export async function* observed(body: Body, observers: readonly Observer[]): AsyncGenerator<Uint8Array, void, void> {
  for await (const bytes of body) {
    for (const observer of observers) observer.update(bytes);
    yield bytes;
  }
}

/** @throws ServiceError IncompleteBody at the first byte too many, or at the end when there are too few */
export async function* exactLength(body: Body, length: number): AsyncGenerator<Uint8Array, void, void> {
  let seen = 0;
  for await (const bytes of body) {
    seen += bytes.length;
    if (seen > length) throw wrongLength(length, seen);
    yield bytes;
  }
  if (seen !== length) throw wrongLength(length, seen);
}

/**
 * @param sha256 hexadecimal, from `x-amz-content-sha256`
 * @throws ServiceError XAmzContentSHA256Mismatch after the last byte
 */
export async function* expectSha256(body: Body, sha256: string): AsyncGenerator<Uint8Array, void, void> {
  const digest = createHash('sha256');
  yield* observed(body, [digest]);
  const computed = digest.digest('hex');
  if (computed !== sha256.toLowerCase()) throw sha256Mismatch(sha256, computed);
}

/**
 * @param contentMd5 the `Content-MD5` header, base64
 * @throws ServiceError InvalidDigest before the first byte, BadDigest after the last
 */
export async function* expectMd5(body: Body, contentMd5: string): AsyncGenerator<Uint8Array, void, void> {
  const expected = Buffer.from(contentMd5, 'base64');
  if (expected.length !== 16 || expected.toString('base64') !== contentMd5) throw invalidMd5(contentMd5);
  const digest = createHash('md5');
  yield* observed(body, [digest]);
  const computed = digest.digest('base64');
  if (computed !== contentMd5) throw md5Mismatch(contentMd5, computed);
}

/**
 * @param expected gives the value when the last byte has passed: then a trailer is there too. Undefined
 * when the client sent none after all
 * @param where the value stands, for the message
 * @throws ServiceError InvalidRequest for a value of another form, BadDigest for another value; after the last byte
 */
export async function* expectChecksum(
  body: Body,
  algorithm: ChecksumAlgorithm,
  expected: () => string | undefined,
  where: 'header' | 'trailing header' = 'header',
): AsyncGenerator<Uint8Array, void, void> {
  const running = checksum(algorithm);
  yield* observed(body, [running]);
  const value = expected();
  if (value !== undefined) verifyChecksum(algorithm, value, running.digestBase64(), where);
}

/** Compares a client's value with ours. Throws as {@link expectChecksum} does. */
export function verifyChecksum(
  algorithm: ChecksumAlgorithm,
  value: string,
  computed: string,
  where: 'header' | 'trailing header' = 'header',
): void {
  if (!isChecksumValue(algorithm, value)) throw invalidChecksum(checksumHeader(algorithm), where);
  if (value !== computed) throw checksumMismatch(algorithm);
}
