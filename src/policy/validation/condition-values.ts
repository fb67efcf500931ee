/** Literals in conditions: IAM refuses numbers, dates, addresses, ARNs and base64 that are none (reference 13.1). */
import { findOperator } from '../operators/table.ts';
import type { Policy } from '../tree.ts';

/** Whether IAM would store every value of every condition. Bool and Null take any text (recorded). */
export function conditionValuesAreStorable(policy: Policy): boolean {
  return policy.statements.every(({ conditions }) =>
    conditions.every(({ operator, values }) => {
      const use = findOperator(operator.text);
      return use !== undefined && values.every(({ text }) => use.operator.storable(text));
    }),
  );
}
