/**
 * The models' constraints, and the sentences in which AWS reports what fails them
 * (reference aws-federation 1.4): `N validation errors detected: ` and clauses joined by `; `.
 *
 * A checker is composed once per operation from the tables; a call then only runs it.
 */
import { ServiceError } from '../base/service-error.ts';
import {
  atLeast,
  atMost,
  clause,
  longest,
  matching,
  oneOf,
  quotation,
  rulesOf,
  shortest,
} from './constraint-clauses.ts';
import type { Quotation } from './constraint-clauses.ts';
import { inJavaOrder } from './java-order.ts';
import { javaPattern } from './java-pattern.ts';
import { LIVE_LIMITS } from './live-limits.ts';
import type { LengthLimits } from './live-limits.ts';
import { lowerCamel } from './member-name.ts';
import type { ServiceModel, Shape, StructureShape } from './model.ts';
import { ownSentence } from './own-sentences.ts';
import { operationOf, shapeOf, membersOf } from './shape-of.ts';
import type { WireStructure } from './shape-of.ts';

/** Adds to `findings` what is wrong with `value`, which stands at `path`. */
type Checker = (value: unknown, path: string, findings: Findings) => void;

type ListShape = Extract<Shape, { type: 'list' }>;

interface Findings {
  readonly clauses: string[];
  /** The clauses as the audit log keeps them: what did not fit its member may be a secret that belongs elsewhere. */
  readonly logged: string[];
  /** What the service says in a sentence of its own; then nothing else is said. */
  sentence: string | undefined;
}

/** Clauses of one message: live IAM was seen to find ten things wrong and to stop. */
const MAX_CLAUSES = 10;

/** Characters from which a text may be a secret. */
export const SHORTEST_SECRET = 20;

const compiled = new WeakMap<ServiceModel, Map<string, Checker>>();

/** Throws `ValidationError` 400 with every clause, or the service's own sentence, when the input breaks a constraint of its table. */
export function checkInput(model: ServiceModel, operation: string, input: WireStructure): void {
  const { clauses, logged, sentence } = findingsOf(model, operation, input);
  if (sentence !== undefined) throw new ServiceError('ValidationError', 400, sentence);
  if (clauses.length === 0) return;
  const count = clauses.length === 1 ? '1 validation error' : `${clauses.length} validation errors`;
  const message = (told: readonly string[]): string => `${count} detected: ${told.join('; ')}`;
  throw new ServiceError('ValidationError', 400, message(clauses), { logged: message(logged) });
}

/** Whether a value keeps the constraints of its shape. */
export function fits(model: ServiceModel, shapeName: string, value: unknown): boolean {
  const findings: Findings = { clauses: [], logged: [], sentence: undefined };
  checkerOf(model, shapeName)(value, '', findings);
  return findings.clauses.length === 0;
}

/**
 * The clauses of what is wrong with an operation's decoded input, in the order in which live services
 * walk it, and no more than ten; empty when nothing is. Of a member that breaks both, the pattern comes before the length. Where the
 * service has a sentence of its own, that alone.
 */
export function validationErrors(model: ServiceModel, operation: string, input: WireStructure): readonly string[] {
  const { clauses, sentence } = findingsOf(model, operation, input);
  return sentence === undefined ? clauses : [sentence];
}

function findingsOf(model: ServiceModel, operation: string, input: WireStructure): Findings {
  const shapeName = operationOf(model, operation).input;
  const findings: Findings = { clauses: [], logged: [], sentence: undefined };
  if (shapeName !== undefined) checkerOf(model, shapeName)(input, '', findings);
  return findings;
}

function checkerOf(model: ServiceModel, shapeName: string): Checker {
  let checkers = compiled.get(model);
  if (checkers === undefined) compiled.set(model, (checkers = new Map()));
  const known = checkers.get(shapeName);
  if (known !== undefined) return known;
  let checker: Checker = nothingToCheck;
  // A shape may contain itself: until its checker is made, this stands for it.
  checkers.set(shapeName, (value, path, findings) => checker(value, path, findings));
  checker = makeChecker(model, shapeName);
  checkers.set(shapeName, checker);
  return checker;
}

function makeChecker(model: ServiceModel, shapeName: string): Checker {
  const shape = shapeOf(model, shapeName);
  const quote = quotation(model, shapeName);
  switch (shape.type) {
    case 'structure':
      return structureChecker(model, shape);
    case 'list':
      return isScalar(shapeOf(model, shape.member.shape))
        ? scalarsChecker(shape, quote, checkerOf(model, shape.member.shape), rulesOf(model, shape.member.shape))
        : listChecker(shape, quote, checkerOf(model, shape.member.shape));
    case 'map':
      return mapChecker(shape, checkerOf(model, shape.key.shape), checkerOf(model, shape.value.shape));
    case 'string':
      return stringChecker({ ...shape, ...LIVE_LIMITS[model.service][shapeName] }, quote, model.service);
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return numberChecker(shape, quote);
    case 'blob':
    case 'boolean':
    case 'timestamp':
      return nothingToCheck;
    default:
      return shape satisfies never;
  }
}

const nothingToCheck: Checker = () => undefined;

function structureChecker(model: ServiceModel, shape: StructureShape): Checker {
  const required = new Set(shape.required);
  const members = membersOf(shape).map(([name, member]) => ({
    name,
    printed: lowerCamel(name),
    nothing: required.has(name) ? quotation(model, member.shape)(undefined) : undefined,
    check: checkerOf(model, member.shape),
  }));
  const walked = inJavaOrder(members, ({ printed }) => printed);
  return (value, path, findings) => {
    if (!isStructure(value)) throw new TypeError(`a structure is due at ${path}`);
    for (const { name, printed, nothing, check } of walked) {
      const part = value[name];
      if (part === undefined && nothing === undefined) continue;
      const place = path === '' ? printed : `${path}.${printed}`;
      if (part !== undefined) check(part, place, findings);
      else if (nothing !== undefined) add(findings, nothing, place, 'not be null');
      if (findings.clauses.length >= MAX_CLAUSES) return;
    }
  };
}

/** Each item of structures, lists or maps is checked in its own place: `tags.2.member.key`. */
function listChecker(shape: ListShape, quote: Quotation, checkItem: Checker): Checker {
  return (value, path, findings) => {
    const items = itemsAt(value, path);
    checkLength(items.length, shape, (rule) => add(findings, quote(value), path, rule));
    for (const [index, item] of items.entries()) {
      if (findings.clauses.length >= MAX_CLAUSES) return;
      checkItem(item, `${path}.${index + 1}.member`, findings);
    }
  };
}

/** Of texts and numbers the list as a whole is told, with all rules of its items, when one breaks one or is missing. */
function scalarsChecker(shape: ListShape, quote: Quotation, checkItem: Checker, rules: readonly string[]): Checker {
  const all = (rules.length === 0 ? ['not be null'] : rules).map((rule) => `Member must ${rule}`).join(', ');
  return (value, path, findings) => {
    const items = itemsAt(value, path);
    checkLength(items.length, shape, (rule) => add(findings, quote(value), path, rule));
    const ofItems: Findings = { clauses: [], logged: [], sentence: undefined };
    const bad = items.some((item) => {
      if (item === null) return true;
      checkItem(item, path, ofItems);
      return ofItems.clauses.length > 0;
    });
    if (bad) add(findings, quote(value), path, `satisfy constraint: [${all}]`);
  };
}

function itemsAt(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`a list is due at ${path}`);
  return value;
}

function mapChecker(shape: Extract<Shape, { type: 'map' }>, checkKey: Checker, checkValue: Checker): Checker {
  return (value, path, findings) => {
    if (!isStructure(value)) throw new TypeError(`a map is due at ${path}`);
    const entries = Object.entries(value);
    checkLength(entries.length, shape, (rule) => add(findings, '', path, rule));
    for (const [key, item] of entries) {
      if (findings.clauses.length >= MAX_CLAUSES) return;
      checkKey(key, `${path}.key`, findings);
      checkValue(item, `${path}.${key}.member`, findings);
    }
  };
}

function stringChecker(
  shape: Extract<Shape, { type: 'string' }>,
  quote: Quotation,
  service: ServiceModel['service'],
): Checker {
  const { pattern, enum: values } = shape;
  const matches = pattern === undefined ? undefined : javaPattern(pattern);
  const allowed = values === undefined ? undefined : new Set(values);
  return (value, path, findings) => {
    if (typeof value !== 'string') throw new TypeError(`a string is due at ${path}`);
    const tell = (rule: string): void => add(findings, quote(value), path, rule);
    if (pattern !== undefined && matches?.(value) === false) {
      findings.sentence ??= ownSentence(service, path);
      tell(matching(pattern));
    }
    checkLength(lengthToCompare(value, shape), shape, tell);
    if (values !== undefined && allowed?.has(value) === false) tell(oneOf(values));
  };
}

/** Lengths count Unicode scalar values; UTF-16 units stand in for them where both give the same verdict. */
function lengthToCompare(value: string, limits: LengthLimits): number {
  const { min = 0, max = Infinity } = limits;
  return value.length > max || value.length < 2 * min ? [...value].length : value.length;
}

function checkLength(length: number, limits: LengthLimits, tell: (rule: string) => void): void {
  const { min, max } = limits;
  if (min !== undefined && length < min) tell(shortest(min));
  if (max !== undefined && length > max) tell(longest(max));
}

function numberChecker(limits: LengthLimits, quote: Quotation): Checker {
  const { min, max } = limits;
  return (value, path, findings) => {
    if (typeof value !== 'number') throw new TypeError(`a number is due at ${path}`);
    if (min !== undefined && value < min) add(findings, quote(value), path, atLeast(min));
    if (max !== undefined && value > max) add(findings, quote(value), path, atMost(max));
  };
}

function add({ clauses, logged }: Findings, quoted: string, path: string, rule: string): void {
  if (clauses.length >= MAX_CLAUSES) return;
  clauses.push(clause(quoted, path, rule));
  logged.push(clause(quoted.length > SHORTEST_SECRET ? '' : quoted, path, rule));
}

function isScalar({ type }: Shape): boolean {
  return type !== 'structure' && type !== 'list' && type !== 'map';
}

function isStructure(value: unknown): value is WireStructure {
  return typeof value === 'object' && value !== null;
}
