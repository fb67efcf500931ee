/** REST-XML requests: path, query, headers and body read into an operation's typed input by its table. */
import type { Body } from './body.ts';
import { ServiceError } from '../base/service-error.ts';
import type { Member, ServiceModel, Shape } from './model.ts';
import { admits } from './open-enums.ts';
import { invalidArgument, missingHeader, missingParameter, missingRequestBody } from './rest-refusals.ts';
import type { S3Address } from './rest-path.ts';
import { readBoolean, readDecimal, readHttpDate, readInteger, readTimestamp } from './scalar-text.ts';
import { operationOf, shapeOf, structureOf, membersOf } from './shape-of.ts';
import type { WireStructure } from './shape-of.ts';
import { malformedXml, readXml } from './xml-read.ts';
import { readStructure } from './xml-shape-read.ts';

/** A request as {@link decodeRest} takes it; the address comes from the router. */
export interface RestRequest extends Omit<S3Address, 'bucketInHost'> {
  /** Decoded; of a repeated parameter the first. */
  readonly query: ReadonlyMap<string, string>;
  /** Names lower-cased; of a repeated header the values joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** As {@link payloadKind} says: nothing, the whole document, or the stream. */
  readonly payload: Uint8Array | Body | undefined;
}

/** What the caller must do with an operation's body before decoding: nothing, read it whole, or pass the stream on. */
export type PayloadKind = 'none' | 'document' | 'stream';

/**
 * Conditional headers of HTTP itself: what is not a date of HTTP is as good as none (RFC 9110
 * sections 13.1.3 and 13.1.4), so that `0` is not the year 1970.
 */
const IGNORED_WHEN_INVALID: ReadonlySet<string> = new Set(['if-modified-since', 'if-unmodified-since']);

/** How an operation's request body is to be read. */
export function payloadKind(model: ServiceModel, operation: string): PayloadKind {
  const { input } = operationOf(model, operation);
  const shape = input === undefined ? undefined : structureOf(model, input);
  const member = shape?.payload === undefined ? undefined : shape.members[shape.payload];
  if (member === undefined) return 'none';
  return shapeOf(model, member.shape).type === 'blob' ? 'stream' : 'document';
}

/**
 * An operation's input from a request, members by their model names.
 *
 * Throws `InvalidArgument` (with `ArgumentName` and `ArgumentValue`) and its kin for a value that is
 * not of its type, `InvalidRequest` for a missing header, `MalformedXML` for a body that does not
 * fit, `MissingRequestBodyError` for none where one is due. Bounds of values are the operation's to check.
 */
export function decodeRest(model: ServiceModel, operation: string, request: RestRequest): WireStructure {
  const { input } = operationOf(model, operation);
  if (input === undefined) return {};
  const shape = structureOf(model, input);
  const structure: Record<string, unknown> = {};
  for (const [name, member] of membersOf(shape)) {
    const value =
      name === shape.payload ? readPayload(model, member, name, request) : readBound(model, member, name, request);
    if (value !== undefined) structure[name] = value;
    else if (shape.required?.includes(name)) throw missing(member, name);
  }
  return structure;
}

function missing(member: Member, name: string): ServiceError {
  switch (member.location) {
    case 'header':
    case 'headers':
      return missingHeader(member.locationName ?? name);
    case 'querystring':
      return missingParameter(member.locationName ?? name);
    default:
      return missingRequestBody();
  }
}

/** A member bound to the path, the query or the headers. */
function readBound(model: ServiceModel, member: Member, name: string, request: RestRequest): unknown {
  const wireName = member.locationName ?? name;
  switch (member.location) {
    case 'uri':
      return wireName === 'Bucket' ? request.bucket : request.key;
    case 'querystring': {
      const text = request.query.get(wireName);
      return text === undefined ? undefined : readText(model, member, wireName, text, true);
    }
    case 'header': {
      const text = request.headers[wireName.toLowerCase()];
      return text === undefined ? undefined : readText(model, member, wireName, text, false);
    }
    case 'headers':
      return readPrefixed(request.headers, wireName.toLowerCase());
    case 'statusCode':
    case undefined:
      return undefined;
    default:
      return member.location satisfies never;
  }
}

function readText(model: ServiceModel, member: Member, wireName: string, text: string, inQuery: boolean): unknown {
  const shape = shapeOf(model, member.shape);
  if (shape.type === 'list') {
    return text.split(',').map((item) => readText(model, shape.member, wireName, item.trim(), inQuery));
  }
  if (shape.type === 'string' && shape.enum === undefined) return text;
  // `?max-keys=&delimiter=` is how some clients say that they do not say.
  if (inQuery && text === '') return undefined;
  if (shape.type === 'string') {
    if (admits(member.shape, shape.enum, text)) return text;
    throw invalidArgument(wireName, 'known value', text);
  }
  if (IGNORED_WHEN_INVALID.has(wireName.toLowerCase())) return readHttpDate(text);
  const value = readNonString(shape, text);
  if (value !== undefined) return value;
  throw invalidArgument(wireName, shape.type, text);
}

function readNonString(shape: Shape, text: string): number | boolean | Date | undefined {
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
    default:
      throw new RangeError(`a ${shape.type} cannot stand in a header or parameter`);
  }
}

/** `x-amz-meta-*`: the rest of each name, in lower case, and its value. */
function readPrefixed(headers: Readonly<Record<string, string>>, prefix: string): WireStructure | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix) && name.length > prefix.length);
  return found.length === 0
    ? undefined
    : Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

function readPayload(model: ServiceModel, member: Member, name: string, request: RestRequest): unknown {
  const shape = shapeOf(model, member.shape);
  const { payload } = request;
  if (shape.type === 'blob') return payload instanceof Uint8Array ? asStream(payload) : payload;
  if (payload === undefined) return undefined;
  if (!(payload instanceof Uint8Array)) throw new TypeError(`the body of ${name} has not been read`);
  if (payload.length === 0) return undefined;
  if (shape.type === 'string') return readUtf8(payload);
  const root = readXml(payload);
  if (root.name !== (member.locationName ?? member.shape)) throw malformedXml('another root element is due');
  return readStructure(model, member.shape, root);
}

async function* asStream(bytes: Uint8Array): Body {
  yield bytes;
}

function readUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ServiceError('InvalidRequest', 400, 'The request body is not valid UTF-8.');
  }
}
