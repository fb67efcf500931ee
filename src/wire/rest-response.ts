/** REST-XML answers: an operation's output as status, headers and body by its table; S3's error document. */
import type { ServiceError } from '../base/service-error.ts';
import type { Body } from './body.ts';
import type { Member, ServiceModel, StructureShape } from './model.ts';
import { S3_ROOT_ELEMENTS } from './s3-root-elements.ts';
import { memberOf, operationOf, shapeOf, structureOf, membersOf } from './shape-of.ts';
import { membersXml, scalarText, structureXml } from './xml-shape-write.ts';
import { XML_DECLARATION, element, escapeXml, parsableText, textElement } from './xml-write.ts';

type Header = readonly [name: string, value: string];

/** An answer, encoded. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  /** Text to be sent as UTF-8, a stream, or nothing. */
  readonly body: string | Body | undefined;
}

/** What an S3 error document says beside the error. */
export interface RestErrorFacts {
  readonly requestId: string;
  readonly hostId: string;
  /** An answer to HEAD has no body. */
  readonly method: string;
}

const XML: Header = ['content-type', 'application/xml'];

/**
 * The answer of a call that succeeded.
 *
 * Headers come in the order of the model, names as the model spells them; a body's
 * `content-type` comes first. Throws TypeError when the output is not of its shapes.
 */
export function encodeRest(model: ServiceModel, operation: string, output: unknown): RestAnswer {
  const row = operationOf(model, operation);
  const status = row.http.responseCode ?? 200;
  if (row.output === undefined) return { status, headers: [], body: undefined };
  const shape = structureOf(model, row.output);
  const headers = headerMembers(model, shape, output);
  if (row.http.method === 'HEAD') return { status, headers, body: undefined };
  if (shape.payload !== undefined) return { status, ...payloadBody(model, shape, shape.payload, output, headers) };
  const root = S3_ROOT_ELEMENTS.get(operation);
  if (root === undefined) return { status, headers, body: undefined };
  const body = root === 'LocationConstraint' ? locationXml(model, output) : documentXml(model, shape, root, output);
  return { status, headers: [XML, ...headers], body: XML_DECLARATION + body };
}

/** The answer of a refused call: `<Error>` with code, message, the error's details, and the ids. Live S3 prints no `Resource`. */
export function encodeRestError(error: ServiceError, facts: RestErrorFacts): RestAnswer {
  const headers = Object.entries(error.headers);
  if (facts.method === 'HEAD' || error.status === 304) return { status: error.status, headers, body: undefined };
  const details = Object.entries(error.details).map(([name, value]) => textElement(name, parsableText(value)));
  const content = [
    textElement('Code', error.code),
    error.message === '' ? '' : textElement('Message', parsableText(error.message)),
    ...details,
    textElement('RequestId', facts.requestId),
    textElement('HostId', facts.hostId),
  ];
  return {
    status: error.status,
    headers: [XML, ...headers],
    body: XML_DECLARATION + element('Error', content.join('')),
  };
}

function documentXml(model: ServiceModel, shape: StructureShape, root: string, output: unknown): string {
  return element(root, membersXml(model, shape, output), namespaceOf(model));
}

/** The one answer whose root is the value itself; empty for us-east-1. */
function locationXml(model: ServiceModel, output: unknown): string {
  const region = memberOf(output, 'LocationConstraint');
  return element('LocationConstraint', typeof region === 'string' ? escapeXml(region) : '', namespaceOf(model));
}

function namespaceOf(model: ServiceModel): string {
  return ` xmlns="${model.xmlNamespace}"`;
}

function payloadBody(
  model: ServiceModel,
  shape: StructureShape,
  payload: string,
  output: unknown,
  headers: readonly Header[],
): { readonly headers: readonly Header[]; readonly body: string | Body | undefined } {
  const member = shape.members[payload];
  const value = memberOf(output, payload);
  if (member === undefined || value === undefined) return { headers, body: undefined };
  if (isBody(value)) return { headers, body: value };
  // The only text among S3's payloads is the bucket policy, which is JSON.
  if (typeof value === 'string') return { headers: [['content-type', 'application/json'], ...headers], body: value };
  const place = { xmlNamespace: { uri: model.xmlNamespace } };
  const root = member.locationName ?? member.shape;
  const xml = structureXml(model, structureOf(model, member.shape), place, root, value);
  return { headers: [XML, ...headers], body: XML_DECLARATION + xml };
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function headerMembers(model: ServiceModel, shape: StructureShape, output: unknown): readonly Header[] {
  const headers: Header[] = [];
  for (const [name, member] of membersOf(shape)) {
    if (member.location !== 'header' && member.location !== 'headers') continue;
    const value = memberOf(output, name);
    if (value === undefined) continue;
    const wireName = member.locationName ?? name;
    if (member.location === 'header') headers.push([wireName, headerText(model, member, value)]);
    else headers.push(...prefixedHeaders(wireName, value));
  }
  return headers;
}

function headerText(model: ServiceModel, member: Member, value: unknown): string {
  const shape = shapeOf(model, member.shape);
  // In headers a time is an HTTP date unless the model says otherwise.
  const format = shape.type === 'timestamp' ? (member.timestampFormat ?? shape.timestampFormat ?? 'rfc822') : undefined;
  return scalarText(model, shape, value, format);
}

function prefixedHeaders(prefix: string, value: unknown): readonly Header[] {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${prefix} is not a map`);
  return Object.entries(value).map(([name, text]): Header => [prefix + name, String(text)]);
}
