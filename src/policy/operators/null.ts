/** Null: whether the key is absent (`"true"`) or present (`"false"`). An empty text counts as present. */
import { isTrue } from './bool.ts';
import { MATCH, NO_MATCH, type Operator } from './operator.ts';

/** `'true'` and `'false'` are what the condition hands in for absent and present; other policy texts read as false, as in Bool. */
export const nullOperator: Operator = {
  name: 'Null',
  negated: false,
  tests: 'presence',
  storable: () => true,
  compile: (value) => {
    const wantsAbsent = isTrue(value);
    return (absent) => (isTrue(absent) === wantsAbsent ? MATCH : NO_MATCH);
  },
};
