/**
 * Session tags that the operator makes of ordinary claims, for issuers that cannot put AWS's own tag
 * claim into their tokens (GitHub cannot). AWS has no such thing: it is off unless configured.
 */
import type { Tag } from '../base/tags.ts';

/** One claim that becomes a session tag. */
export interface ClaimToTag {
  /** Name of a claim at the top of the token. */
  readonly claim: string;
  /** Key of the tag. */
  readonly tag: string;
  /** Whether sessions chained from this one inherit it. */
  readonly transitive: boolean;
}

/**
 * The tags that these rows make of a verified token. A claim that is absent, empty, or neither a text,
 * a number nor a boolean makes no tag: a policy that asks for the tag then does not match. Values are
 * never cut or mended; what no tag can hold is refused with the other tags' limits.
 */
export function tagsFromClaims(
  claims: Readonly<Record<string, unknown>>,
  rows: readonly ClaimToTag[],
): { readonly tags: readonly Tag[]; readonly transitiveTagKeys: readonly string[] } {
  const tags: Tag[] = [];
  const transitiveTagKeys: string[] = [];
  for (const { claim, tag, transitive } of rows) {
    const value = Object.hasOwn(claims, claim) ? textOf(claims[claim]) : '';
    if (value === '') continue;
    tags.push({ Key: tag, Value: value });
    if (transitive) transitiveTagKeys.push(tag);
  }
  return { tags, transitiveTagKeys };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  // Beyond 2^53 different numbers of the issuer would read as the same text.
  if (typeof value === 'boolean' || (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    return String(value);
  }
  return '';
}
