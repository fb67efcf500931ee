/** ARNs against patterns of six parts, each with `*` and `?`; the last part crosses colons. */
import { parseArn } from '../../base/arn.ts';
import { compileArnPattern } from '../arn-pattern.ts';
import { MALFORMED, MATCH, NO_MATCH, UNREADABLE, type ValueTest } from '../operators/operator.ts';
import { rememberingLast } from '../remember.ts';

const parseArnOnce = rememberingLast(parseArn);

/** Whether IAM stores the text as a pattern of ARNs. */
export function isArnPattern(value: string): boolean {
  return compileArnPattern(value, { variables: true, everywhere: true }) !== undefined;
}

/**
 * A test against the policy's pattern.
 *
 * A request value that is no ARN makes both the operator and its negation false; a malformed pattern met by a valid
 * ARN is an evaluation error, whether it was written so or its variables made it so (all recorded, reference 17).
 */
export function likeArn(value: string, variables: boolean): ValueTest {
  const pattern = compileArnPattern(value, { variables, everywhere: true });
  return (actual, context) => {
    const arn = parseArnOnce(actual);
    if (arn === undefined) return UNREADABLE;
    const matched = pattern?.(arn, context);
    if (matched === undefined) return MALFORMED;
    return matched ? MATCH : NO_MATCH;
  };
}
