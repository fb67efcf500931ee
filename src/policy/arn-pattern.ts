/**
 * Patterns of ARNs: six parts, each with `*` and `?` of its own. A wildcard never crosses one of the first five
 * colons; in the last part it crosses everything (reference iam-policy-evaluation 3).
 */
import type { ArnParts } from '../base/arn.ts';
import type { RequestContext } from './context.ts';
import { compileGlob, type Glob } from './glob.ts';
import { compileTemplateGlob } from './template-glob.ts';
import { ANY, STAR, textOf } from './unit.ts';
import { compileLength, constantUnits, readTemplate, resolveTemplate, valueOf, type Template } from './variable.ts';
import { isSpent, spend } from './work.ts';

/**
 * Whether an ARN matches; policy variables take their values from the context. Undefined when a variable's value made
 * the pattern no pattern of ARNs.
 */
export type ArnPattern = (arn: ArnParts, context: RequestContext) => boolean | undefined;

/** How a pattern is to be read. */
export interface ArnPatternOptions {
  /** Whether `${…}` means anything: documents of 2012-10-17 only. */
  readonly variables: boolean;
  /** Whether variables may stand in any part (conditions) or only in the last (Resource). */
  readonly everywhere: boolean;
  /** Whether parts that are missing count as `*`; else such a pattern is malformed. */
  readonly pad?: boolean;
}

const SCHEME = 'arn';
/** Steps of making a pattern, for each unit of it. */
const STEPS_OF_UNIT = 20;
const COLON = 0x3a;
const PART_NAMES = ['partition', 'service', 'region', 'account', 'resource'] as const;

/** Compiles a pattern; undefined when it is malformed: neither `*` nor `arn:` with six parts. */
export function compileArnPattern(text: string, options: ArnPatternOptions): ArnPattern | undefined {
  if (text === '*') return () => true;
  const template = readTemplate(text, { variables: options.variables, wildcards: true });
  const parts = splitTemplate(template);
  if (options.pad === true && parts.length > 1) while (parts.length < 6) parts.push([STAR]);
  const [scheme, ...named] = parts;
  const schemeUnits = scheme && constantUnits(scheme);
  if (options.everywhere && (schemeUnits === undefined || named.length !== 5) && !isConstant(template)) {
    return variableArn(template);
  }
  if (named.length !== 5 || schemeUnits === undefined || !compileGlob(schemeUnits)(SCHEME)) return undefined;
  if (!options.everywhere && named.slice(0, 4).some((part) => !isConstant(part))) return () => false;
  return compileParts(named);
}

/**
 * A pattern whose parts show only when its variables have values: `${aws:PrincipalArn}`. Without a value it matches
 * nothing; nor does what is longer than the ARN, which is therefore not put together.
 */
function variableArn(template: Template): ArnPattern {
  const lengthIn = compileLength(template);
  return (arn, context) => {
    const length = lengthIn(context);
    if (length === undefined) return false;
    if (length > PART_NAMES.reduce((sum, name) => sum + 1 + arn[name].length, SCHEME.length)) {
      return hasArnShape(template, context) ? false : undefined;
    }
    const units = resolveTemplate(template, context);
    if (units === undefined) return false;
    spend(STEPS_OF_UNIT * units.length);
    if (isSpent()) return false;
    const [scheme = [], ...named] = splitTemplate(units);
    if (named.length !== 5 || textOf(constantUnits(scheme) ?? []) !== SCHEME) return undefined;
    return compileParts(named)(arn, context);
  };
}

/** Whether the resolved template would have six parts, the first of them `arn`. */
function hasArnShape(template: Template, context: RequestContext): boolean {
  let head = '';
  let colons = 0;
  for (const part of template) {
    const text = typeof part === 'number' ? String.fromCharCode(part) : (valueOf(part, context) ?? '');
    if (head.length <= SCHEME.length) head += text.slice(0, SCHEME.length + 1);
    for (let at = text.indexOf(':'); at >= 0 && colons < 5; at = text.indexOf(':', at + 1)) colons++;
    spend(1 + text.length / 64);
  }
  return colons === 5 && head.startsWith(`${SCHEME}:`);
}

function isConstant(template: Template): boolean {
  return constantUnits(template) !== undefined;
}

/** Whether the text has a wildcard, which short ARNs in resource-based policies need. */
export function hasWildcard(text: string): boolean {
  return readTemplate(text, { variables: true, wildcards: true }).some((unit) => unit === STAR || unit === ANY);
}

/** Cuts at the first five colons, which a variable's own colon is not one of. */
function splitTemplate(template: Template): Template[] {
  const parts: Template[] = [];
  let from = 0;
  template.forEach((unit, at) => {
    if (unit !== COLON || parts.length === 5) return;
    parts.push(template.slice(from, at));
    from = at + 1;
  });
  parts.push(template.slice(from));
  return parts;
}

/** The last part goes first: it tells most ARNs apart. */
function compileParts(named: readonly Template[]): ArnPattern {
  const tests = PART_NAMES.map((name, index) => partTest(name, named[index] ?? [])).reverse();
  return (arn, context) => {
    for (const test of tests) if (!test(arn, context)) return false;
    return true;
  };
}

function partTest(name: keyof ArnParts, template: Template): ArnPattern {
  const constant = constantUnits(template);
  if (constant !== undefined) {
    const matches: Glob = compileGlob(constant);
    return (arn) => matches(arn[name]);
  }
  const matches = compileTemplateGlob(template);
  return (arn, context) => matches(arn[name], context);
}
