/** Paths of entities, and the prefixes by which lists are narrowed. */
import { iamError } from './errors.ts';

/** The path to store, `/` when absent. Throws `ValidationError` for one with an empty segment (the model's pattern has passed by then). */
export function pathOf(path: string | undefined): string {
  if (path === undefined) return '/';
  if (!path.startsWith('/') || !path.endsWith('/') || path.includes('//')) {
    throw iamError(
      'ValidationError',
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    );
  }
  return path;
}

/** Whether an entity is under the prefix of a list call; without one everything is. */
export function underPath(prefix: string | undefined): (entity: { readonly path: string }) => boolean {
  return prefix === undefined || prefix === '/' ? () => true : (entity) => entity.path.startsWith(prefix);
}
