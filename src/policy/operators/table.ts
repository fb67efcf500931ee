/** Every condition operator, and how the name in a policy is read: `[ForAllValues:|ForAnyValue:]Base[IfExists]`. */
import { arnEquals } from './arn-equals.ts';
import { arnLike } from './arn-like.ts';
import { arnNotEquals } from './arn-not-equals.ts';
import { arnNotLike } from './arn-not-like.ts';
import { binaryEquals } from './binary-equals.ts';
import { bool } from './bool.ts';
import { dateEquals } from './date-equals.ts';
import { dateGreaterThanEquals } from './date-greater-than-equals.ts';
import { dateGreaterThan } from './date-greater-than.ts';
import { dateLessThanEquals } from './date-less-than-equals.ts';
import { dateLessThan } from './date-less-than.ts';
import { dateNotEquals } from './date-not-equals.ts';
import { ipAddress } from './ip-address.ts';
import { notIpAddress } from './not-ip-address.ts';
import { nullOperator } from './null.ts';
import { numericEquals } from './numeric-equals.ts';
import { numericGreaterThanEquals } from './numeric-greater-than-equals.ts';
import { numericGreaterThan } from './numeric-greater-than.ts';
import { numericLessThanEquals } from './numeric-less-than-equals.ts';
import { numericLessThan } from './numeric-less-than.ts';
import { numericNotEquals } from './numeric-not-equals.ts';
import type { Operator } from './operator.ts';
import { stringEqualsIgnoreCase } from './string-equals-ignore-case.ts';
import { stringEquals } from './string-equals.ts';
import { stringLike } from './string-like.ts';
import { stringNotEqualsIgnoreCase } from './string-not-equals-ignore-case.ts';
import { stringNotEquals } from './string-not-equals.ts';
import { stringNotLike } from './string-not-like.ts';

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
