/**
 * Why a data directory cannot be opened, or is not open any more: one sentence for the operator.
 * Failures of the disk itself pass through as Node's own errors.
 */
export class StorageError extends Error {
  override readonly name: string = 'StorageError';
}
