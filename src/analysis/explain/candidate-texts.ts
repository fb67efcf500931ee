/**
 * Texts that may make a condition pass or fail: the policy's own values with their variables replaced, what lies next to
 * them in the order or network of their type, and a few that lie elsewhere.
 */
import { readNetwork, readRequestAddress, type Address } from '../../policy/comparisons/address.ts';
import { readDecimal } from '../../policy/comparisons/decimal.ts';
import { readInstant } from '../../policy/comparisons/instant.ts';
import type { RequestContext } from '../../policy/context.ts';
import { parseArn } from '../../base/arn.ts';
import { ANY, STAR, textOf } from '../../policy/glob.ts';
import { readTemplate, resolveTemplate } from '../../policy/variable.ts';
import { numbersBeside } from './numbers-beside.ts';
import type { OperatorFamily } from './operator-family.ts';

/** No request that anybody makes on purpose has a longer value; a variable may stand for as long a text as its caller likes. */
const MAX_LENGTH = 1_024;

/** How a condition's value is read. */
export interface ValueReading {
  readonly family: OperatorFamily;
  readonly context: RequestContext;
  /** The condition's own key: a value that refers to it changes with what is looked for. */
  readonly key: string;
  /** Whether policy variables mean anything in the document. */
  readonly variables: boolean;
}

/** Texts that a value of the policy suggests, the likeliest first. */
export function textsBeside(value: string, reading: ValueReading): readonly string[] {
  switch (reading.family) {
    case 'text':
      return filled(value, reading, false, []);
    case 'pattern':
    case 'arn':
      return [...filled(value, reading, true, [LETTER]), ...filled(value, reading, true, [])];
    case 'number':
      return [value, ...numbersBeside(value)];
    case 'date':
      return [value, ...instantsBeside(value)];
    case 'address':
      return addressesIn(value);
    case 'truth':
    case 'presence':
      return [];
  }
}

/** Texts that lie beside nothing, for a key whose values are to be something else. */
export function textsElsewhere(family: OperatorFamily, actual: readonly string[]): readonly string[] {
  switch (family) {
    case 'text':
    case 'pattern':
      return [...actual.map((text) => `${text}-other`).filter(({ length }) => length <= MAX_LENGTH), 'other', 'else'];
    case 'arn':
      return ['arn:aws:iam::999999999999:role/other', 'arn:aws:s3:::other'];
    case 'number':
      return ['0', '1'];
    case 'date':
      return ['2000-01-01', '2099-01-01'];
    case 'truth':
      return ['true', 'false'];
    case 'address':
      // Of the networks for documentation, which nobody allows or denies by chance.
      return ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1'];
    case 'presence':
      return ['other'];
  }
}

/** Whether the text is of the type that the operator compares: "something else" than a date is a date. */
export function isOfFamily(text: string, family: OperatorFamily): boolean {
  switch (family) {
    case 'number':
      return readDecimal(text) !== undefined;
    case 'date':
      return readInstant(text) !== undefined;
    case 'address':
      return readRequestAddress(text) !== undefined;
    case 'arn':
      return parseArn(text) !== undefined;
    case 'truth':
      return text === 'true' || text === 'false';
    case 'text':
    case 'pattern':
    case 'presence':
      return true;
  }
}

const LETTER = 0x78;

/** The value with variables replaced and every `*` by `run`; empty when it would be too long, or never settle. */
function filled(
  value: string,
  { context, key, variables }: ValueReading,
  wildcards: boolean,
  run: readonly number[],
): readonly string[] {
  if (value.length > 4 * MAX_LENGTH) return [];
  const template = readTemplate(value, { variables, wildcards });
  let length = 0;
  for (const part of template) {
    if (typeof part === 'number') {
      length++;
      continue;
    }
    if (part.key === key) return [];
    length += String(context.get(part.key) ?? '').length;
  }
  const units = length > MAX_LENGTH ? undefined : resolveTemplate(template, context);
  return units === undefined
    ? []
    : [textOf(units.flatMap((unit) => (unit === STAR ? run : unit === ANY ? LETTER : unit)))];
}

/** A second and a day before and after. */
function instantsBeside(value: string): readonly string[] {
  const instant = readInstant(value);
  if (instant === undefined) return [];
  return [-1_000, 1_000, -86_400_000, 86_400_000].map((distance) => writtenInstant(instant + distance));
}

/** A year of more than four digits has no other spelling than seconds since the epoch. */
function writtenInstant(instant: number): string {
  const date = new Date(instant);
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999 ? date.toISOString() : String(Math.trunc(instant / 1000));
}

/** The first and the last address of a network. */
function addressesIn(value: string): readonly string[] {
  const network = readNetwork(value);
  if (network === undefined) return [];
  const { address, prefix } = network;
  const masks = address.map((_, index) => 0xffff >>> Math.min(16, Math.max(0, prefix - index * 16)));
  const first = address.map((group, index) => group & ~(masks[index] ?? 0));
  const last = address.map((group, index) => group | (masks[index] ?? 0));
  return [first, last].map(writtenAddress);
}

function writtenAddress(address: Address): string {
  if (address.length > 2) return address.map((group) => group.toString(16)).join(':');
  return address.flatMap((group) => [group >>> 8, group & 0xff]).join('.');
}
