/** The storage classes whose promise Sojourn keeps: those whose objects can be read at once. */
import type { ObjectStorageClass, StorageClass } from '../../wire/generated/s3-types.ts';
import { notImplemented, s3Error } from './errors.ts';

type Kept = StorageClass & ObjectStorageClass;

const KEPT = [
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'REDUCED_REDUNDANCY',
  'GLACIER_IR',
] as const satisfies readonly Kept[];

/**
 * The class that an object is stored under; they are kept and shown, and all stored alike.
 *
 * @throws ServiceError NotImplemented for archives (there is nothing to restore from), InvalidStorageClass
 */
export function checkStorageClass(asked: string | undefined): string {
  if (asked === undefined) return 'STANDARD';
  if (asked === 'GLACIER' || asked === 'DEEP_ARCHIVE') throw notImplemented(`the storage class ${asked}`);
  if (keptClass(asked) === undefined) {
    throw s3Error('InvalidStorageClass', 'The storage class you specified is not valid', {
      details: { StorageClassRequested: asked },
    });
  }
  return asked;
}

/** The class of a stored object, for listings. */
export function listedClass(stored: string): Kept {
  return keptClass(stored) ?? 'STANDARD';
}

/** The class as `x-amz-storage-class` shows it, which is left out for STANDARD. */
export function shownClass(stored: string): Kept | undefined {
  return stored === 'STANDARD' ? undefined : keptClass(stored);
}

function keptClass(name: string): Kept | undefined {
  return KEPT.find((kept) => kept === name);
}
