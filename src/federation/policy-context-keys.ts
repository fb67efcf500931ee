/** Which condition keys a policy looks at: in conditions, and in policy variables. */
import { parsePolicy } from '../policy/parse.ts';
import type { Policy } from '../policy/tree.ts';
import { readTemplate } from '../policy/variable.ts';

/** The keys in order of the document, once each whatever the case; undefined when the text is no policy. */
export function contextKeysOf(text: string): readonly string[] | undefined {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'malformed') return undefined;
  return distinctKeys(keysIn(parsed.policy));
}

/** Once each, compared without case; the first spelling stays. */
export function distinctKeys(keys: Iterable<string>): readonly string[] {
  const seen = new Map<string, string>();
  for (const key of keys) if (!seen.has(key.toLowerCase())) seen.set(key.toLowerCase(), key);
  return [...seen.values()];
}

function* keysIn(policy: Policy): Generator<string> {
  const options = { variables: policy.version === '2012-10-17', wildcards: false };
  for (const { resource, conditions } of policy.statements) {
    for (const { text } of resource?.items ?? []) yield* variablesIn(text, options);
    for (const { key, values } of conditions) {
      yield key.text;
      for (const { text } of values) yield* variablesIn(text, options);
    }
  }
}

function* variablesIn(text: string, options: { variables: boolean; wildcards: boolean }): Generator<string> {
  for (const part of readTemplate(text, options)) if (typeof part !== 'number') yield part.key;
}
