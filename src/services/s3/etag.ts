/** Entity tags on the wire: quoted there, bare in the store. */

/** `"9b2c…"` */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** The tag without quotes (and without the `W/` of a weak one, which a cache may have put before it). */
export function unquoted(text: string): string {
  const bare = text.startsWith('W/') ? text.slice(2) : text;
  return bare.length >= 2 && bare.startsWith('"') && bare.endsWith('"') ? bare.slice(1, -1) : bare;
}

/** Whether `header` (If-Match or If-None-Match: one tag, several with commas, or `*`) names `etag`. */
export function namesEtag(header: string, etag: string): boolean {
  const names = header.split(',').map((name) => name.trim());
  return names.includes('*') || names.some((name) => unquoted(name) === etag);
}
