/** Literals in conditions: IAM refuses numbers, dates, addresses, ARNs and base64 that are none (reference 13.1). */
import { findOperator, type OperatorUse } from '../operators/table.ts';
import type { PolicyDraft } from '../tree.ts';

/** Whether IAM would store every value of every condition. Bool and Null take any text (recorded). */
export function conditionValuesAreStorable(policy: PolicyDraft): boolean {
  return everyValue(policy, ({ operator }, text) => operator.storable(text));
}

/** Whether STS takes every value in a session policy: only bytes have to be bytes, the rest is met when it is evaluated (recorded). */
export function conditionValuesFitASession(policy: PolicyDraft): boolean {
  return everyValue(policy, ({ operator }, text) => operator.name !== 'BinaryEquals' || operator.storable(text));
}

/** Whether the policy simulator takes every value: malformed addresses too, which then match nothing (recorded). */
export function conditionValuesCanBeSimulated(policy: PolicyDraft): boolean {
  return everyValue(
    policy,
    ({ operator }, text) =>
      operator.name === 'IpAddress' || operator.name === 'NotIpAddress' || operator.storable(text),
  );
}

function everyValue(policy: PolicyDraft, accepts: (use: OperatorUse, text: string) => boolean): boolean {
  return policy.statements.every(({ conditions }) =>
    conditions.every(({ operator, values }) => {
      const use = findOperator(operator.text);
      return use !== undefined && values.every(({ text }) => accepts(use, text));
    }),
  );
}
