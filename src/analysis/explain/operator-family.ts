/** What kinds of values an operator compares, and how. */
import { findOperator } from '../../policy/operators/table.ts';

/** Texts and bytes whole, texts against patterns, ARNs against patterns, and the types that have an order or a range. */
export type OperatorFamily = 'text' | 'pattern' | 'arn' | 'number' | 'date' | 'truth' | 'address' | 'presence';

const FAMILIES: readonly (readonly [prefix: string, OperatorFamily])[] = [
  ['StringLike', 'pattern'],
  ['StringNotLike', 'pattern'],
  ['String', 'text'],
  ['Binary', 'text'],
  ['Arn', 'arn'],
  ['Numeric', 'number'],
  ['Date', 'date'],
  ['Bool', 'truth'],
  ['IpAddress', 'address'],
  ['NotIpAddress', 'address'],
  ['Null', 'presence'],
];

/** The family of an operator as a policy writes it; undefined when there is no such operator. */
export function familyOf(operator: string): OperatorFamily | undefined {
  const name = baseName(operator);
  return FAMILIES.find(([prefix]) => name.startsWith(prefix))?.[1];
}

/** The operator's own name, `StringLike` for `ForAnyValue:stringlikeIfExists`; empty when there is no such operator. */
export function baseName(operator: string): string {
  return findOperator(operator)?.operator.name ?? '';
}
