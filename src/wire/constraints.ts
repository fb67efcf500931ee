/**
 * The models' constraints, and the sentences in which AWS reports what fails them
 * (reference aws-federation 1.4): `N validation errors detected: ` and clauses joined by `; `.
 *
 * A checker is composed once per operation from the tables; a call then only runs it.
 */
import { ServiceError } from '../base/service-error.ts';
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

interface Findings {
  readonly clauses: string[];
  /** What the service says in a sentence of its own; then nothing else is said. */
  sentence: string | undefined;
}

/**
 * Characters beyond which a value is not quoted. Live STS was seen to quote 2,049; that long ones are
 * left out is known (reference aws-federation 1.4), from where on is not.
 */
const MAX_QUOTED = 4_096;

/** Clauses beyond which checking stops: a list of thousands of bad items fills no answer. */
const MAX_CLAUSES = 100;

const compiled = new WeakMap<ServiceModel, Map<string, Checker>>();

/** Throws `ValidationError` 400 with every clause, or the service's own sentence, when the input breaks a constraint of its table. */
export function checkInput(model: ServiceModel, operation: string, input: WireStructure): void {
  const { clauses, sentence } = findingsOf(model, operation, input);
  if (sentence !== undefined) throw new ServiceError('ValidationError', 400, sentence);
  if (clauses.length === 0) return;
  const count = clauses.length === 1 ? '1 validation error' : `${clauses.length} validation errors`;
  throw new ServiceError('ValidationError', 400, `${count} detected: ${clauses.join('; ')}`);
}

/**
 * The clauses of what is wrong with an operation's decoded input, in the order of the model; empty
 * when nothing is. Of a member that breaks both, the pattern comes before the length. Where the
 * service has a sentence of its own, that alone.
 */
export function validationErrors(model: ServiceModel, operation: string, input: WireStructure): readonly string[] {
  const { clauses, sentence } = findingsOf(model, operation, input);
  return sentence === undefined ? clauses : [sentence];
}

function findingsOf(model: ServiceModel, operation: string, input: WireStructure): Findings {
  const shapeName = operationOf(model, operation).input;
  const findings: Findings = { clauses: [], sentence: undefined };
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
  switch (shape.type) {
    case 'structure':
      return structureChecker(model, shape);
    case 'list':
      return listChecker(shape, checkerOf(model, shape.member.shape));
    case 'map':
      return mapChecker(shape, checkerOf(model, shape.key.shape), checkerOf(model, shape.value.shape));
    case 'string':
      return stringChecker({ ...shape, ...LIVE_LIMITS[model.service][shapeName] }, model.service);
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return numberChecker(shape);
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
    absent: required.has(name) ? absentClause(shapeOf(model, member.shape)) : undefined,
    check: checkerOf(model, member.shape),
  }));
  return (value, path, findings) => {
    if (!isStructure(value)) throw new TypeError(`a structure is due at ${path}`);
    for (const { name, printed, absent, check } of members) {
      if (findings.clauses.length >= MAX_CLAUSES) return;
      const part = value[name];
      if (part !== undefined) check(part, path === '' ? printed : `${path}.${printed}`, findings);
      else if (absent !== undefined) findings.clauses.push(absent(path === '' ? printed : `${path}.${printed}`));
    }
  };
}

/** Live STS prints `Value null at`; of a secret it prints no value at all, not even that it is null. */
function absentClause(shape: Shape): (path: string) => string {
  const value = isSensitive(shape) ? '' : 'null ';
  return (path) => `Value ${value}at '${path}' failed to satisfy constraint: Member must not be null`;
}

function listChecker(shape: Extract<Shape, { type: 'list' }>, checkItem: Checker): Checker {
  return (value, path, findings) => {
    const { clauses } = findings;
    if (!Array.isArray(value)) throw new TypeError(`a list is due at ${path}`);
    const items: readonly unknown[] = value;
    checkLength(items.length, shape, (rule) => clauses.push(clause(undefined, path, rule)));
    for (const [index, item] of items.entries()) {
      if (clauses.length >= MAX_CLAUSES) return;
      checkItem(item, `${path}.${index + 1}.member`, findings);
    }
  };
}

function mapChecker(shape: Extract<Shape, { type: 'map' }>, checkKey: Checker, checkValue: Checker): Checker {
  return (value, path, findings) => {
    const { clauses } = findings;
    if (!isStructure(value)) throw new TypeError(`a map is due at ${path}`);
    const entries = Object.entries(value);
    checkLength(entries.length, shape, (rule) => clauses.push(clause(undefined, path, rule)));
    for (const [key, item] of entries) {
      if (clauses.length >= MAX_CLAUSES) return;
      checkKey(key, `${path}.key`, findings);
      checkValue(item, `${path}.${key}.member`, findings);
    }
  };
}

function stringChecker(shape: Extract<Shape, { type: 'string' }>, service: ServiceModel['service']): Checker {
  const { pattern, enum: values } = shape;
  const matches = pattern === undefined ? undefined : javaPattern(pattern);
  const allowed = values === undefined ? undefined : new Set(values);
  return (value, path, findings) => {
    if (typeof value !== 'string') throw new TypeError(`a string is due at ${path}`);
    const add = (rule: string): void => {
      findings.clauses.push(clause(shape.sensitive ? undefined : value, path, rule));
    };
    if (matches?.(value) === false) {
      findings.sentence ??= ownSentence(service, path);
      add(`satisfy regular expression pattern: ${pattern}`);
    }
    checkLength(lengthToCompare(value, shape), shape, add);
    if (allowed?.has(value) === false) add(`satisfy enum value set: [${values?.join(', ')}]`);
  };
}

/** Lengths count Unicode scalar values; UTF-16 units stand in for them where both give the same verdict. */
function lengthToCompare(value: string, limits: LengthLimits): number {
  const { min = 0, max = Infinity } = limits;
  return value.length > max || value.length < 2 * min ? [...value].length : value.length;
}

function checkLength(length: number, limits: LengthLimits, add: (rule: string) => void): void {
  const { min, max } = limits;
  if (min !== undefined && length < min) add(`have length greater than or equal to ${min}`);
  if (max !== undefined && length > max) add(`have length less than or equal to ${max}`);
}

function numberChecker(limits: LengthLimits): Checker {
  const { min, max } = limits;
  return (value, path, { clauses }) => {
    if (typeof value !== 'number') throw new TypeError(`a number is due at ${path}`);
    if (min !== undefined && value < min) {
      clauses.push(clause(String(value), path, `have value greater than or equal to ${min}`));
    }
    if (max !== undefined && value > max) {
      clauses.push(clause(String(value), path, `have value less than or equal to ${max}`));
    }
  };
}

/** @param value left out when it is a secret, a list, a map or too long */
function clause(value: string | undefined, path: string, rule: string): string {
  const quoted = value === undefined || value.length > MAX_QUOTED ? '' : `'${value}' `;
  return `Value ${quoted}at '${path}' failed to satisfy constraint: Member must ${rule}`;
}

function isSensitive(shape: Shape): boolean {
  return shape.type === 'string' && shape.sensitive === true;
}

function isStructure(value: unknown): value is WireStructure {
  return typeof value === 'object' && value !== null;
}
