/**
 * Reads an XML element into a value by its shape. What does not fit the shape is `MalformedXML`, as
 * S3 validates bodies against its schema; elements that the shape does not have are left out, so
 * that clients newer than the tables are understood.
 */
import { Buffer } from 'node:buffer';
import type { Member, ServiceModel, Shape, StructureShape } from './model.ts';
import { admits } from './open-enums.ts';
import { readBoolean, readDecimal, readInteger, readTimestamp } from './scalar-text.ts';
import { isFlattened, shapeOf, structureOf, wireName } from './shape-of.ts';
import type { WireStructure } from './shape-of.ts';
import { malformedXml } from './xml-read.ts';
import type { XmlElement } from './xml-read.ts';

/** The structure in `element`. Throws `MalformedXML`. */
export function readStructure(model: ServiceModel, shapeName: string, element: XmlElement): WireStructure {
  const shape = structureOf(model, shapeName);
  const byName = Map.groupBy(element.elements, ({ name }) => name);
  const structure: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const value =
      member.xmlAttribute === true
        ? element.attributes.get(wireName(name, member))
        : readMember(model, member, byName.get(wireName(name, member)) ?? []);
    if (value !== undefined) structure[name] = value;
  }
  requireMembers(shape, structure, element.name);
  return structure;
}

function requireMembers(shape: StructureShape, structure: WireStructure, name: string): void {
  for (const required of shape.required ?? []) {
    if (structure[required] === undefined) throw malformedXml(`${name} has no ${required}`);
  }
}

function readMember(model: ServiceModel, member: Member, elements: readonly XmlElement[]): unknown {
  const [first, ...others] = elements;
  if (first === undefined) return undefined;
  const shape = shapeOf(model, member.shape);
  if (isFlattened(member, shape)) {
    if (shape.type === 'list') return elements.map((element) => readValue(model, shape.member.shape, element));
    if (shape.type === 'map') return readEntries(model, shape, elements);
  }
  // Two of what can be only one: which one counts must not depend on who reads.
  if (others.length > 0) throw malformedXml(`${first.name} is there twice`);
  return readValue(model, member.shape, first);
}

function readValue(model: ServiceModel, shapeName: string, element: XmlElement): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure':
      return readStructure(model, shapeName, element);
    case 'list': {
      const itemName = shape.member.locationName ?? 'member';
      return element.elements
        .filter(({ name }) => name === itemName)
        .map((item) => readValue(model, shape.member.shape, item));
    }
    case 'map':
      return readEntries(
        model,
        shape,
        element.elements.filter(({ name }) => name === 'entry'),
      );
    default:
      return readScalar(shapeName, shape, element);
  }
}

function readEntries(
  model: ServiceModel,
  shape: Extract<Shape, { type: 'map' }>,
  entries: readonly XmlElement[],
): WireStructure {
  const keyName = shape.key.locationName ?? 'key';
  const valueName = shape.value.locationName ?? 'value';
  return Object.fromEntries(
    entries.map(({ name, elements }) => {
      const key = elements.find((part) => part.name === keyName);
      const value = elements.find((part) => part.name === valueName);
      if (key === undefined || value === undefined) throw malformedXml(`an entry of ${name} is not whole`);
      return [key.text, readValue(model, shape.value.shape, value)];
    }),
  );
}

function readScalar(
  shapeName: string,
  shape: Exclude<Shape, { type: 'structure' | 'list' | 'map' }>,
  element: XmlElement,
): string | number | boolean | Date | Uint8Array {
  if (element.elements.length > 0) throw malformedXml(`${element.name} has elements inside`);
  if (shape.type === 'string') {
    if (!admits(shapeName, shape.enum, element.text)) throw malformedXml(`${element.name} has an unknown value`);
    return element.text;
  }
  const value = readNonString(shape, element.text.trim());
  if (value === undefined) throw malformedXml(`${element.name} is not a ${shape.type}`);
  return value;
}

function readNonString(
  shape: Exclude<Shape, { type: 'structure' | 'list' | 'map' | 'string' }>,
  text: string,
): number | boolean | Date | Uint8Array | undefined {
  switch (shape.type) {
    case 'integer':
      return readInteger(text, 32);
    case 'long':
      return readInteger(text, 64);
    case 'float':
    case 'double':
      return readDecimal(text);
    case 'boolean':
      return readBoolean(text);
    case 'timestamp':
      return readTimestamp(text);
    case 'blob':
      return Buffer.from(text, 'base64');
    default:
      return shape satisfies never;
  }
}
