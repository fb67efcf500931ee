/** How long an issuer's keys are held: what the issuer says (RFC 9111), within the operator's bounds. */

/** Bounds on the life of keys, in seconds. */
export interface KeyLifetimeBounds {
  /** Nothing is fetched more often than this, unless the issuer says that it may not be kept. */
  readonly floorSeconds: number;
  /** Nothing is held longer than this, whatever the issuer says. */
  readonly ceilingSeconds: number;
  /** When the issuer says nothing. */
  readonly unsaidSeconds: number;
  /** When the issuer says `no-cache`, `no-store` or `max-age=0`. */
  readonly noCacheSeconds: number;
}

/** One minute to one hour; five minutes when unsaid; two seconds when it may not be kept. */
export const KEY_LIFETIME_BOUNDS: KeyLifetimeBounds = {
  floorSeconds: 60,
  ceilingSeconds: 3600,
  unsaidSeconds: 300,
  noCacheSeconds: 2,
};

/**
 * Seconds for which keys fetched now are fresh.
 *
 * @param cacheControl the `Cache-Control` field; we are a shared cache, so `s-maxage` goes before `max-age`
 * @param age the `Age` field in seconds: how long another cache has held the answer already
 */
export function keyLifetime(cacheControl: string, age: number, bounds: KeyLifetimeBounds): number {
  const directives = new Map<string, string>();
  for (const part of cacheControl.toLowerCase().split(',')) {
    const [name = '', value = ''] = part.split('=', 2);
    directives.set(name.trim(), value.trim().replace(/^"(.*)"$/, '$1'));
  }
  const said = seconds(directives.get('s-maxage')) ?? seconds(directives.get('max-age'));
  if (directives.has('no-cache') || directives.has('no-store') || said === 0) return bounds.noCacheSeconds;
  const wanted = said === undefined ? bounds.unsaidSeconds : said - age;
  return Math.min(Math.max(wanted, bounds.floorSeconds), bounds.ceilingSeconds);
}

function seconds(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9]{1,10}$/.test(text) ? Number(text) : undefined;
}
