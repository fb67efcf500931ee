/** What S3 answers when a body is not what its headers promised. */
import { ServiceError, errorTable } from '../base/service-error.ts';

const bodyError = errorTable({
  BadDigest: 400,
  IncompleteBody: 400,
  InvalidChunkSizeError: 403,
  InvalidDigest: 400,
  InvalidRequest: 400,
  MalformedTrailerError: 400,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
});

/** The framing is broken, or the connection ended before the body did. */
export function unexpectedEnd(reason: string): ServiceError {
  return bodyError('IncompleteBody', 'The request body terminated unexpectedly', { reason });
}

/** Fewer or more bytes than announced. */
export function wrongLength(expected: number, provided: number): ServiceError {
  return bodyError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
    { details: { NumberBytesExpected: String(expected), NumberBytesProvided: String(provided) } },
  );
}

/** @param chunk number of the chunk that showed it, from one; `size` is that of the chunk before */
export function chunkTooSmall(chunk: number, size: number): ServiceError {
  return bodyError('InvalidChunkSizeError', 'Only the last chunk is allowed to have a size less than 8192 bytes', {
    details: { Chunk: String(chunk), BadChunkSize: String(size) },
  });
}

export function malformedTrailer(reason: string): ServiceError {
  return bodyError(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    { reason },
  );
}

/** A chunk or the trailer was not signed by the request's key, or not in this place of the chain. */
export function chunkSignatureMismatch(what: string): ServiceError {
  return bodyError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    { reason: `signature of ${what}` },
  );
}

export function sha256Mismatch(expected: string, computed: string): ServiceError {
  return bodyError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    { details: { ClientComputedContentSHA256: expected, S3ComputedContentSHA256: computed } },
  );
}

/** `Content-MD5` of other bytes. Both values in base64. */
export function md5Mismatch(expected: string, computed: string): ServiceError {
  return bodyError('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
    details: { ExpectedDigest: expected, CalculatedDigest: computed },
  });
}

/** `Content-MD5` that is not sixteen bytes in base64. */
export function invalidMd5(value: string): ServiceError {
  return bodyError('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
    details: { 'Content-MD5': value.slice(0, 256) },
  });
}

/** An `x-amz-checksum-*` of other bytes. */
export function checksumMismatch(algorithm: string): ServiceError {
  return bodyError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}

/** An `x-amz-checksum-*` that is not base64 of the algorithm's size. */
export function invalidChecksum(header: string, where: 'header' | 'trailing header'): ServiceError {
  return bodyError('InvalidRequest', `Value for ${header} ${where} is invalid.`);
}
