/** What the values that a condition is wished to have, or not to have, have in common, in words. */
import { compareDecimals, readDecimal } from '../../policy/comparisons/decimal.ts';
import { readInstant } from '../../policy/comparisons/instant.ts';
import { PASSED } from '../../policy/condition.ts';
import { baseName, familyOf } from './operator-family.ts';
import { isSought, type Wish } from './witness.ts';
import { noneOf, oneOf } from './wording.ts';

/** `like "a*"`, `an address outside "10.0.0.0/8"`, `at least "10"`: what stands after "would have to be". */
export function relationWords(wish: Wish): string {
  const order = orderOf(wish);
  if (order !== undefined) return `${ORDER_WORDS[order.family][order.relation]} "${order.value}"`;
  const { operator, values } = wish.condition;
  const family = familyOf(operator);
  if (isSought(wish.condition, wish.wanted)) {
    const kind = family === 'pattern' || family === 'arn' ? 'like ' : family === 'address' ? 'an address in ' : '';
    return `${kind}${oneOf(values)}`;
  }
  switch (family) {
    case 'pattern':
      return values.length === 1 ? `something not like ${oneOf(values)}` : `something like ${noneOf(values)}`;
    case 'arn':
      return values.length === 1 ? `an ARN not like ${oneOf(values)}` : `an ARN like ${noneOf(values)}`;
    case 'address':
      return values.length === 1 ? `an address outside ${oneOf(values)}` : `an address in ${noneOf(values)}`;
    case 'number':
      return values.length === 1 ? `a number other than ${oneOf(values)}` : `a number, ${noneOf(values)}`;
    case 'date':
      return values.length === 1 ? `a date other than ${oneOf(values)}` : `a date, ${noneOf(values)}`;
    default:
      return values.length === 1 ? `something other than ${oneOf(values)}` : noneOf(values);
  }
}

/** The value of which the words say that it is good itself, `at least "10"`; undefined when they say so of none. */
export function inclusiveBound(wish: Wish): string | undefined {
  const order = orderOf(wish);
  return order?.relation === 'atMost' || order?.relation === 'atLeast' ? order.value : undefined;
}

type Relation = 'below' | 'atMost' | 'above' | 'atLeast';

const ORDER_WORDS: Readonly<Record<'number' | 'date', Readonly<Record<Relation, string>>>> = {
  number: { below: 'less than', atMost: 'at most', above: 'more than', atLeast: 'at least' },
  date: { below: 'before', atMost: 'not after', above: 'after', atLeast: 'not before' },
};

const RELATIONS: readonly (readonly [suffix: string, Relation])[] = [
  ['LessThan', 'below'],
  ['LessThanEquals', 'atMost'],
  ['GreaterThan', 'above'],
  ['GreaterThanEquals', 'atLeast'],
];

const OPPOSITES: Readonly<Record<Relation, Relation>> = {
  below: 'atLeast',
  atLeast: 'below',
  above: 'atMost',
  atMost: 'above',
};

interface Order {
  readonly family: 'number' | 'date';
  readonly relation: Relation;
  /** The one of several values that counts: to be below one of them is to be below the greatest. */
  readonly value: string;
}

function orderOf({ condition: { operator, values }, wanted }: Wish): Order | undefined {
  const family = familyOf(operator);
  if (family !== 'number' && family !== 'date') return undefined;
  const name = baseName(operator);
  const written = RELATIONS.find(([suffix]) => name.endsWith(suffix))?.[1];
  if (written === undefined) return undefined;
  const [first, ...further] = values.filter((value) => isReadable(value, family));
  if (first === undefined) return undefined;
  const isUpper = written === 'below' || written === 'atMost';
  const value = further.reduce((best, one) => (compare(one, best, family) > 0 === isUpper ? one : best), first);
  return { family, relation: wanted === PASSED ? written : OPPOSITES[written], value };
}

function isReadable(text: string, family: Order['family']): boolean {
  return (family === 'number' ? readDecimal(text) : readInstant(text)) !== undefined;
}

function compare(a: string, b: string, family: Order['family']): number {
  if (family === 'date') return (readInstant(a) ?? 0) - (readInstant(b) ?? 0);
  const [one, other] = [readDecimal(a), readDecimal(b)];
  return one === undefined || other === undefined ? 0 : compareDecimals(one, other);
}
