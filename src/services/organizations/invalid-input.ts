/**
 * What Organizations answers to an input that breaks the public model: of several faults the first one,
 * as a reason and the parameter behind it, `MAX_LENGTH_EXCEEDED:TAGS_2_MEMBER_KEY` (observed on AWS,
 * September 2026).
 */
import type { ServiceError } from '../../base/service-error.ts';
import { invalidParameter, type InvalidInputReason } from './errors.ts';

/** Between what a clause quotes of the caller and what it says of the rule; nothing after it is the caller's. */
const VERDICT = "' failed to satisfy constraint: Member must ";

/** How the rule of a clause begins, and the reason that it is. */
const RULES: readonly (readonly [string, InvalidInputReason])[] = [
  ['not be null', 'INPUT_REQUIRED'],
  ['satisfy regular expression pattern: ', 'INVALID_PATTERN'],
  ['satisfy enum value set: ', 'INVALID_ENUM'],
  ['have length less than or equal to ', 'MAX_LENGTH_EXCEEDED'],
  ['have length greater than or equal to ', 'MIN_LENGTH_EXCEEDED'],
  ['have value less than or equal to ', 'MAX_VALUE_EXCEEDED'],
  ['have value greater than or equal to ', 'MIN_VALUE_EXCEEDED'],
];

/** The whole beginning of the clause about a control policy type where management policies are asked for. */
const CONTROL_POLICY_ASKED = "Value 'SERVICE_CONTROL_POLICY' at 'policyType";

/**
 * The refusal of an input that breaks the model's constraints.
 *
 * @param clauses as `wire/constraints.ts` words them, at least one; the first one counts
 */
export function invalidInput(clauses: readonly string[]): ServiceError {
  const [first = ''] = clauses;
  const end = first.lastIndexOf(VERDICT);
  const subject = first.slice(0, end);
  const rule = first.slice(end + VERDICT.length);
  // DescribeEffectivePolicy has words of its own for this type, and not for the other control policies.
  if (subject === CONTROL_POLICY_ASKED) return invalidParameter('INVALID_ENUM_POLICY_TYPE');
  const reason = RULES.find(([beginning]) => rule.startsWith(beginning))?.[1] ?? 'INVALID_PATTERN';
  return invalidParameter(reason, parameterName(subject.slice(subject.lastIndexOf("at '") + "at '".length)));
}

/** `organizationalUnitId` → `ORGANIZATIONAL_UNIT_ID`, `tags.1.member.value` → `TAGS_1_MEMBER_VALUE`. */
function parameterName(path: string): string {
  return path
    .replaceAll('.', '_')
    .replaceAll(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase();
}
