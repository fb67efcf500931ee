/**
 * The parameters of an AWS Query call as a tree, by the dots in their names, and the items of a list
 * in it by their numbers. What numbers AWS takes, and its words for others, were seen on IAM in
 * September 2026.
 */
import { ServiceError } from '../base/service-error.ts';
import type { QueryParameters } from './form.ts';

/** A name may have both a value and parts. */
export interface ParameterNode {
  value?: string;
  parts?: Map<string, ParameterNode>;
}

/** Dots in a parameter name beyond which no table reaches: such a parameter is an unknown one. */
const MAX_DEPTH = 12;
/** Items of one list or map; the longest of the models is bounded by 1,000. */
const MAX_ITEMS = 5_000;
/** Items that a list may leave out before the next one that was sent. */
const MAX_SKIPPED = 10;

const NUMBER = /^[0-9]{1,9}$/;

/** The tree; `Tags.member.01` and `Tags.member.1` are one node. */
export function parameterTree(parameters: QueryParameters): ParameterNode {
  const root: ParameterNode = { parts: new Map() };
  for (const [name, value] of parameters) {
    const segments = name.includes('.') ? name.split('.', MAX_DEPTH + 1) : [name];
    if (segments.length > MAX_DEPTH) continue;
    let node = root;
    for (const segment of segments) {
      const parts = (node.parts ??= new Map<string, ParameterNode>());
      const key = segment.startsWith('0') && NUMBER.test(segment) ? String(Number(segment)) : segment;
      const known = parts.get(key);
      node = known ?? {};
      if (known === undefined) parts.set(key, node);
    }
    node.value ??= value;
  }
  return root;
}

/**
 * The items of a list: the parts of its node in order of their numbers, undefined where one was left
 * out. Parts that have no number are one item that has parts, as AWS takes them.
 *
 * Throws `MalformedInput` for the number 0, a name that begins with a minus sign, a number right below
 * a number, and a list that leaves out too much or is too long.
 */
export function itemsOf(list: ParameterNode): readonly (ParameterNode | undefined)[] {
  const parts = list.parts ?? new Map<string, ParameterNode>();
  if (parts.size > MAX_ITEMS) throw malformedInput('', 'a list has too many items');
  const numbered: (readonly [number, ParameterNode])[] = [];
  for (const [name, part] of parts) {
    if (name.startsWith('-'))
      throw malformedInput(`Key ${name.slice(0, 64)} may not have a leading '-'`, 'a list item');
    if (!NUMBER.test(name)) continue;
    if (Number(name) === 0) throw malformedInput('0 is not a valid index', 'a list item has the number 0');
    if (hasNumberedPart(part)) throw malformedInput('Two index elements may not occur back to back', 'a list item');
    numbered.push([Number(name), part]);
  }
  if (numbered.length === 0) return [{ parts }];
  if (numbered.length < parts.size) throw malformedInput('', 'only some items of a list have numbers');
  return inPlace(numbered.sort(([a], [b]) => a - b));
}

function inPlace(numbered: readonly (readonly [number, ParameterNode])[]): readonly (ParameterNode | undefined)[] {
  const items: (ParameterNode | undefined)[] = [];
  for (const [position, part] of numbered) {
    // An empty list counts as one long: number 11 may be the first, 12 may not.
    const skipped = position - Math.max(items.length, 1);
    if (skipped > MAX_SKIPPED) {
      throw malformedInput(
        `Excessively sparse input would skip ${skipped} list elements`,
        'a list has too large a gap',
      );
    }
    while (items.length < position - 1) items.push(undefined);
    items.push(part);
  }
  if (items.length > MAX_ITEMS) throw malformedInput('', 'a list has too many items');
  return items;
}

function hasNumberedPart({ parts }: ParameterNode): boolean {
  if (parts === undefined) return false;
  for (const name of parts.keys()) if (NUMBER.test(name)) return true;
  return false;
}

/** 400. @param message AWS's; most have none */
export function malformedInput(message: string, reason: string): ServiceError {
  return new ServiceError('MalformedInput', 400, message, { reason });
}
