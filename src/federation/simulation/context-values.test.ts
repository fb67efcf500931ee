import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDecimal } from '../../policy/comparisons/decimal.ts';
import { VALUE_TYPES } from './context-values.ts';

function read(type: string, value: string): string | undefined {
  return VALUE_TYPES.get(type)?.read(value);
}

test('numbers are written as Java writes a BigDecimal', () => {
  const numbers = [
    ['0', '0'],
    ['-0', '0'],
    ['000', '0'],
    ['0.00', '0.00'],
    ['0.0000000', '0E-7'],
    ['+1', '1'],
    ['01.00', '1.00'],
    ['-3.5', '-3.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e0', '1'],
    ['1e2', '1E+2'],
    ['12e3', '1.2E+4'],
    ['1e-6', '0.000001'],
    ['1e-7', '1E-7'],
    ['123e-10', '1.23E-8'],
    ['1e9999', '1E+9999'],
  ];
  for (const [value = '', text] of numbers) assert.equal(read('numeric', value), text, value);
  for (const value of ['', '.', ' 1', '1 ', '0x10', '1e', '1e1.5', 'NaN', 'Infinity', '--1', '1_000']) {
    assert.equal(read('numeric', value), undefined, value);
  }
});

test('what is a number in a context entry is one in a policy, however long', () => {
  const texts = [
    '1e999999',
    '1e-999999',
    '1e999999999',
    '1e9999999999',
    '1'.repeat(400),
    '1'.repeat(401),
    `${'0'.repeat(399)}1`,
  ];
  for (const text of texts) {
    const written = read('numeric', text);
    const number = readDecimal(text);
    assert.equal(written === undefined, number === undefined, text);
    if (written !== undefined && number !== undefined) assert.deepEqual(readDecimal(written), number, text);
  }
  assert.equal(read('numeric', '1e999999999'), '1E+999999999');
  assert.equal(read('numeric', '1e9999999999'), undefined);
  assert.equal(read('numeric', '1'.repeat(401)), undefined);
});

test('a number keeps its value, and is written once and for all', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.integer({ min: -12, max: 12 }),
      (digits, exponent) => {
        const text = read('numeric', `${digits}e${exponent}`) ?? '';
        assert.equal(Number(text), Number(`${digits}e${exponent}`) + 0);
        assert.equal(read('numeric', text), text);
      },
    ),
  );
});

test('dates are instants with milliseconds in UTC', () => {
  const dates = [
    ['2035', '2035-01-01T00:00:00.000Z'],
    ['2035-06', '2035-06-01T00:00:00.000Z'],
    ['2035-06-07T08:09:10.1239+02:00', '2035-06-07T06:09:10.123Z'],
    ['2035-06-07T08:09', '2035-06-07T08:09:00.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['1524654000', '2018-04-25T11:00:00.000Z'],
  ];
  for (const [value = '', text] of dates) assert.equal(read('date', value), text, value);
  for (const value of ['', 'tomorrow', '2035-02-30', '2035-13', '9'.repeat(20)]) {
    assert.equal(read('date', value), undefined, value);
  }
});

test('addresses and bytes keep their spelling, and what is none is no value', () => {
  for (const value of ['192.000.002.1', '2001:DB8::1']) assert.equal(read('ip', value), value);
  for (const value of ['', '192.0.2.0/24', 'fe80::1%eth0', '192.0.2'])
    assert.equal(read('ip', value), undefined, value);
  for (const value of ['', 'YQ==', 'AAEC/w==']) assert.equal(read('binary', value), value);
  for (const value of ['YQ', 'YR==', 'YQ==\n', 'YQ-_', '%']) assert.equal(read('binary', value), undefined, value);
});

test('texts and booleans are any text', () => {
  for (const type of ['string', 'boolean'])
    for (const value of ['', 'yes', 'TRUE']) assert.equal(read(type, value), value);
});
