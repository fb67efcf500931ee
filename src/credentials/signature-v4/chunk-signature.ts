/** Signatures of the chunks of a streamed S3 body: each covers its bytes and the signature before it. */
import { hash } from 'node:crypto';
import { hmac } from './signing-key.ts';
import { equalInConstantTime } from './verify-signature.ts';
import type { Verified } from './verify-signature.ts';

/** Verifies in the order of the stream: every call moves the chain on by one signature. */
export interface ChunkSignatures {
  /** @param sha256 of the chunk's bytes, hexadecimal */
  verifyChunk(sha256: string, signature: string): boolean;
  /** @param sha256 of the trailing headers in canonical form (`name:value\n` each), hexadecimal */
  verifyTrailer(sha256: string, signature: string): boolean;
}

const EMPTY_HASH = hash('sha256', '', 'hex');

/** The chain that starts at a request's own signature. */
export function chunkSignatures({ signingKey, scope, timestamp, signature }: Verified): ChunkSignatures {
  let previous = signature;
  const step = (algorithm: string, rest: string, received: string): boolean => {
    const text = `${algorithm}\n${timestamp}\n${scope}\n${previous}\n${rest}`;
    previous = hmac(signingKey, text).toString('hex');
    return equalInConstantTime(previous, received);
  };
  return {
    verifyChunk: (sha256, received) => step('AWS4-HMAC-SHA256-PAYLOAD', `${EMPTY_HASH}\n${sha256}`, received),
    verifyTrailer: (sha256, received) => step('AWS4-HMAC-SHA256-TRAILER', sha256, received),
  };
}
