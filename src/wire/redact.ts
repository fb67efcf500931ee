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

/** What stands for a text that may be a secret; CloudTrail's own word. */
export const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** Shapes of ARNs: their constraints take every text, so a token that was sent as one is told by its first letters. */
const ARN_SHAPES: ReadonlySet<string> = new Set(['arnType']);

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
  return shapeName === undefined ? {} : (showOf(model, shapeName)(value) ?? {});
}

/** Shows one value of a shape; undefined for what may not be shown. */
type Show = (value: unknown) => Json | undefined;

const shows = new WeakMap<Shape, Show>();

/** How values of that shape are shown: worked out once for each shape, since every call is logged. */
function showOf(model: ServiceModel, shapeName: string): Show {
  const shape = shapeOf(model, shapeName);
  const known = shows.get(shape);
  if (known !== undefined) return known;
  const show = ARN_SHAPES.has(shapeName) ? showArn : makeShow(model, shape);
  shows.set(shape, show);
  return show;
}

function makeShow(model: ServiceModel, shape: Shape): Show {
  switch (shape.type) {
    case 'structure':
      return showStructure(model, shape);
    case 'list':
      return (value) => {
        if (!Array.isArray(value)) return undefined;
        const items: readonly unknown[] = value;
        const show = showOf(model, shape.member.shape);
        return items.map((item) => show(item) ?? null);
      };
    case 'map':
      return (value) => {
        if (typeof value !== 'object' || value === null) return undefined;
        const show = showOf(model, shape.value.shape);
        return Object.fromEntries(
          Object.entries(value).map(([key, item]): [string, Json] => [key, show(item) ?? null]),
        );
      };
    case 'string':
      return shape.sensitive === true ? nothing : (value) => (typeof value === 'string' ? value : undefined);
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return (value) => (typeof value === 'number' ? value : undefined);
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : undefined);
    case 'timestamp':
      return (value) => (value instanceof Date ? value.toISOString() : undefined);
    case 'blob':
      return nothing;
    default:
      return shape satisfies never;
  }
}

function showArn(value: unknown): Json | undefined {
  if (typeof value !== 'string') return undefined;
  return value.length < 20 || value.startsWith('arn:') ? value : HIDDEN;
}

function nothing(): undefined {
  return undefined;
}

function showStructure(model: ServiceModel, shape: Extract<Shape, { type: 'structure' }>): Show {
  const rows = membersOf(shape)
    .filter(([name]) => !SECRET_MEMBERS.has(name))
    .map(([name, member]) => ({ name, shown: OTHER_NAMES.get(name) ?? lowerCamel(name), shape: member.shape }));
  return (structure) => {
    if (typeof structure !== 'object' || structure === null) return undefined;
    const json: Record<string, Json> = {};
    for (const row of rows) {
      const value = memberOf(structure, row.name);
      if (value === undefined) continue;
      const shown = showOf(model, row.shape)(value);
      if (shown !== undefined) json[row.shown] = shown;
    }
    return json;
  };
}
