/**
 * Bodies in aws-chunked encoding: `{size in hex}[;chunk-signature={hex}]CRLF bytes CRLF`, a chunk of
 * size zero, trailing headers, an empty line. The signatures are S3's "Transferring payload in
 * multiple chunks"; the trailers its "Signature calculations … including trailing headers".
 *
 * The bytes are handed on before the signature of their chunk is known, so that a chunk of any size
 * takes no memory. Whoever takes them must throw them away when this generator throws.
 */
import { createHash, hash } from 'node:crypto';
import type { Body } from './body.ts';
import {
  chunkSignatureMismatch,
  chunkTooSmall,
  malformedTrailer,
  unexpectedEnd,
  wrongLength,
} from './chunked-error.ts';
import { ChunkedReader } from './chunked-reader.ts';

/** Verifies signatures in the order of the stream; hashes are SHA-256 in lower-case hexadecimal. */
export interface ChunkVerifier {
  readonly verifyChunk: (sha256: string, signature: string) => boolean;
  readonly verifyTrailer: (sha256: string, signature: string) => boolean;
}

/** What the head of the request says of its chunks. */
export interface ChunkedOptions {
  /** `x-amz-decoded-content-length`, in bytes: exactly so many must come. */
  readonly decodedLength: number;
  /** Undefined when the chunks are not signed. */
  readonly verifier: ChunkVerifier | undefined;
  /** Names that `x-amz-trailer` announced, lower-cased; undefined when the mode has no trailers. */
  readonly announced: readonly string[] | undefined;
  /** Filled with the trailing headers, names lower-cased; complete when the generator has ended. */
  readonly trailers: Map<string, string>;
}

/** Every chunk but the last has at least so many bytes. */
const MIN_CHUNK_BYTES = 8192;
/** A size of 16 digits, `;chunk-signature=` and 64 digits are 97. */
const MAX_HEADER_BYTES = 256;
const MAX_TRAILER_BYTES = 8192;
const MAX_TRAILERS = 16;
const CHUNK_HEADER = /^([0-9A-Fa-f]{1,16})(?:;chunk-signature=([0-9a-f]{64}))?$/;
const TRAILER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,128}):(.*)$/s;
const TRAILER_SIGNATURE = 'x-amz-trailer-signature';

/**
 * The bytes inside the chunks.
 *
 * @throws ServiceError, while it is read: IncompleteBody (framing, or not the announced length),
 * InvalidChunkSizeError, SignatureDoesNotMatch, MalformedTrailerError
 */
export async function* decodeChunked(body: Body, options: ChunkedOptions): AsyncGenerator<Uint8Array, void, void> {
  const reader = new ChunkedReader(body);
  try {
    let decoded = 0;
    let previous: number | undefined;
    for (let number = 1; ; number++) {
      const { size, signature } = readHeader(await reader.line(MAX_HEADER_BYTES), options);
      if (size > 0 && previous !== undefined && previous < MIN_CHUNK_BYTES) throw chunkTooSmall(number, previous);
      if (decoded + size > options.decodedLength) throw wrongLength(options.decodedLength, decoded + size);
      yield* chunkBytes(reader, size, signature, number, options);
      if (size === 0) break;
      decoded += size;
      previous = size;
    }
    if (decoded !== options.decodedLength) throw wrongLength(options.decodedLength, decoded);
    await readTrailers(reader, options);
    if (!(await reader.atEnd())) throw unexpectedEnd('bytes after the end of the chunked body');
  } finally {
    await reader.close();
  }
}

interface ChunkHeader {
  readonly size: number;
  readonly signature: string | undefined;
}

function readHeader(line: string, { verifier }: ChunkedOptions): ChunkHeader {
  const [, hex, signature] = CHUNK_HEADER.exec(line) ?? [];
  if (hex === undefined) throw unexpectedEnd('a line is no chunk header');
  if (verifier !== undefined && signature === undefined) throw unexpectedEnd('a chunk has no signature');
  const size = Number.parseInt(hex, 16);
  if (!Number.isSafeInteger(size)) throw unexpectedEnd('a chunk is larger than any object');
  return { size, signature };
}

/** The bytes of one chunk; its signature is checked after the last of them. The zero chunk is signed too. */
async function* chunkBytes(
  reader: ChunkedReader,
  size: number,
  signature: string | undefined,
  number: number,
  { verifier }: ChunkedOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const digest = verifier === undefined ? undefined : createHash('sha256');
  for (let left = size; left > 0;) {
    const bytes = await reader.some(left);
    digest?.update(bytes);
    left -= bytes.length;
    yield bytes;
  }
  if (size > 0) await reader.lineEnd();
  if (verifier !== undefined && digest !== undefined && signature !== undefined) {
    if (!verifier.verifyChunk(digest.digest('hex'), signature)) throw chunkSignatureMismatch(`chunk ${number}`);
  }
}

/** Trailing headers up to the empty line: exactly the announced ones, and their signature when chunks are signed. */
async function readTrailers(reader: ChunkedReader, options: ChunkedOptions): Promise<void> {
  const { announced = [], trailers, verifier } = options;
  let signed = '';
  let signature: string | undefined;
  for (let count = 0; ; count++) {
    const line = await reader.line(MAX_TRAILER_BYTES);
    if (line === '') break;
    if (count >= MAX_TRAILERS) throw malformedTrailer('too many trailing headers');
    const { name, value } = readTrailer(line);
    if (signature !== undefined) throw malformedTrailer('a trailing header after the trailer signature');
    if (name === TRAILER_SIGNATURE && verifier !== undefined) {
      signature = value;
    } else if (announced.includes(name) && !trailers.has(name)) {
      trailers.set(name, value);
      signed += `${name}:${value}\n`;
    } else {
      throw malformedTrailer('a trailing header that was not announced, or twice');
    }
  }
  const missing = announced.some((name) => !trailers.has(name));
  if (missing) throw malformedTrailer('an announced trailing header is missing');
  if (verifier === undefined || options.announced === undefined) {
    if (signature !== undefined) throw malformedTrailer('a trailer signature where there is no trailer');
  } else if (signature === undefined || !verifier.verifyTrailer(hash('sha256', signed, 'hex'), signature)) {
    throw chunkSignatureMismatch('the trailer');
  }
}

function readTrailer(line: string): { readonly name: string; readonly value: string } {
  const [, name, value] = TRAILER.exec(line) ?? [];
  if (name === undefined || value === undefined) throw malformedTrailer('a line is no trailing header');
  // Blanks are no part of a field value (RFC 9110 section 5.5); a line feed may stand before the CRLF.
  return { name: name.toLowerCase(), value: value.trim() };
}
