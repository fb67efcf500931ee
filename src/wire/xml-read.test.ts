import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../base/service-error.ts';
import { XML_BOUNDS, readXml } from './xml-read.ts';
import { element, escapeXml, textElement } from './xml-write.ts';

const refused = (document: Uint8Array | string, bounds = XML_BOUNDS): void => {
  assert.throws(
    () => readXml(document, bounds),
    (error) =>
      error instanceof ServiceError &&
      error.code === 'MalformedXML' &&
      error.status === 400 &&
      !/secret/.test(error.message + error.reason),
  );
};

test('a document is read with its text, attributes and nesting', () => {
  const root = readXml('<?xml version="1.0"?>\n<a x="1&quot;"><b> t&amp;<![CDATA[<c>]]></b><b/></a>\n');
  assert.equal(root.name, 'a');
  assert.deepEqual([...root.attributes], [['x', '1"']]);
  assert.deepEqual(
    root.elements.map(({ name, text }) => [name, text]),
    [
      ['b', ' t&<c>'],
      ['b', ''],
    ],
  );
});

test('what is written reads back, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '\r', '\n', '\t', ']]>', 'é', '\u{1F600}') }),
      (text) => {
        assert.equal(readXml(textElement('t', text)).text, text);
        assert.equal(
          readXml(element('t', '', ` a="${escapeXml(text.replace(/[\n\t]/g, ''))}"`)).attributes.get('a'),
          text.replace(/[\n\t]/g, ''),
        );
      },
    ),
  );
});

test('what is not well-formed is refused, without a word of it in the message', () => {
  for (const document of [
    '',
    ' ',
    'secret',
    '<a>',
    '<a></secret>',
    '<a/><secret/>',
    '<a>&secret;</a>',
    '<a b=secret/>',
    '<a b="1" b="2"/>',
    '\u0000',
    '<a>\u0001</a>',
  ]) {
    refused(document);
  }
  refused(Uint8Array.of(0x3c, 0x61, 0xff, 0x2f, 0x3e));
});

test('a document type declaration is refused, with and without entities', () => {
  refused('<!DOCTYPE a><a/>');
  refused('<!DOCTYPE a [<!ENTITY x "secret">]><a>&x;</a>');
  refused('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>');
});

test('bounds hold at their edges', () => {
  const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  readXml(nested(XML_BOUNDS.depth));
  refused(nested(XML_BOUNDS.depth + 1));
  const bounds = { bytes: 1_000, depth: 3, elements: 5, attributes: 2 };
  readXml(`<r>${'<a/>'.repeat(4)}</r>`, bounds);
  refused(`<r>${'<a/>'.repeat(5)}</r>`, bounds);
  readXml('<r a="" b=""/>', bounds);
  refused('<r a="" b="" c=""/>', bounds);
  readXml(`<r>${' '.repeat(993)}</r>`, bounds);
  refused(`<r>${' '.repeat(994)}</r>`, bounds);
  refused(Buffer.from(`<r>${'é'.repeat(500)}</r>`), bounds);
});
