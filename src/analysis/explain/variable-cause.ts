/** What policy variables stand for in a request: a pattern with one cannot be read without it. */
import type { RequestContext } from '../../policy/context.ts';
import { readTemplate } from '../../policy/variable.ts';
import { shortened } from './wording.ts';

/** Variables of one text that are told. */
const MAX_TOLD = 3;

/** A sentence about the first text that has variables; undefined when none has. */
export function variableCause(texts: readonly string[], context: RequestContext): string | undefined {
  for (const text of texts) {
    const variables = readTemplate(text, { variables: true, wildcards: false }).filter(
      (part) => typeof part === 'object',
    );
    if (variables.length === 0) continue;
    const missing = variables.find(({ key, fallback }) => typeof (context.get(key) ?? fallback) !== 'string');
    if (missing !== undefined) {
      const why = context.has(missing.key) ? 'is multivalued and never expands' : 'has no value in this request';
      return `The policy variable \${${missing.key}} ${why}, so "${text}" matches nothing.`;
    }
    const values = new Map(variables.map(({ key, fallback }) => [key, String(context.get(key) ?? fallback)]));
    const told = [...values].slice(0, MAX_TOLD).map(([key, value]) => `\${${key}} is "${shortened(value)}"`);
    return `In this request ${told.join(' and ')}.`;
  }
  return undefined;
}
