/** The house of the operators: a file each, of one shape, and a row in the table. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { findOperator, OPERATORS } from './table.ts';

const files = readdirSync(import.meta.dirname).filter(
  (name) => !name.endsWith('.test.ts') && name !== 'operator.ts' && name !== 'table.ts',
);

test('every file of an operator exports that operator alone, which is a row of the table', async () => {
  const rows = new Set<unknown>(OPERATORS);
  for (const file of files) {
    const exported: Record<string, unknown> = await import(`./${file}`);
    const values = Object.values(exported);
    assert.equal(values.length, 1, file);
    assert.ok(rows.delete(values[0]), file);
  }
  assert.equal(rows.size, 0);
});

test('a file is named after its operator', () => {
  const named = OPERATORS.map(({ name }) => `${name.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase()}.ts`);
  assert.deepEqual(named.toSorted(), files.toSorted());
});

test('an operator is found in any case, with its prefix and suffix; what is none is not', () => {
  for (const operator of OPERATORS) {
    assert.equal(findOperator(operator.name.toUpperCase())?.operator, operator);
    assert.equal(findOperator(`ForAnyValue:${operator.name}`)?.quantifier, 'any');
    assert.equal(findOperator(`${operator.name}IfExists`)?.ifExists, operator.tests === 'value' ? true : undefined);
    assert.equal(findOperator(`Not${operator.name}Not`), undefined);
  }
});
