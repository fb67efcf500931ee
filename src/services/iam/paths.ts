/** Paths of entities, and the prefixes by which lists are narrowed. */

/** The path to store, `/` when absent. What a path may be is in the model; `/a//b/` is one (observed on AWS, September 2026). */
export function pathOf(path: string | undefined): string {
  return path ?? '/';
}

/** The filter of a list call by path prefix; undefined when everything is under it. */
export function underPath(prefix: string | undefined): ((entity: { readonly path: string }) => boolean) | undefined {
  return prefix === undefined || prefix === '/' ? undefined : (entity) => entity.path.startsWith(prefix);
}
