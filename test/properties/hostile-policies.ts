/** Policies within AWS's sizes, and requests within ours, that are made to take as long as they can. */
import type { ContextValue } from '../../src/policy/context.ts';

/** One condition on one request, and why it could be slow. */
export interface HostileCase {
  readonly name: string;
  readonly condition: object;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** The largest document that is stored: a bucket policy. */
export const DOCUMENT_LIMIT = 20_480;
/** The longest value that fits into the head of a request. */
const VALUE_LIMIT = 32_000;

const KEY = 'aws:referer';
const long = (text: string): string => text.repeat(Math.floor(VALUE_LIMIT / text.length));
/** As many of them as fit into a document. */
const many = (value: string | ((index: number) => string)): readonly string[] => {
  const values: string[] = [];
  for (let size = 400, index = 0; size < DOCUMENT_LIMIT; index++) {
    const next = typeof value === 'string' ? value : value(index);
    size += JSON.stringify(next).length + 1;
    if (size < DOCUMENT_LIMIT) values.push(next);
  }
  return values;
};
/** As many as fit into half of one. */
const half = (value: (index: number) => string): readonly string[] => many(value).slice(0, many(value).length / 2 - 10);
const one = (operator: string, value: string | readonly string[]): object => ({ [operator]: { [KEY]: value } });
const manyOf = (unit: string): string => unit.repeat(Math.floor((DOCUMENT_LIMIT - 500) / unit.length));

/** Found by a reviewer, most of them: each took from a tenth of a second to half a minute once. */
export const HOSTILE_CASES: readonly HostileCase[] = [
  ['a variable named a thousand times', one('StringEquals', manyOf(`\${${KEY}}`)), long('a')],
  ['a variable named a thousand times in a pattern', one('StringLike', manyOf(`*\${${KEY}}`)), long('a')],
  ['a variable named a thousand times, of another key', one('StringLike', `${manyOf('${k:b}')}*`), long('a')],
  ['values that are the request with one letter more', one('StringEquals', many(`\${${KEY}}b`)), long('a')],
  ['values that are the other key, which differs at its end', one('StringEquals', many('${k:b}')), `${long('a')}b`],
  ['patterns around a variable', one('StringLike', many('*${k:b}c*')), long('a')],
  ['patterns around two variables', one('StringLike', many('*${k:b}?${k:b}*')), long('a')],
  ['case ignored around a variable', one('StringEqualsIgnoreCase', many('${k:b}c')), long('Σ')],
  [
    'case ignored beyond the basic plane',
    one(
      'StringEqualsIgnoreCase',
      many((i) => `𐐀${i}`),
    ),
    long('𐐀'),
  ],
  ['ARNs of variables', one('ArnLike', many('${k:b}${k:b}')), `arn:aws:s3:::${long('a')}`],
  ['a wildcard before a letter', one('StringLike', many('*?c*')), `c${long('a')}`],
  ['a wildcard between letters', one('StringLike', many('*a?c*')), `${long('c').slice(9)}aa`],
  ['long pieces with wildcards', one('StringLike', `*${manyOf('a?')}b*`), long('a')],
  ['a long needle', one('StringLike', `*${'a'.repeat(9_000)}b${'a'.repeat(9_000)}*`), long('a')],
  [
    'a needle as long as native search prepares',
    one('StringLike', many(`*${'a'.repeat(120)}b${'a'.repeat(120)}*`)),
    long('a'),
  ],
  [
    'needles that begin alike',
    one(
      'StringLike',
      many((i) => `*${'a'.repeat(30)}${i}*`),
    ),
    long('a'),
  ],
  [
    'zeros inside of a number',
    one(
      'NumericEquals',
      many((i) => String(i)),
    ),
    `1${'0'.repeat(397)}1`,
  ],
  ['numbers with zeros inside', one('NumericEquals', many(`1${'0'.repeat(300)}1`)), `1${'0'.repeat(397)}2`],
  ['dates', one('DateEquals', many('2030-01-01T00:00:00Z')), '2031-01-01T00:00:00.123456789+02:00'],
  [
    'networks',
    one(
      'IpAddress',
      many((i) => `10.0.${i % 256}.0/24`),
    ),
    '192.0.2.1',
  ],
  ['ARNs', one('ArnLike', many('arn:aws:s3:::*a*b*')), `arn:aws:s3:::${long('a')}`],
  ['base64', one('BinaryEquals', many('YQ==')), long('YQ==')],
  [
    'ARNs of a variable and stars',
    one('ForAnyValue:ArnLike', `\${k:b}${manyOf('*')}x`),
    Array.from({ length: 500 }, () => `arn:aws:s3:::${'a'.repeat(50)}`),
  ],
  ['stars', one('ForAnyValue:StringLike', `a${manyOf('*')}b`), Array.from({ length: 4_000 }, () => 'aaaa')],
  [
    'a variable without length',
    one('ForAnyValue:StringEquals', manyOf('${k:c}')),
    Array.from({ length: 4_000 }, () => 'aaaa'),
  ],
  [
    'case ignored of letters beyond the basic plane, many times',
    { StringEqualsIgnoreCase: { [KEY]: half((i) => `😀${i}`), 'k:b': half((i) => `😀${i}`) } },
    '😀'.repeat(8_000),
  ],
  [
    'different letters and wildcards',
    one('StringLike', `*${Array.from({ length: 4_500 }, (_, i) => `${String.fromCharCode(0x4e00 + i)}?`).join('')}b*`),
    '\u4e00'.repeat(16_000),
  ],
  [
    'many values of a multivalued key',
    one('ForAnyValue:StringLike', many('*?x')),
    Array.from({ length: 4_000 }, () => 'aaaaaa'),
  ],
].map(([name, condition, value]): HostileCase => {
  // The tuple's members have the types of its columns; TypeScript sees their union.
  const context = {
    [KEY]: value as ContextValue,
    'k:b': typeof value === 'string' ? value.slice(0, value.length / 3) : 'x',
  };
  if (name === 'values that are the other key, which differs at its end') context['k:b'] = `${long('a')}c`;
  return { name: String(name), condition: Object(condition), context };
});
