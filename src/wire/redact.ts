/**
 * An operation's input or output as the audit log shows it: JSON with CloudTrail's member names
 * (first letter in lower case), without secrets, tokens and streamed bodies.
 */
import type { ServiceModel, Shape } from './model.ts';
import { lowerCamel } from './member-name.ts';
import { memberOf, operationOf, shapeOf, membersOf } from './shape-of.ts';

/** What `JSON.stringify` prints without a surprise. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Secrets that the models do not mark as sensitive. */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  'SessionToken',
  'TokenCode',
  'ContextAssertion',
  'EncodedMessage',
  'DecodedMessage',
]);

/** CloudTrail's name where it is not the member's own: S3 events say `bucketName`. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([['Bucket', 'bucketName']]);

/** A decoded input, to be logged. An operation without input gives an empty object. */
export function redacted(model: ServiceModel, operation: string, input: unknown): Json {
  return visible(model, operationOf(model, operation).input, input);
}

/** A handler's output, to be logged: credentials keep their key id and expiration only. */
export function redactedOutput(model: ServiceModel, operation: string, output: unknown): Json {
  return visible(model, operationOf(model, operation).output, output);
}

function visible(model: ServiceModel, shapeName: string | undefined, value: unknown): Json {
  return shapeName === undefined ? {} : (jsonOf(model, shapeOf(model, shapeName), value) ?? {});
}

/** Undefined for what may not be shown. */
function jsonOf(model: ServiceModel, shape: Shape, value: unknown): Json | undefined {
  switch (shape.type) {
    case 'structure':
      return structureJson(model, shape, value);
    case 'list': {
      if (!Array.isArray(value)) return undefined;
      const items: readonly unknown[] = value;
      return items.map((item) => jsonOf(model, shapeOf(model, shape.member.shape), item) ?? null);
    }
    case 'map': {
      if (typeof value !== 'object' || value === null) return undefined;
      const entries = Object.entries(value).map(([key, item]): [string, Json] => [
        key,
        jsonOf(model, shapeOf(model, shape.value.shape), item) ?? null,
      ]);
      return Object.fromEntries(entries);
    }
    case 'string':
      return typeof value === 'string' && shape.sensitive !== true ? value : undefined;
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'timestamp':
      return value instanceof Date ? value.toISOString() : undefined;
    case 'blob':
      return undefined;
    default:
      return shape satisfies never;
  }
}

function structureJson(
  model: ServiceModel,
  shape: Extract<Shape, { type: 'structure' }>,
  structure: unknown,
): Json | undefined {
  if (typeof structure !== 'object' || structure === null) return undefined;
  const json: Record<string, Json> = {};
  for (const [name, member] of membersOf(shape)) {
    const value = SECRET_MEMBERS.has(name) ? undefined : memberOf(structure, name);
    if (value === undefined) continue;
    const shown = jsonOf(model, shapeOf(model, member.shape), value);
    if (shown !== undefined) json[OTHER_NAMES.get(name) ?? lowerCamel(name)] = shown;
  }
  return json;
}
