import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileGlob } from '../../policy/glob.ts';
import { constantUnits, readTemplate } from '../../policy/variable.ts';
import { literalText } from './literal-text.ts';

test('wildcards and variables of the value become ordinary characters', () => {
  const written = (value: string): string | undefined => literalText(value, { version: '2012-10-17', wildcards: true });
  assert.equal(written('a*c?'), 'a${*}c${?}');
  assert.equal(written('${aws:username}'), '${$}{aws:username}');
  assert.equal(written('cost $5'), 'cost $5');
});

test('where wildcards mean nothing they stay, and where nothing can be escaped there is no such text', () => {
  assert.equal(literalText('a*', { version: '2012-10-17', wildcards: false }), 'a*');
  assert.equal(literalText('${a}', { version: '2008-10-17', wildcards: true }), '${a}');
  assert.equal(literalText('a*', { version: '2008-10-17', wildcards: false }), 'a*');
  assert.equal(literalText('a*', { version: '2008-10-17', wildcards: true }), undefined);
});

test('read as a pattern, the text matches the value and nothing else', () => {
  const text = fc
    .array(fc.constantFrom('$', '{', '}', '*', '?', 'a', '${*}', '${$}', '${a:b}'), { maxLength: 6 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (value, other) => {
      const written = literalText(value, { version: '2012-10-17', wildcards: true }) ?? '';
      const units = constantUnits(readTemplate(written, { variables: true, wildcards: true }));
      assert.ok(units !== undefined);
      assert.equal(compileGlob(units)(other), other === value);
      assert.ok(compileGlob(units)(value));
    }),
  );
});
