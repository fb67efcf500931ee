/** Columns as the types they were stored as; another one means a damaged file. */
import type { SQLOutputValue } from 'node:sqlite';
import { StorageError } from '../../storage-error.ts';

type Column = SQLOutputValue | undefined;

/** @throws StorageError */
export function text(value: Column): string {
  if (typeof value !== 'string') throw new StorageError('the object index is damaged: a text is missing');
  return value;
}

/** @throws StorageError */
export function integer(value: Column): number {
  if (typeof value !== 'number') throw new StorageError('the object index is damaged: a number is missing');
  return value;
}

/** Columns of JSON hold what `JSON.stringify` made of a `T`. */
export function json<T>(value: Column): T {
  const parsed: T = JSON.parse(text(value));
  return parsed;
}
