/** For tests over every operation: what XML a value must be, and an independent reading of XML. */
import { SaxesParser } from 'saxes';
import type { Member, ServiceModel } from './model.ts';
import { shapeOf, structureOf } from './shape-of.ts';

/** An element with its namespace; `children` is its text when it has no elements. */
export interface Tree {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Tree[] | string;
}

/** The elements that a structure's body members are, by the model. */
export function treesOf(model: ServiceModel, shapeName: string, value: object): readonly Tree[] {
  return Object.entries(structureOf(model, shapeName).members).flatMap(([name, member]) => {
    const part: unknown = Reflect.get(value, name);
    if (part === undefined || member.location !== undefined || member.xmlAttribute) return [];
    return memberTrees(model, member, member.locationName ?? name, part);
  });
}

/** One element around `children`; without any it holds the empty text, as a parser reports it. */
export function tree(model: ServiceModel, name: string, children: readonly Tree[] | string): Tree {
  const namespace = model.xmlNamespace;
  return { name, namespace, attributes: {}, children: children.length === 0 ? '' : children };
}

function memberTrees(model: ServiceModel, member: Member, name: string, value: unknown): readonly Tree[] {
  const shape = shapeOf(model, member.shape);
  if (Array.isArray(value)) {
    if (shape.type !== 'list') throw new TypeError(`${name} is not a list`);
    const flat = member.flattened ?? shape.flattened;
    const itemName = flat ? name : (shape.member.locationName ?? 'member');
    const items = value.flatMap((item: unknown) => memberTrees(model, shape.member, itemName, item));
    return flat ? items : [tree(model, name, items)];
  }
  if (value instanceof Date) {
    const text = value.toISOString();
    const format = member.timestampFormat ?? (shape.type === 'timestamp' ? shape.timestampFormat : undefined);
    if (format === 'rfc822') return [tree(model, name, value.toUTCString())];
    return [tree(model, name, model.protocol === 'query' ? text.replace('.000Z', 'Z') : text)];
  }
  if (typeof value !== 'object' || value === null) return [tree(model, name, String(value))];
  if (shape.type === 'map') {
    const entries = Object.entries(value).map(([key, item]) =>
      tree(model, 'entry', [tree(model, 'key', key), ...memberTrees(model, shape.value, 'value', item)]),
    );
    return [tree(model, name, entries)];
  }
  const type: unknown = Reflect.get(value, 'Type');
  const attributes: Record<string, string> = member.shape === 'Grantee' ? { 'xsi:type': String(type) } : {};
  return [{ ...tree(model, name, treesOf(model, member.shape, value)), attributes }];
}

/** The root of a document, read with namespaces; declarations are no attributes. Throws on what is not well-formed. */
export function parseTree(xml: string): Tree {
  const parser = new SaxesParser({ xmlns: true });
  interface Open extends Tree {
    readonly children: Tree[];
    text: string;
  }
  const open: Open[] = [];
  let root: Tree | undefined;
  parser.on('opentag', ({ name, uri, attributes }) => {
    const plain = Object.values(attributes).filter(({ name: attribute }) => !attribute.startsWith('xmlns'));
    const named = Object.fromEntries(plain.map(({ name: attribute, value }) => [attribute, value]));
    open.push({ name, namespace: uri, attributes: named, children: [], text: '' });
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    const { text, ...rest } = element;
    const closed: Tree = { ...rest, children: rest.children.length > 0 ? rest.children : text };
    const parent = open.at(-1);
    if (parent === undefined) root = closed;
    else parent.children.push(closed);
  });
  parser.write(xml).close();
  if (root === undefined) throw new Error('no element');
  return root;
}

/** A tree as a client writes it: its own escaping, the namespaces declared where they start. */
export function printTree({ name, attributes, children }: Tree, namespace = ''): string {
  const quoted = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAll(value)}"`);
  const xsi = 'xsi:type' in attributes ? ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' : '';
  const xmlns = namespace === '' ? '' : ` xmlns="${namespace}"`;
  const content =
    typeof children === 'string' ? escapeAll(children) : children.map((child) => printTree(child)).join('');
  return `<${name}${xmlns}${xsi}${quoted.join('')}>${content}</${name}>`;
}

function escapeAll(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
