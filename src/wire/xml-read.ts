/** Reads an XML request body into a tree, with bounds on everything a sender can make large. */
import { SaxesParser } from 'saxes';
import { ServiceError } from '../base/service-error.ts';

/** One element. Of one that has elements inside, `text` is the text between them. */
export interface XmlElement {
  /** As written, prefix included. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly elements: readonly XmlElement[];
  readonly text: string;
}

/** How much of a document is read at the most. */
export interface XmlBounds {
  /** UTF-8 bytes of the document. */
  readonly bytes: number;
  readonly depth: number;
  readonly elements: number;
  /** Of one element. */
  readonly attributes: number;
}

/**
 * Room for the largest bodies of S3: 1,000 keys of 1,024 escaped bytes to delete, 10,000 parts with
 * a checksum each to complete.
 */
export const XML_BOUNDS: XmlBounds = { bytes: 8 << 20, depth: 16, elements: 150_000, attributes: 16 };

interface OpenElement extends XmlElement {
  readonly attributes: Map<string, string>;
  readonly elements: OpenElement[];
  text: string;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The root element of a document. Throws `MalformedXML` for what is not well-formed UTF-8 XML, for
 * a document type declaration (no entities but XML's own five exist here) and beyond `bounds`.
 */
export function readXml(document: Uint8Array | string, bounds: XmlBounds = XML_BOUNDS): XmlElement {
  if (document.length > bounds.bytes) throw malformedXml('the document is too long');
  try {
    return parse(typeof document === 'string' ? document : strictUtf8.decode(document), bounds);
  } catch (failure) {
    if (failure instanceof ServiceError) throw failure;
    // What the parser says may quote the document: it stays out of messages and logs.
    throw malformedXml('the document is not well-formed');
  }
}

/** S3's refusal of a body. `reason` is for the audit log. */
export function malformedXml(reason: string): ServiceError {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema';
  return new ServiceError('MalformedXML', 400, message, { reason });
}

function parse(text: string, bounds: XmlBounds): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  let count = 0;
  let attributes = new Map<string, string>();
  parser.on('doctype', () => {
    throw malformedXml('a document type declaration');
  });
  parser.on('opentagstart', () => {
    attributes = new Map();
  });
  parser.on('attribute', ({ name, value }) => {
    attributes.set(name, value);
    if (attributes.size > bounds.attributes) throw malformedXml('too many attributes');
  });
  parser.on('opentag', ({ name }) => {
    if (++count > bounds.elements) throw malformedXml('too many elements');
    if (open.length >= bounds.depth) throw malformedXml('elements nested too deep');
    const element: OpenElement = { name, attributes, elements: [], text: '' };
    open.at(-1)?.elements.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const addText = (chunk: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += chunk;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  if (root === undefined) throw malformedXml('no element');
  return root;
}
