import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { derivedHex, derivedNumber, derivedUuid } from './derived-id.ts';

test('the same name has the same id, another name or kind another, each in its form', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      assert.match(derivedNumber('repository', name, 9), /^[1-9][0-9]{8}$/);
      assert.match(derivedHex('commit', name, 40), /^[0-9a-f]{40}$/);
      assert.match(derivedUuid('job', name), /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal(derivedUuid('job', name), derivedUuid('job', name));
      assert.notEqual(derivedUuid('job', name), derivedUuid('step', name));
      assert.notEqual(derivedHex('commit', name, 40), derivedHex('commit', `${name}x`, 40));
    }),
  );
});
