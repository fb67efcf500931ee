/**
 * Policy variables: `${key}`, `${key, 'default'}`, and `${*}` `${?}` `${$}` for the characters themselves
 * (reference iam-policy-evaluation 4). What does not read as one of these is literal text.
 */
import type { RequestContext } from './context.ts';
import { STAR, unitOf, type Unit } from './unit.ts';
import { isSpent, spend } from './work.ts';

/** A reference to a condition key. */
export interface Variable {
  /** Condition key, lower-cased. */
  readonly key: string;
  readonly fallback: string | undefined;
}

/** A pattern's text read: units and variables in order. */
export type Template = readonly (Unit | Variable)[];

/** How a text is to be read. */
export interface TemplateOptions {
  /** Whether `${…}` means anything: documents of 2012-10-17 only. */
  readonly variables: boolean;
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
}

const VARIABLE = /\$\{(?:([*?$])|([^{}$,'\s*?]+)(?:, '([^'{}]*)')?)\}/g;

/** Reads a value of a policy into units and variables. */
export function readTemplate(text: string, options: TemplateOptions): Template {
  const template: (Unit | Variable)[] = [];
  if (!options.variables || !text.includes('${')) {
    appendText(template, text, 0, text.length, options.wildcards);
    return template;
  }
  let from = 0;
  VARIABLE.lastIndex = 0;
  for (let found = VARIABLE.exec(text); found !== null; found = VARIABLE.exec(text)) {
    const [whole, literal, key, fallback] = found;
    appendText(template, text, from, found.index, options.wildcards);
    if (literal !== undefined) template.push(literal.charCodeAt(0));
    else if (key !== undefined) template.push({ key: key.toLowerCase(), fallback });
    from = found.index + whole.length;
  }
  appendText(template, text, from, text.length, options.wildcards);
  return template;
}

/** Unit by unit: a long text has more of them than a call may have arguments. */
function appendText(template: (Unit | Variable)[], text: string, from: number, to: number, wildcards: boolean): void {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    template.push(wildcards ? unitOf(code) : code);
  }
}

/** The names between the braces of every `${…}` in a text, as written; of the literals the character. */
export function variableNames(text: string): readonly string[] {
  const names: string[] = [];
  for (const [, literal, key] of text.matchAll(VARIABLE)) names.push(literal ?? key ?? '');
  return names;
}

/** The template as units when it holds no variable; undefined when it does. */
export function constantUnits(template: Template): readonly Unit[] | undefined {
  const units: Unit[] = [];
  for (const part of template) {
    if (typeof part !== 'number') return undefined;
    units.push(part);
  }
  return units;
}

/**
 * The units with every variable replaced by the request's value, which is literal: wildcards in it are
 * ordinary characters. Undefined when a variable has no value: a missing key without default, or a multivalued
 * key, which never expands, not even to the default (both recorded).
 */
export function resolveTemplate(template: Template, context: RequestContext): Unit[] | undefined {
  const units: Unit[] = [];
  spend(3 * template.length);
  if (isSpent()) return undefined;
  for (const part of template) {
    if (typeof part === 'number') {
      units.push(part);
      continue;
    }
    const value = valueOf(part, context);
    if (value === undefined) return undefined;
    spend(12 * value.length);
    if (isSpent()) return undefined;
    for (let at = 0; at < value.length; at++) units.push(value.charCodeAt(at));
  }
  return units;
}

/** How many units the resolved template has without its stars, found without resolving it; undefined as there. */
export function compileLength(template: Template): (context: RequestContext) => number | undefined {
  const variables = template.filter((part) => typeof part !== 'number');
  const fixed = template.filter((part) => typeof part === 'number' && part !== STAR).length;
  return (context) => {
    let length = fixed;
    spend(5 * variables.length);
    for (const variable of variables) {
      const value = valueOf(variable, context);
      if (value === undefined) return undefined;
      length += value.length;
    }
    return length;
  };
}

/** The value of a variable in a request; undefined when it has none. */
export function valueOf({ key, fallback }: Variable, context: RequestContext): string | undefined {
  const value = context.get(key) ?? fallback;
  return typeof value === 'string' ? value : undefined;
}
