/**
 * A request's value written into a policy so that it means itself: an edit that is named must not let more in than what
 * was asked, and the asker chose the value.
 */
import type { PolicyVersion } from '../../policy/tree.ts';

/** How the place reads what stands in it. */
export interface Reading {
  readonly version: PolicyVersion;
  /** Whether `*` and `?` are wildcards there. */
  readonly wildcards: boolean;
}

/**
 * The text of a policy that stands for this value alone; undefined when there is none: a document of 2008-10-17 has no
 * way to write a wildcard that is none.
 */
export function literalText(value: string, { version, wildcards }: Reading): string | undefined {
  const variables = version === '2012-10-17';
  let text = '';
  for (let at = 0; at < value.length; at++) {
    const letter = value.charAt(at);
    const isWildcard = wildcards && (letter === '*' || letter === '?');
    if (isWildcard && !variables) return undefined;
    const isSpecial = isWildcard || (variables && value.startsWith('${', at));
    text += isSpecial ? `\${${letter}}` : letter;
  }
  return text;
}

/** The action as Action elements have it; undefined for one with a wildcard, which they have no way to escape. */
export function literalAction(action: string): string | undefined {
  return action.includes('*') || action.includes('?') ? undefined : action;
}
