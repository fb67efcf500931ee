/** The Range header of GET and HEAD (RFC 9110 section 14.2, as S3 reads it), and part numbers as ranges. */
import type { StoredObject } from '../../storage/objects/objects.ts';
import { s3Error } from './errors.ts';

/** Bytes `start` to `end`, both inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes that `header` asks for; undefined when it asks for the whole object.
 *
 * Numbers have no limit: one beyond what a double holds exactly is beyond every object, too.
 *
 * S3 answers one range only: several ranges, another unit or a malformed header give the whole object.
 *
 * @param size of the object in bytes
 * @throws ServiceError InvalidRange when no byte of the range exists, any range of an empty object included
 */
export function readRange(header: string, size: number): ByteRange | undefined {
  const match = /^bytes=([0-9]*)-([0-9]*)$/.exec(header.trim());
  const [, first, last] = match ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    if (length === 0) throw unsatisfiable(header, size);
    return { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= size) throw unsatisfiable(header, size);
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

/**
 * The bytes of part `number`; an object that was put at once is its own part 1, without a range when it is empty.
 *
 * @throws ServiceError InvalidPartNumber when the object has no such part
 */
export function readPartRange(object: StoredObject, number: number): ByteRange | undefined {
  const parts = object.parts ?? [];
  let start = 0;
  for (const [index, part] of (parts.length === 0 ? [object] : parts).entries()) {
    if (index + 1 === number) return part.size === 0 ? undefined : { start, end: start + part.size - 1 };
    start += part.size;
  }
  throw s3Error('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
    details: { PartNumberRequested: String(number), ActualPartCount: String(Math.max(parts.length, 1)) },
  });
}

function unsatisfiable(header: string, size: number): Error {
  return s3Error('InvalidRange', 'The requested range is not satisfiable', {
    details: { RangeRequested: header, ActualObjectSize: String(size) },
  });
}
