/** What `sojourn explain` prints of a trust policy: what to know before the decision, and the decision. */
import {
  explain,
  renderExplanation,
  type ExplainedCondition,
  type ExplainedStatement,
  type Explanation,
} from '../../analysis/explain.ts';
import { askTrustPolicy } from '../../federation/trust-question.ts';
import { flag, type ExitCode, type Invocation } from '../command.ts';
import type { NoPolicy, ReadQuestion } from './question.ts';
import { ADVICE } from './thought-of-request.ts';

/** Asks, and prints the answer. Exit code 0 when the token is let in, 1 when it is not. */
export function reportAnswer({ question, refusal, unknown }: ReadQuestion, call: Invocation): ExitCode {
  const answer = askTrustPolicy(question);
  const notKnown = unknown.map(({ key, of }) => ({ key, advice: ADVICE[of] }));
  const before = { ...(refusal !== undefined && { refusal }), ...(notKnown.length > 0 && { notKnown }) };
  const said = [
    ...(refusal === undefined ? [] : [`AWS would refuse to store this policy: ${refusal}`]),
    ...notKnown.map(({ key, advice }) => `Not known here: ${key}; ${advice}.`),
  ];
  const print = (value: object, text: string): void => {
    if (flag(call, 'json')) call.out(JSON.stringify({ ...before, ...value }, null, 2));
    else call.out([...said, ...(said.length > 0 ? [''] : []), text].join('\n'));
  };
  if (answer.kind === 'failure') {
    const { message, detail } = answer;
    print(
      { outcome: 'refused', message, detail },
      `Refused before the trust policy is asked: ${message}\nWhy: ${detail}.`,
    );
    return 1;
  }
  const explanation = withoutGuesses(
    explain(answer.decision),
    unknown.map(({ key }) => key.toLowerCase()),
  );
  print(explanation, renderExplanation(explanation).trimEnd());
  return answer.decision.outcome === 'allow' ? 0 : 1;
}

/** Prints every problem of a text that is no policy, with its place. */
export function reportNoPolicy({ source, problems, refusal }: NoPolicy, call: Invocation): ExitCode {
  const located = problems.map(({ code, message, at }) => ({ code, message, line: at.line, column: at.column }));
  if (flag(call, 'json')) call.out(JSON.stringify({ file: source, problems: located, refusal }, null, 2));
  const lines = located.map(({ message, line, column }) => `  ${source}:${line}:${column}: ${message}`);
  const aws = refusal === undefined ? '' : `; AWS would refuse to store it: ${refusal}`;
  call.err([`sojourn explain: ${source} is not a policy${aws}`, ...lines].join('\n'));
  return 2;
}

/**
 * A key without a value here is not one that the request lacks, as an explanation would say; and no policy is to be
 * edited for the sake of it.
 */
function withoutGuesses(explanation: Explanation, unknown: readonly string[]): Explanation {
  const { statement, nearMisses, changes } = explanation;
  const isGuess = ({ key, absent }: ExplainedCondition): boolean =>
    absent !== undefined && unknown.includes(key.toLowerCase());
  const told = (one: ExplainedStatement): ExplainedStatement => ({
    ...one,
    conditions: one.conditions.map((condition) =>
      isGuess(condition) ? { ...condition, absent: 'because it is not known here' } : condition,
    ),
  });
  const guessed = [...(statement ? [statement] : []), ...nearMisses].some((one) => one.conditions.some(isGuess));
  return {
    ...explanation,
    ...(statement && { statement: told(statement) }),
    nearMisses: nearMisses.map(told),
    changes: guessed ? changes.filter((change) => change.of === 'request') : changes,
  };
}
