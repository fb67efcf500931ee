import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { indented } from './xml-indent.ts';
import { element, textElement } from './xml-write.ts';

test('elements in elements are lines, texts stay with their element, also empty ones', () => {
  assert.equal(
    indented('<a xmlns="n"><b><c>1 2</c><d/><e></e></b><f> </f></a>'),
    '<a xmlns="n">\n  <b>\n    <c>1 2</c>\n    <d/>\n    <e></e>\n  </b>\n  <f> </f>\n</a>\n',
  );
  assert.equal(indented('<a/>'), '<a/>\n');
  assert.equal(indented('<a>x\n y</a>'), '<a>x\n y</a>\n');
});

test('taking the margins away gives what was there', () => {
  const text = fc.string().map((value) => textElement('t', value.replaceAll('\n', '')));
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      text,
      fc.array(tie('tree'), { maxLength: 4 }).map((children) => element('n', children.join(''), ' a="b"')),
    ),
  }));
  fc.assert(
    fc.property(tree, (xml) => {
      const lines = indented(xml).split('\n');
      assert.equal(lines.pop(), '');
      assert.equal(lines.map((line) => line.slice(line.indexOf('<'))).join(''), xml);
    }),
  );
});
