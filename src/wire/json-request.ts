/**
 * Requests of AWS's JSON 1.1 protocol: `X-Amz-Target` names the operation, one JSON object is its
 * input. Unknown members are ignored and null is absence, as AWS does.
 */
import { Buffer } from 'node:buffer';
import { ServiceError } from '../base/service-error.ts';
import type { Member, OperationModel, ServiceModel, Shape, StructureShape } from './model.ts';
import { shapeOf, structureOf, wireName } from './shape-of.ts';
import type { WireStructure } from './shape-of.ts';

type ScalarShape = Exclude<Shape, { type: 'structure' | 'list' | 'map' }>;

/** Items of one list or map; the longest of the models is bounded by 1,000. */
const MAX_ITEMS = 5_000;
/** Bounds of a signed integer by its bits; beyond 2^53 a JSON number says nothing exact. */
const INTEGER_BOUND = { integer: 2 ** 31, long: Number.MAX_SAFE_INTEGER } as const;

/**
 * The operation that `X-Amz-Target` names: `{target prefix}.{operation}`.
 *
 * @param target value of the header; undefined when there was none
 * @throws ServiceError `UnknownOperationException` for another prefix or a name that the model does not have
 */
export function findTarget(
  model: ServiceModel,
  target: string | undefined,
): { readonly name: string; readonly operation: OperationModel | undefined } {
  const prefix = `${model.targetPrefix ?? ''}.`;
  const name = target?.startsWith(prefix) ? target.slice(prefix.length) : '';
  const operation = Object.hasOwn(model.operations, name) ? model.operations[name] : undefined;
  if (operation === undefined && !Object.hasOwn(model.others, name)) {
    throw new ServiceError('UnknownOperationException', 400, '', { reason: 'X-Amz-Target names no operation' });
  }
  return { name, operation };
}

/**
 * Reads a body into the operation's typed input; an empty one is `{}`.
 *
 * @throws ServiceError `SerializationException` for what is no JSON object or has a value of the wrong kind
 */
export function decodeJson(model: ServiceModel, operation: OperationModel, body: Uint8Array): WireStructure {
  const document = parseDocument(body);
  if (operation.input === undefined) return {};
  return readStructure(model, structureOf(model, operation.input), document);
}

function parseDocument(body: Uint8Array): WireStructure {
  if (body.length === 0) return {};
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The parser's sentence quotes the body: it stays here.
    throw serialization('', 'the body is not JSON in UTF-8');
  }
  if (!isObject(document)) throw serialization('', 'the body is not a JSON object');
  return document;
}

function readStructure(model: ServiceModel, shape: StructureShape, value: WireStructure): WireStructure {
  const structure: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const sent = wireName(name, member);
    const part = Object.hasOwn(value, sent) ? value[sent] : undefined;
    if (part !== undefined && part !== null) structure[name] = readValue(model, member, part);
  }
  return structure;
}

function readValue(model: ServiceModel, member: Member, value: unknown): unknown {
  const shape = shapeOf(model, member.shape);
  switch (shape.type) {
    case 'structure':
      if (!isObject(value)) throw unexpected(value, 'a structure');
      return readStructure(model, shape, value);
    case 'list': {
      if (!Array.isArray(value)) throw unexpected(value, 'a list');
      const items: readonly unknown[] = value;
      checkCount(items.length);
      return items.filter((item) => item !== null).map((item) => readValue(model, shape.member, item));
    }
    case 'map': {
      if (!isObject(value)) throw unexpected(value, 'a map');
      const entries = Object.entries(value).filter(([, item]) => item !== null);
      checkCount(entries.length);
      return Object.fromEntries(entries.map(([key, item]) => [key, readValue(model, shape.value, item)]));
    }
    default:
      return readScalar(shape, value);
  }
}

function readScalar(shape: ScalarShape, value: unknown): string | number | boolean | Date | Uint8Array {
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' ? value : refuse(value, 'a String');
    case 'integer':
    case 'long': {
      const bound = INTEGER_BOUND[shape.type];
      const fits = typeof value === 'number' && Number.isInteger(value) && value >= -bound && value < bound;
      return fits ? value : refuse(value, shape.type === 'integer' ? 'an Integer' : 'a Long');
    }
    case 'float':
    case 'double':
      return typeof value === 'number' ? value : refuse(value, 'a Double');
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse(value, 'a Boolean');
    case 'timestamp': {
      const time = typeof value === 'number' ? new Date(value * 1000) : new Date(Number.NaN);
      return Number.isNaN(time.getTime()) ? refuse(value, 'a Timestamp') : time;
    }
    case 'blob':
      return typeof value === 'string' ? Buffer.from(value, 'base64') : refuse(value, 'a Blob');
    default:
      return shape satisfies never;
  }
}

function checkCount(count: number): void {
  if (count > MAX_ITEMS) throw serialization('', 'a list or map has too many items');
}

function isObject(value: unknown): value is WireStructure {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(value: unknown, due: string): never {
  throw unexpected(value, due);
}

/** In the words of AWS's own reader; a value is named by its kind only. */
function unexpected(value: unknown, due: string): ServiceError {
  if (Array.isArray(value)) return serialization('Start of list found where not expected', `not ${due}`);
  if (isObject(value)) {
    return serialization('Start of structure or map found where not expected.', `not ${due}`);
  }
  if (due === 'a list') return serialization('Expected list or null', `not ${due}`);
  if (due === 'a structure' || due === 'a map') return serialization('Expected null', `not ${due}`);
  const kind = typeof value === 'boolean' ? `${String(value).toUpperCase()}_VALUE` : `${typeof value}_VALUE`;
  return serialization(`${kind.toUpperCase()} cannot be converted to ${due.replace(/^an? /, '')}`, `not ${due}`);
}

function serialization(message: string, reason: string): ServiceError {
  return new ServiceError('SerializationException', 400, message, { reason });
}
