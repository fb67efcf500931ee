/**
 * AWS Query requests: flat parameters (`Tags.member.1.Key`) read into an operation's typed input by
 * the service's table. Unknown parameters are ignored, as AWS does (reference aws-federation 1.1).
 */
import { Buffer } from 'node:buffer';
import { ServiceError } from '../base/service-error.ts';
import type { QueryParameters } from './form.ts';
import type { Member, OperationModel, ServiceModel, Shape, StructureShape } from './model.ts';
import { itemsOf, malformedInput, parameterTree } from './parameter-tree.ts';
import type { ParameterNode } from './parameter-tree.ts';
import { HIDDEN } from './redact.ts';
import { readDecimal, readInteger, readTimestamp } from './scalar-text.ts';
import { isFlattened, shapeOf, structureOf, wireName, membersOf } from './shape-of.ts';
import type { WireStructure } from './shape-of.ts';

/** A query call, decoded but not yet validated. */
export interface QueryCall {
  /** Key of the operation table. */
  readonly action: string;
  readonly version: string;
  /** Input by member names; members that were not sent are not there. */
  readonly input: WireStructure;
}

/** As IAM takes them, in no other spelling (seen in September 2026). */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Characters of an unknown action or version that its refusal, and the log, repeat. */
const MAX_ECHO = 512;

/**
 * Reads a call's parameters.
 *
 * Throws the dispatch errors `MissingAction` and `InvalidAction`, and `MalformedInput` for a number,
 * boolean or time that is not one.
 */
export function decodeQuery(model: ServiceModel, parameters: QueryParameters): QueryCall {
  const { action, operation } = findOperation(model, parameters);
  const input = operation.input === undefined ? {} : decodeInput(model, operation.input, parameters);
  return { action, version: model.apiVersion, input };
}

/** The operation that `Action` and `Version` name. Throws `MissingAction` or `InvalidAction`. */
export function findOperation(
  model: ServiceModel,
  parameters: QueryParameters,
): { readonly action: string; readonly operation: OperationModel } {
  const action = parameters.get('Action');
  if (action === undefined) {
    const message = 'The request is missing an action or a required parameter.';
    throw new ServiceError('MissingAction', 400, message);
  }
  const version = parameters.get('Version');
  const operation = Object.hasOwn(model.operations, action) ? model.operations[action] : undefined;
  if (operation === undefined || version !== model.apiVersion) {
    const printed = (version ?? 'NO_VERSION_SPECIFIED').slice(0, MAX_ECHO);
    const message = `Could not find operation ${action.slice(0, MAX_ECHO)} for version ${printed}`;
    const logged = `Could not find operation ${loggedName(action)} for version ${loggedName(version ?? 'NO_VERSION_SPECIFIED')}`;
    throw new ServiceError('InvalidAction', 400, message, { logged });
  }
  return { action, operation };
}

/** A name as the audit log keeps it: whatever else was sent in its place may be a secret. */
function loggedName(text: string): string {
  return /^[\w-]{0,64}$/.test(text) ? text : HIDDEN;
}

function decodeInput(model: ServiceModel, shapeName: string, parameters: QueryParameters): WireStructure {
  return readStructure(model, structureOf(model, shapeName), parameterTree(parameters));
}

function readStructure(model: ServiceModel, shape: StructureShape, node: ParameterNode): WireStructure {
  const structure: Record<string, unknown> = {};
  for (const [name, member] of membersOf(shape)) {
    const part = node.parts?.get(wireName(name, member));
    if (part === undefined) continue;
    const value = readValue(model, member, part);
    if (value !== undefined) structure[name] = value;
  }
  return structure;
}

function readValue(model: ServiceModel, member: Member, node: ParameterNode): unknown {
  const shape = shapeOf(model, member.shape);
  switch (shape.type) {
    case 'structure':
      return node.parts === undefined ? undefined : readStructure(model, shape, node);
    case 'list':
      return readList(model, shape.member, isFlattened(member, shape), node);
    case 'map':
      return readMap(model, shape, isFlattened(member, shape), node);
    default:
      return node.value === undefined ? undefined : readScalar(shape, node.value);
  }
}

function readList(model: ServiceModel, item: Member, flattened: boolean, node: ParameterNode): unknown {
  // `Tags=` without items is how clients send an empty list.
  const list = flattened ? node : node.parts?.get(item.locationName ?? 'member');
  if (list?.parts === undefined) return node.value === '' ? [] : undefined;
  const { type } = shapeOf(model, item.shape);
  return itemsOf(list).map((part) => {
    // What is left out is a structure without members, or null: the constraints say what that lacks.
    if (type === 'structure') return part === undefined ? {} : (readValue(model, item, part) ?? {});
    if (part?.parts !== undefined && part.value === undefined && type !== 'list' && type !== 'map') {
      throw malformedInput('Start of list found where not expected', 'a list item is no plain value');
    }
    return part === undefined ? null : (readValue(model, item, part) ?? null);
  });
}

function readMap(
  model: ServiceModel,
  shape: Extract<Shape, { type: 'map' }>,
  flattened: boolean,
  node: ParameterNode,
): unknown {
  const entries = flattened ? node : node.parts?.get('entry');
  if (entries?.parts === undefined) return undefined;
  const map = new Map<string, unknown>();
  for (const entry of itemsOf(entries)) {
    const key = entry?.parts?.get(shape.key.locationName ?? 'key')?.value;
    const part = entry?.parts?.get(shape.value.locationName ?? 'value');
    if (key !== undefined && part !== undefined && !map.has(key)) map.set(key, readValue(model, shape.value, part));
  }
  return Object.fromEntries(map);
}

function readScalar(
  shape: Exclude<Shape, { type: 'structure' | 'list' | 'map' }>,
  text: string,
): string | number | boolean | Date | Uint8Array {
  switch (shape.type) {
    case 'string':
      return text;
    case 'integer':
    case 'long':
      // Of plain values the one with a message (reference aws-federation 1.3).
      if (text === '') throw malformedInput('missing value for decimal type', 'an integer is empty');
      return readInteger(text, shape.type === 'integer' ? 32 : 64) ?? refuse('a number');
    case 'float':
    case 'double':
      return readDecimal(text) ?? refuse('a number');
    case 'boolean':
      return BOOLEANS.get(text) ?? refuse('a boolean');
    case 'timestamp':
      return readTimestamp(text) ?? refuse('a time');
    case 'blob':
      return Buffer.from(text, 'base64');
    default:
      return shape satisfies never;
  }
}

function refuse(due: string): never {
  throw malformedInput('', `a parameter is not ${due}`);
}
