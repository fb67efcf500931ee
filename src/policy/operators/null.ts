import { isText } from '../comparisons/texts.ts';
import { isTrue } from '../comparisons/truth.ts';
import { MATCH, NO_MATCH, type Operator } from './operator.ts';

/**
 * Null: the key is absent (`"true"`) or present (`"false"`). An empty text counts as present; other texts of the
 * policy read as false, as in Bool. The condition hands in `'true'` for absent and `'false'` for present.
 */
export const nullOperator: Operator = {
  name: 'Null',
  negated: false,
  tests: 'presence',
  storable: isText,
  compile: (value) => {
    const wantsAbsent = isTrue(value);
    return (absent) => (isTrue(absent) === wantsAbsent ? MATCH : NO_MATCH);
  },
};
