/** Writes a value as XML by its shape, in the order of the model, as S3 prints it; and scalars as every XML answer has them. */
import { Buffer } from 'node:buffer';
import type { Member, ServiceModel, Shape, StructureShape, XmlNamespace } from './model.ts';
import { httpDate, isoTimestamp } from './scalar-text.ts';
import { isFlattened, memberOf, shapeOf, wireName, membersOf } from './shape-of.ts';
import { element, escapeXml, textElement } from './xml-write.ts';

/** The elements of a structure's members, without those bound to a header, the URI or the status. */
export function membersXml(model: ServiceModel, shape: StructureShape, structure: unknown): string {
  let xml = '';
  for (const [name, member] of membersOf(shape)) {
    if (member.location !== undefined || member.xmlAttribute === true) continue;
    const value = memberOf(structure, name);
    if (value !== undefined) xml += memberXml(model, member, wireName(name, member), value);
  }
  return xml;
}

/** The element (of a flattened list or map, the elements) of one member. */
function memberXml(model: ServiceModel, member: Member, name: string, value: unknown): string {
  const shape = shapeOf(model, member.shape);
  switch (shape.type) {
    case 'structure':
      return structureXml(model, shape, member, name, value);
    case 'list':
      return listXml(model, shape, isFlattened(member, shape), name, value);
    case 'map':
      return mapXml(model, shape, isFlattened(member, shape), name, value);
    default:
      return textElement(name, scalarText(model, shape, value, member.timestampFormat));
  }
}

/**
 * The element of a structure; members that are attributes (`xsi:type`) stand in its tag.
 *
 * @param member the place, which may declare a namespace
 */
export function structureXml(
  model: ServiceModel,
  shape: StructureShape,
  member: Pick<Member, 'xmlNamespace'>,
  name: string,
  value: unknown,
): string {
  let attributes = namespaceAttribute(member.xmlNamespace) + namespaceAttribute(shape.xmlNamespace);
  for (const [partName, part] of membersOf(shape)) {
    if (part.xmlAttribute !== true) continue;
    const text = memberOf(value, partName);
    if (typeof text === 'string') attributes += ` ${wireName(partName, part)}="${escapeXml(text)}"`;
  }
  return element(name, membersXml(model, shape, value), attributes);
}

function namespaceAttribute(namespace: XmlNamespace | undefined): string {
  if (namespace === undefined) return '';
  const { prefix, uri } = namespace;
  return ` xmlns${prefix === undefined ? '' : `:${prefix}`}="${escapeXml(uri)}"`;
}

function listXml(
  model: ServiceModel,
  shape: Extract<Shape, { type: 'list' }>,
  flattened: boolean,
  name: string,
  value: unknown,
): string {
  if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
  const itemName = flattened ? name : (shape.member.locationName ?? 'member');
  let items = '';
  for (const item of value) items += memberXml(model, shape.member, itemName, item);
  return flattened ? items : element(name, items);
}

function mapXml(
  model: ServiceModel,
  shape: Extract<Shape, { type: 'map' }>,
  flattened: boolean,
  name: string,
  value: unknown,
): string {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${name} is not a map`);
  let entries = '';
  for (const [key, item] of Object.entries(value)) {
    const keyXml = textElement(shape.key.locationName ?? 'key', key);
    const valueXml = memberXml(model, shape.value, shape.value.locationName ?? 'value', item);
    entries += element(flattened ? name : 'entry', keyXml + valueXml);
  }
  return flattened ? entries : element(name, entries);
}

/**
 * A scalar as text, for an element or a header. Throws TypeError when the value is not of its shape.
 *
 * @param format of a timestamp, when the place says it; else the shape's, else ISO 8601 (with
 * milliseconds in S3)
 */
export function scalarText(model: ServiceModel, shape: Shape, value: unknown, format?: string): string {
  switch (typeof value) {
    case 'string':
      if (shape.type === 'string') return value;
      break;
    case 'number':
    case 'boolean':
      if (shape.type === 'boolean' ? typeof value === 'boolean' : typeof value === 'number' && isNumeric(shape)) {
        return String(value);
      }
      break;
    default:
      if (value instanceof Date && shape.type === 'timestamp') {
        return timestampText(model, value, format ?? shape.timestampFormat);
      }
      if (value instanceof Uint8Array && shape.type === 'blob') return Buffer.from(value).toString('base64');
  }
  throw new TypeError(`a ${typeof value} stands where the ${model.service} model has a ${shape.type}`);
}

function isNumeric(shape: Shape): boolean {
  return shape.type === 'integer' || shape.type === 'long' || shape.type === 'float' || shape.type === 'double';
}

function timestampText(model: ServiceModel, date: Date, format: string | undefined): string {
  switch (format) {
    case 'rfc822':
      return httpDate(date);
    case 'unixTimestamp':
      return String(Math.floor(date.getTime() / 1000));
    default:
      // STS dates sessions in whole seconds and its tokens (GetWebIdentityToken) to the millisecond.
      return isoTimestamp(
        date,
        model.protocol === 'rest-xml' || (model.service === 'sts' && date.getTime() % 1000 !== 0),
      );
  }
}
