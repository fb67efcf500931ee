/**
 * The digests of a body, computed while it streams to the store, and held to what the client said
 * they are (S3 User Guide, "Checking object integrity").
 */
import { createHash } from 'node:crypto';
import type { Body } from '../../wire/body.ts';
import { checksum, checksumHeader, checksumOfHeader } from '../../wire/checksums.ts';
import type { ChecksumAlgorithm } from '../../storage/objects/objects.ts';
import type { HttpFacts } from '../operation.ts';
import { checkDigestForm, type Checksums } from './checksum-members.ts';
import { notImplemented, s3Error } from './errors.ts';

/** What a request says its body's digests are. */
export interface StatedDigests {
  /** The one algorithm of `x-amz-checksum-*` or of the trailer; undefined when the client named none. */
  readonly algorithm: ChecksumAlgorithm | undefined;
  /** Value of the header, base64; undefined when there is none or the trailer will tell. */
  readonly value: string | undefined;
  /** Base64. */
  readonly contentMD5: string | undefined;
}

/** Headers of that prefix that carry no value of a checksum. */
const NO_VALUES: ReadonlySet<string> = new Set([
  'x-amz-checksum-algorithm',
  'x-amz-checksum-mode',
  'x-amz-checksum-type',
]);

/**
 * Reads what a request says of its body.
 *
 * @throws ServiceError InvalidRequest when the headers contradict each other or a value cannot be a
 *   digest, InvalidDigest for a bad Content-MD5, NotImplemented for another algorithm
 */
export function readStatedDigests({ headers }: HttpFacts): StatedDigests {
  const contentMD5 = headers['content-md5'];
  if (contentMD5 !== undefined && !isMd5(contentMD5)) {
    throw s3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
      details: { 'Content-MD5': contentMD5 },
    });
  }
  const inHeaders = algorithmsIn(Object.keys(headers));
  const inTrailer = algorithmsIn((headers['x-amz-trailer'] ?? '').toLowerCase().split(','));
  const [algorithm, second] = [...inHeaders, ...inTrailer];
  if (second !== undefined) {
    throw s3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  checkNamedAlgorithm(headers['x-amz-sdk-checksum-algorithm'], algorithm);
  const value = algorithm === undefined ? undefined : headers[checksumHeader(algorithm)];
  if (algorithm !== undefined && value !== undefined) checkDigestForm(algorithm, value);
  return { algorithm, value, contentMD5 };
}

/** Digests of the whole body, once it has been read to its end. */
export interface Digests {
  /** 32 hex digits: the entity tag. */
  readonly md5: string;
  readonly checksums: Checksums;
}

/** A body that is digested as it passes. `digests` is for after its end. */
export interface DigestedBody {
  readonly body: Body;
  readonly digests: () => Digests;
}

/** Digests `body` while it is read: MD5 and every one of `algorithms`. */
export function digested(body: Body, algorithms: Iterable<ChecksumAlgorithm>): DigestedBody {
  const md5 = createHash('md5');
  const running = [...new Set(algorithms)].map((algorithm) => ({ algorithm, state: checksum(algorithm) }));
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const bytes of body) {
      md5.update(bytes);
      for (const { state } of running) state.update(bytes);
      yield bytes;
    }
  }
  return {
    body: pass(),
    digests: () => ({
      md5: md5.digest('hex'),
      checksums: Object.fromEntries(running.map(({ algorithm, state }) => [algorithm, state.digestBase64()])),
    }),
  };
}

/**
 * Holds the digests to what was said, in headers or in the trailer that has come by now.
 *
 * @throws ServiceError BadDigest; InvalidRequest when the announced trailer did not come
 */
export function checkDigests(stated: StatedDigests, digests: Digests, trailers: HttpFacts['trailers']): void {
  const { algorithm, contentMD5 } = stated;
  if (contentMD5 !== undefined && Buffer.from(contentMD5, 'base64').toString('hex') !== digests.md5) {
    throw s3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
      details: { ExpectedDigest: contentMD5, CalculatedDigest: Buffer.from(digests.md5, 'hex').toString('base64') },
    });
  }
  if (algorithm === undefined) return;
  const value = stated.value ?? trailers.get(checksumHeader(algorithm));
  if (value === undefined) throw s3Error('InvalidRequest', 'The trailer that x-amz-trailer announced is missing.');
  checkDigestForm(algorithm, value);
  if (value !== digests.checksums[algorithm]) {
    throw s3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
}

/** The algorithms that `x-amz-checksum-…` names stand for. */
function algorithmsIn(names: readonly string[]): readonly ChecksumAlgorithm[] {
  const algorithms: ChecksumAlgorithm[] = [];
  for (const name of names.map((text) => text.trim())) {
    if (!name.startsWith('x-amz-checksum-') || NO_VALUES.has(name)) continue;
    const algorithm = checksumOfHeader(name);
    if (algorithm === undefined) throw notImplemented(`the checksum in ${name}`);
    algorithms.push(algorithm);
  }
  return algorithms;
}

/** `x-amz-sdk-checksum-algorithm` only repeats what another header says. */
function checkNamedAlgorithm(named: string | undefined, algorithm: ChecksumAlgorithm | undefined): void {
  if (named === undefined) return;
  if (algorithm === undefined) {
    throw s3Error(
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  if (named.toUpperCase() !== algorithm) {
    throw s3Error('InvalidRequest', 'Value for x-amz-sdk-checksum-algorithm header is invalid.');
  }
}

/**
 * Holds a document that has been read whole to its digests: for the dispatcher, which reads the XML of
 * a request before an operation sees it.
 *
 * @throws ServiceError as {@link readStatedDigests} and {@link checkDigests}
 */
export function checkDocumentDigests(document: Uint8Array, http: HttpFacts): void {
  const stated = readStatedDigests(http);
  const { algorithm } = stated;
  const checksums: Partial<Record<ChecksumAlgorithm, string>> = {};
  if (algorithm !== undefined) {
    const state = checksum(algorithm);
    state.update(document);
    checksums[algorithm] = state.digestBase64();
  }
  checkDigests(stated, { md5: createHash('md5').update(document).digest('hex'), checksums }, http.trailers);
}

function isMd5(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === 16 && bytes.toString('base64') === base64;
}
