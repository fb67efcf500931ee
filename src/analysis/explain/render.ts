/** An explanation as plain text for people. */
import type { Change, ExplainedCondition, ExplainedElement, ExplainedStatement, Explanation } from './explanation.ts';
import { shortened } from './wording.ts';

/** Several lines, without colour, ending in a line break. */
export function renderExplanation(explanation: Explanation): string {
  const { summary, request, statement, nearMisses, changes, unreadable } = explanation;
  const lines = [summary, '', `  caller    ${request.principal}`, `  action    ${request.action}`];
  lines.push(`  resource  ${request.resource}`);
  for (const { policy, line, column, problem } of unreadable) {
    lines.push('', `${policy} cannot be read and allows nothing (line ${line}, column ${column}): ${problem}`);
  }
  if (statement !== undefined) lines.push('', ...statementLines(statement, explanation));
  for (const near of nearMisses) lines.push('', `Further off: ${heading(near)}`, ...testLines(near, true));
  if (changes.length > 0) lines.push('', ...changes.flatMap(changeLines));
  return `${lines.join('\n')}\n`;
}

function statementLines(statement: ExplainedStatement, { outcome }: Explanation): readonly string[] {
  const lead = outcome === 'implicitDeny' ? 'Nearest' : outcome === 'allow' ? 'Allowed by' : 'Denied by';
  return [`${lead}: ${heading(statement)}`, ...testLines(statement, false)];
}

function heading({ policy, sid, number, line, column, failed, elements, conditions }: ExplainedStatement): string {
  const name = sid === undefined ? `statement ${number}` : `statement ${number} "${sid}"`;
  const all = elements.length + conditions.length;
  const cut = [...elements, ...conditions].filter(({ cutShort }) => cutShort === true).length;
  const score = failed === 0 ? '' : `, ${failed} of ${all} tests failed`;
  const undecided = cut === 0 ? '' : `, ${cut} of ${all} tests cut short`;
  return `${name} of ${policy} (line ${line}, column ${column})${score}${undecided}`;
}

function testLines({ elements, conditions }: ExplainedStatement, onlyFailed: boolean): readonly string[] {
  return [
    ...elements.filter(({ passed }) => !onlyFailed || !passed).flatMap(elementLines),
    ...conditions.filter(({ passed }) => !onlyFailed || !passed).flatMap(conditionLines),
  ];
}

function elementLines(told: ExplainedElement): readonly string[] {
  const { element, expected, actual, passed, cutShort, cause, line } = told;
  if (cutShort === true) return cutShortLines(element, line, cause);
  if (passed) return [`  ok      ${element}`];
  return [`  FAILED  ${element} (line ${line})`, ...valueLines(expected, quoted(actual)), ...causeLines(cause)];
}

function conditionLines(condition: ExplainedCondition): readonly string[] {
  const { operator, key, expected, actual, absent, passed, cutShort, cause, line } = condition;
  const value = actual === undefined ? `absent, ${absent ?? ''}` : shown(actual);
  const head = `${operator} ${key}`;
  if (cutShort === true) return cutShortLines(head, line, cause);
  if (passed) return [`  ok      ${head}: ${value}`, ...causeLines(cause)];
  return [`  FAILED  ${head} (line ${line})`, ...valueLines(expected, value), ...causeLines(cause)];
}

/** Without values: side by side they would look like a reason. */
function cutShortLines(head: string, line: number, cause: string | undefined): readonly string[] {
  return [`  CUT OFF ${head} (line ${line})`, ...causeLines(cause)];
}

function valueLines(expected: readonly string[], actual: string): readonly string[] {
  const [first = 'no value at all', ...rest] = expected.map(quoted);
  const cut = rest.length > MAX_VALUES ? [...rest.slice(0, MAX_VALUES), `and ${rest.length - MAX_VALUES} more`] : rest;
  return [
    `            expected  ${first}`,
    ...cut.map((value) => `                      ${value}`),
    `            actual    ${actual}`,
  ];
}

/** Values of a list that are shown after the first. */
const MAX_VALUES = 9;

function causeLines(cause: string | undefined): readonly string[] {
  return cause === undefined ? [] : [`            ${cause}`];
}

function changeLines({ of, outcome, edits }: Change): readonly string[] {
  const effect = outcome === 'allow' ? 'allowed' : 'denied';
  const edited = edits.length === 1 ? 'after this edit of a policy' : 'after these edits of policies';
  const where = of === 'request' ? 'with another request' : edited;
  return [`It would be ${effect} ${where}:`, ...edits.map((edit) => `  - ${edit}`)];
}

function shown(value: string | readonly string[]): string {
  return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
}

function quoted(value: string): string {
  return JSON.stringify(shortened(value));
}
