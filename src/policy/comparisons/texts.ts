/** Equality of texts: the same UTF-16 units, wildcards being ordinary characters. */
import { MATCH, NO_MATCH, type ValueTest } from '../operators/operator.ts';
import { compileTemplateGlob } from '../template-glob.ts';
import { textOf } from '../unit.ts';
import { compileLength, constantUnits, readTemplate, resolveTemplate, type Template } from '../variable.ts';
import { isSpent, spend } from '../work.ts';

/** Every text may stand in a policy. */
export function isText(): boolean {
  return true;
}

/** A test of equality; the policy value's variables are replaced first. */
export function equalTo(value: string, variables: boolean): ValueTest {
  const template = readTemplate(value, { variables, wildcards: false });
  const constant = constantUnits(template);
  return constant === undefined ? equalToTemplate(template) : equalToText(textOf(constant));
}

function equalToText(expected: string): ValueTest {
  return (actual) => (actual === expected ? MATCH : NO_MATCH);
}

function equalToTemplate(template: Template): ValueTest {
  const matches = compileTemplateGlob(template);
  return (actual, context) => (matches(actual, context) ? MATCH : NO_MATCH);
}

/** As {@link equalTo}, once both texts are lower-cased. */
export function equalIgnoringCase(value: string, variables: boolean): ValueTest {
  const template = readTemplate(value, { variables, wildcards: false });
  const constant = constantUnits(template);
  return constant === undefined ? foldedTemplate(template) : foldedText(lowerCased(textOf(constant)));
}

function foldedText(expected: string): ValueTest {
  return (actual) => (lowerCasedOnce(actual) === expected ? MATCH : NO_MATCH);
}

function foldedTemplate(template: Template): ValueTest {
  const lengthIn = compileLength(template);
  return (actual, context) => {
    const folded = lowerCasedOnce(actual);
    const length = lengthIn(context);
    // Lower-casing never makes a text shorter.
    if (length === undefined || length > folded.length) return NO_MATCH;
    spend(10 * length);
    const units = isSpent() ? undefined : resolveTemplate(template, context);
    return units !== undefined && lowerCased(textOf(units)) === folded ? MATCH : NO_MATCH;
  };
}

const SURROGATE_PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;
/** A letter beyond the basic multilingual plane that has a small form. */
const GREAT_LETTER_BEYOND = /(?=[\u{10000}-\u{10ffff}])\p{Changes_When_Lowercased}/u;

/**
 * The text lower-cased as recorded on AWS (reference 5 and 17): contextual (a final Σ is ς), without case folding or
 * normalisation. Characters beyond the basic multilingual plane keep their case, yet count as letters beside a Σ.
 */
export function lowerCased(text: string): string {
  const lower = text.toLowerCase();
  const kept = GREAT_LETTER_BEYOND.test(text) ? text.match(SURROGATE_PAIRS) : null;
  if (kept === null) return lower;
  // Each of them lower-cases to one of them, so they keep their order.
  let next = 0;
  return lower.replace(SURROGATE_PAIRS, (pair) => kept[next++] ?? pair);
}

/** Steps of lower-casing a unit, where all are of ASCII and where they are not. */
const [STEPS_OF_ASCII, STEPS_OF_OTHERS] = [0.2, 40] as const;
const BEYOND_ASCII = /[^\0-\x7f]/;

let last: { readonly text: string; readonly lower: string } | undefined;

/** {@link lowerCased}, counted, and of the same text once. One that costs too much stays as it is, and is not remembered. */
function lowerCasedOnce(text: string): string {
  if (last?.text === text) return last.lower;
  spend(text.length * (BEYOND_ASCII.test(text) ? STEPS_OF_OTHERS : STEPS_OF_ASCII));
  if (isSpent()) return text;
  last = { text, lower: lowerCased(text) };
  return last.lower;
}
