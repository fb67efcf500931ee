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

/** The filter of a list call by path prefix; undefined when everything is under it. */
export function underPath(prefix: string | undefined): ((entity: { readonly path: string }) => boolean) | undefined {
  return prefix === undefined || prefix === '/' ? undefined : (entity) => entity.path.startsWith(prefix);
}
