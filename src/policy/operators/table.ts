/** Every condition operator, and how the name in a policy is read: `[ForAllValues:|ForAnyValue:]Base[IfExists]`. */
import { arnEquals, arnLike, arnNotEquals, arnNotLike } from './arn-like.ts';
import { binaryEquals } from './binary-equals.ts';
import { bool } from './bool.ts';
import {
  dateEquals,
  dateGreaterThan,
  dateGreaterThanEquals,
  dateLessThan,
  dateLessThanEquals,
  dateNotEquals,
} from './date.ts';
import { ipAddress, notIpAddress } from './ip-address.ts';
import { nullOperator } from './null.ts';
import {
  numericEquals,
  numericGreaterThan,
  numericGreaterThanEquals,
  numericLessThan,
  numericLessThanEquals,
  numericNotEquals,
} from './numeric.ts';
import type { Operator } from './operator.ts';
import { stringEqualsIgnoreCase, stringNotEqualsIgnoreCase } from './string-equals-ignore-case.ts';
import { stringEquals, stringNotEquals } from './string-equals.ts';
import { stringLike, stringNotLike } from './string-like.ts';

/** The operators of the language. A new one is a file and a row. */
export const OPERATORS: readonly Operator[] = [
  stringEquals,
  stringNotEquals,
  stringEqualsIgnoreCase,
  stringNotEqualsIgnoreCase,
  stringLike,
  stringNotLike,
  numericEquals,
  numericNotEquals,
  numericLessThan,
  numericLessThanEquals,
  numericGreaterThan,
  numericGreaterThanEquals,
  dateEquals,
  dateNotEquals,
  dateLessThan,
  dateLessThanEquals,
  dateGreaterThan,
  dateGreaterThanEquals,
  bool,
  binaryEquals,
  ipAddress,
  notIpAddress,
  arnEquals,
  arnNotEquals,
  arnLike,
  arnNotLike,
  nullOperator,
];

/** `all`: every value of the request (ForAllValues); `any`: at least one (ForAnyValue); `none`: no set prefix. */
export type Quantifier = 'none' | 'all' | 'any';

/** An operator's name taken apart. */
export interface OperatorUse {
  readonly operator: Operator;
  readonly quantifier: Quantifier;
  readonly ifExists: boolean;
}

const BY_NAME: ReadonlyMap<string, Operator> = new Map(OPERATORS.map((row) => [row.name.toLowerCase(), row]));
const FORM = /^(?:(forallvalues|foranyvalue):)?([a-z]+)$/;
const IF_EXISTS = 'ifexists';

/**
 * The operator that a name means, in any case; undefined when there is none. IfExists goes with every operator
 * but Null (User Guide, condition operators).
 */
export function findOperator(name: string): OperatorUse | undefined {
  const found = FORM.exec(name.toLowerCase());
  const base = found?.[2];
  if (base === undefined) return undefined;
  const ifExists = base.endsWith(IF_EXISTS);
  const operator = BY_NAME.get(ifExists ? base.slice(0, -IF_EXISTS.length) : base);
  if (operator === undefined || (ifExists && operator.tests === 'presence')) return undefined;
  const quantifier = found?.[1] === 'forallvalues' ? 'all' : found?.[1] === 'foranyvalue' ? 'any' : 'none';
  return { operator, quantifier, ifExists };
}
