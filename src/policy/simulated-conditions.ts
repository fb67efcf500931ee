/**
 * Conditions as IAM's policy simulator reads them. It differs from real authorization in two operators (recorded,
 * reference iam-policy-evaluation 17): text that is no number fails NumericNotEquals too, and a malformed address in
 * the policy ends the search, so that neither IpAddress nor NotIpAddress holds unless a value before it matched.
 */
import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import type { CompiledCondition } from './condition.ts';
import { readDecimal } from './comparisons/decimal.ts';
import { UNREADABLE, type ValueTest } from './operators/operator.ts';
import { findOperator } from './operators/table.ts';

/** The policy with the simulator's conditions in place of those that real calls meet. */
export function simulatedConditions(policy: CompiledPolicy): CompiledPolicy {
  return { ...policy, statements: policy.statements.map(simulatedStatement) };
}

function simulatedStatement(statement: CompiledStatement): CompiledStatement {
  return { ...statement, conditions: statement.conditions.map(simulatedCondition) };
}

function simulatedCondition(condition: CompiledCondition): CompiledCondition {
  const operator = findOperator(condition.operator)?.operator;
  switch (operator?.name) {
    case 'NumericNotEquals':
      return { ...condition, tests: condition.tests.map(numbersOnly) };
    case 'IpAddress':
    case 'NotIpAddress': {
      const tests = condition.tests.map((test, index) =>
        operator.storable(condition.values[index] ?? '') ? test : (): typeof UNREADABLE => UNREADABLE,
      );
      return { ...condition, tests };
    }
    default:
      return condition;
  }
}

function numbersOnly(test: ValueTest): ValueTest {
  return (actual, context) => (readDecimal(actual) === undefined ? UNREADABLE : test(actual, context));
}
