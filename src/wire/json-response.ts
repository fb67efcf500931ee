/** Answers of AWS's JSON 1.1 protocol: members by their model names, times as seconds since the epoch. */
import { Buffer } from 'node:buffer';
import type { ServiceModel, Shape } from './model.ts';
import { memberOf, operationOf, shapeOf, structureOf, wireName } from './shape-of.ts';

/** `Content-Type` of every JSON 1.1 answer. */
export const JSON_CONTENT_TYPE = 'application/x-amz-json-1.1';

/** What goes into the document; `JSON.stringify` prints it without a surprise. */
type JsonValue = string | number | boolean | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** The document of a call that succeeded; of an operation without output it is `{}`. */
export function encodeJson(model: ServiceModel, operation: string, output: unknown): string {
  const { output: shapeName } = operationOf(model, operation);
  return shapeName === undefined ? '{}' : JSON.stringify(structureJson(model, shapeName, output));
}

function structureJson(
  model: ServiceModel,
  shapeName: string,
  structure: unknown,
): { readonly [name: string]: JsonValue } {
  const json: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(structureOf(model, shapeName).members)) {
    const value = memberOf(structure, name);
    if (value !== undefined) json[wireName(name, member)] = jsonOf(model, member.shape, value);
  }
  return json;
}

/** Throws TypeError for a value that is not of its shape: a bug of the handler. */
function jsonOf(model: ServiceModel, shapeName: string, value: unknown): JsonValue {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure':
      return structureJson(model, shapeName, value);
    case 'list': {
      if (!Array.isArray(value)) throw misfit(shape, shapeName);
      const items: readonly unknown[] = value;
      return items.map((item) => jsonOf(model, shape.member.shape, item));
    }
    case 'map': {
      if (typeof value !== 'object' || value === null) throw misfit(shape, shapeName);
      const entries = Object.entries(value);
      return Object.fromEntries(entries.map(([key, item]) => [key, jsonOf(model, shape.value.shape, item)]));
    }
    case 'timestamp':
      if (!(value instanceof Date)) throw misfit(shape, shapeName);
      return value.getTime() / 1000;
    case 'blob':
      if (!(value instanceof Uint8Array)) throw misfit(shape, shapeName);
      return Buffer.from(value).toString('base64');
    case 'string':
    case 'boolean':
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return scalarJson(shape, shapeName, value);
    default:
      return shape satisfies never;
  }
}

function scalarJson(shape: Shape, shapeName: string, value: unknown): JsonValue {
  const due = shape.type === 'string' || shape.type === 'boolean' ? shape.type : 'number';
  if (typeof value === due && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) {
    return value;
  }
  throw misfit(shape, shapeName);
}

function misfit(shape: Shape, shapeName: string): TypeError {
  return new TypeError(`a ${shape.type} is due for ${shapeName}`);
}
