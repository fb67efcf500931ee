/** The texts of the setting `claims-to-tags`: `ISSUER CLAIM=TAG`, with `transitive` after it or not. */
import type { ClaimToTag } from '../../tokens/claims-to-tags.ts';

/** One row, read. */
export interface ClaimToTagRow extends ClaimToTag {
  /** Without `https://`. */
  readonly issuer: string;
}

/** A tag key as AWS takes it, and not of AWS's own. */
const TAG_KEY = /^(?!aws:)[\p{L}\p{N}_.:/=+\-@]{1,128}$/iu;

/** The row that `text` is; undefined when it is none. */
export function readClaimToTag(text: string): ClaimToTagRow | undefined {
  const [issuer = '', pair = '', word, ...more] = text.trim().split(/\s+/);
  const [claim = '', ...tag] = pair.split('=');
  if (!isIssuerUrl(issuer) || claim === '' || claim.length > 256 || !TAG_KEY.test(tag.join('='))) return undefined;
  if (more.length > 0 || (word !== undefined && word !== 'transitive')) return undefined;
  return { issuer: issuer.slice('https://'.length), claim, tag: tag.join('='), transitive: word === 'transitive' };
}

/** The rows by issuer. Rows that cannot be read were refused before. */
export function claimsToTags(texts: readonly string[]): ReadonlyMap<string, readonly ClaimToTag[]> {
  const rows = texts.map(readClaimToTag).filter((row) => row !== undefined);
  return Map.groupBy(rows, ({ issuer }) => issuer);
}

/** Whether `text` can be the URL of a registered issuer: https, no user, query or fragment. */
export function isIssuerUrl(text: string): boolean {
  const url = URL.parse(text);
  return text.startsWith('https://') && url !== null && url.hostname !== '' && !/[?#@\s]/.test(text);
}
