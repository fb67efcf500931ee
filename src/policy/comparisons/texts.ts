/** Equality of texts: the same UTF-16 units, wildcards being ordinary characters. */
import { MATCH, NO_MATCH, type ValueTest } from '../operators/operator.ts';
import { compileTemplateGlob } from '../template-glob.ts';
import { textOf } from '../unit.ts';
import { compileLength, constantUnits, readTemplate, resolveTemplate, type Template } from '../variable.ts';
import { isSpent, spend } from '../work.ts';
import { rememberingLast } from './remember.ts';

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

/**
 * The text lower-cased as recorded on AWS (reference 5 and 17): contextual (a final Σ is ς), without case folding or
 * normalisation. Characters beyond the basic multilingual plane keep their case, yet count as letters beside a Σ.
 */
export function lowerCased(text: string): string {
  const lower = text.toLowerCase();
  const kept = text.match(SURROGATE_PAIRS);
  if (kept === null) return lower;
  // Each of them lower-cases to one of them, so they keep their order.
  let next = 0;
  return lower.replace(SURROGATE_PAIRS, (pair) => kept[next++] ?? pair);
}

const lowerCasedOnce = rememberingLast(lowerCased);
