import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iam } from '../../wire/generated/iam.ts';
import { iamOperations } from './operations.ts';

test('each row is the operation of its name, in the wire table, and asks for the permission of its name first', () => {
  const rows = Object.entries(iamOperations);
  assert.ok(rows.length >= 96, `only ${rows.length} operations`);
  for (const [name, operation] of rows) {
    assert.equal(operation.name, name);
    assert.ok(Object.hasOwn(iam.operations, name), name);
    assert.ok(operation.permission.kind === 'actions', name);
    assert.equal(operation.permission.actions[0], `iam:${name}`);
    for (const action of operation.permission.actions) assert.match(action, /^iam:[A-Z][A-Za-z]+$/);
  }
});
