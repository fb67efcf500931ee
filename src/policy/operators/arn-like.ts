/** ArnLike and ArnEquals, which are the same, with ArnNotLike and ArnNotEquals. */
import { parseArn } from '../../base/arn.ts';
import { compileArnPattern, type ArnPattern } from '../arn-pattern.ts';
import { MALFORMED, MATCH, NO_MATCH, UNREADABLE, withNegation, type ValueTest } from './operator.ts';

/** Six parts, each with `*` and `?`; the last crosses colons. */
export const [arnLike, arnNotLike] = withNegation('ArnLike', 'ArnNotLike', arnTest, isArnPattern);
/** The same under the other name. */
export const [arnEquals, arnNotEquals] = withNegation('ArnEquals', 'ArnNotEquals', arnTest, isArnPattern);

/**
 * A request value that is no ARN makes both the operator and its negation false; a malformed pattern met by a
 * valid ARN is an evaluation error (both recorded, reference 17).
 */
function arnTest(value: string, variables: boolean): ValueTest {
  const pattern: ArnPattern | undefined = compileArnPattern(value, { variables, everywhere: true });
  return (actual, context) => {
    const arn = parseArn(actual);
    if (arn === undefined) return UNREADABLE;
    if (pattern === undefined) return MALFORMED;
    return pattern(arn, context) ? MATCH : NO_MATCH;
  };
}

function isArnPattern(value: string): boolean {
  return compileArnPattern(value, { variables: true, everywhere: true }) !== undefined;
}
