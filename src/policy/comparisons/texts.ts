/** Equality of texts: the same UTF-16 units, wildcards being ordinary characters. */
import { textOf } from '../glob.ts';
import { MATCH, NO_MATCH, type ValueTest } from '../operators/operator.ts';
import { constantUnits, readTemplate, resolveTemplate, type Template } from '../variable.ts';

/** What is done to both texts before they are compared. */
export type Fold = (text: string) => string;

/** Every text may stand in a policy. */
export function isText(): boolean {
  return true;
}

/** The text as it is. */
export const asWritten: Fold = (text) => text;

const SURROGATE_PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;

/**
 * The text lower-cased as recorded on AWS (reference 5 and 17): contextual (a final Σ is ς), without case folding or
 * normalisation. Characters beyond the basic multilingual plane keep their case, yet count as letters beside a Σ.
 */
export const lowerCased: Fold = (text) => {
  const lower = text.toLowerCase();
  const kept = text.match(SURROGATE_PAIRS);
  if (kept === null) return lower;
  // Each of them lower-cases to one of them, so they keep their order.
  let next = 0;
  return lower.replace(SURROGATE_PAIRS, (pair) => kept[next++] ?? pair);
};

/** A test of equality after `fold`; the policy value's variables are replaced first. */
export function equalTo(value: string, variables: boolean, fold: Fold): ValueTest {
  const template = readTemplate(value, { variables, wildcards: false });
  const constant = constantUnits(template);
  return constant === undefined ? equalToTemplate(template, fold) : equalToText(fold(textOf(constant)), fold);
}

function equalToText(expected: string, fold: Fold): ValueTest {
  return (actual) => (fold(actual) === expected ? MATCH : NO_MATCH);
}

function equalToTemplate(template: Template, fold: Fold): ValueTest {
  return (actual, context) => {
    const units = resolveTemplate(template, context);
    return units !== undefined && fold(textOf(units)) === fold(actual) ? MATCH : NO_MATCH;
  };
}
