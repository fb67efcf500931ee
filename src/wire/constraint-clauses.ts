/**
 * One clause of a validation message, in AWS's words (reference aws-federation 1.4):
 * `Value 'a:b' at 'roleSessionName' failed to satisfy constraint: Member must …`.
 */
import { inEnumOrder } from './java-order.ts';
import { lowerCamel } from './member-name.ts';
import type { ServiceModel, Shape } from './model.ts';
import { membersOf, shapeOf } from './shape-of.ts';
import { LIVE_LIMITS } from './live-limits.ts';

/**
 * Characters beyond which a value is not quoted. Live STS was seen to quote 2,049; that long ones are
 * left out is known (reference aws-federation 1.4), from where on is not.
 */
const MAX_QUOTED = 4_096;

/**
 * What is said of one member.
 *
 * @param quoted the value as {@link quotation} gives it
 */
export function clause(quoted: string, path: string, rule: string): string {
  return `Value ${quoted}at '${path}' failed to satisfy constraint: Member must ${rule}`;
}

/** A value as clauses quote it, with the blank after it; nothing when it is a secret, too long, or the service quotes none. */
export type Quotation = (value: unknown) => string;

/** Shapes that IAM quotes: what names a policy to be left out of a simulation (seen in September 2026). */
const QUOTED_BY_IAM = new Set([
  'PolicyIdentifierPolicyType',
  'InlinePolicyIdentifierName',
  'AttachmentName',
  'AttachmentType',
]);

/** How values of that shape are quoted. IAM quotes hardly any, whatever they are: seen of every kind of member in September 2026. */
export function quotation(model: ServiceModel, shapeName: string): Quotation {
  if ((model.service === 'iam' && !QUOTED_BY_IAM.has(shapeName)) || !isQuotable(model, shapeName, new Set()))
    return () => '';
  return (value) => {
    if (value === undefined) return 'null ';
    const text = javaText(model, shapeName, value);
    return text.length > MAX_QUOTED ? '' : `'${text}' `;
  };
}

/** The rules of a shape, each as it reads after `Member must `: of items a list's clause prints all, kept or not. */
export function rulesOf(model: ServiceModel, shapeName: string): readonly string[] {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'string': {
      const { min, max } = { ...shape, ...LIVE_LIMITS[model.service][shapeName] };
      return [
        ...(max === undefined ? [] : [longest(max)]),
        ...(min === undefined ? [] : [shortest(min)]),
        ...(shape.pattern === undefined ? [] : [matching(shape.pattern)]),
        ...(shape.enum === undefined ? [] : [oneOf(shape.enum)]),
      ];
    }
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return [
        ...(shape.max === undefined ? [] : [atMost(shape.max)]),
        ...(shape.min === undefined ? [] : [atLeast(shape.min)]),
      ];
    case 'boolean':
    case 'timestamp':
    case 'blob':
    case 'structure':
    case 'list':
    case 'map':
      return [];
    default:
      return shape satisfies never;
  }
}

/** Of texts and lists. */
export function longest(max: number): string {
  return `have length less than or equal to ${max}`;
}

/** Of texts and lists. */
export function shortest(min: number): string {
  return `have length greater than or equal to ${min}`;
}

/** Of numbers. */
export function atMost(max: number): string {
  return `have value less than or equal to ${max}`;
}

/** Of numbers. */
export function atLeast(min: number): string {
  return `have value greater than or equal to ${min}`;
}

/** The pattern is printed as the model has it. */
export function matching(pattern: string): string {
  return `satisfy regular expression pattern: ${pattern}`;
}

/** The values are printed in the order in which live services print them. */
export function oneOf(values: readonly string[]): string {
  return `satisfy enum value set: [${inEnumOrder(values).join(', ')}]`;
}

/** Whether the shape holds no secret at any depth. */
function isQuotable(model: ServiceModel, shapeName: string, seen: Set<string>): boolean {
  if (seen.has(shapeName)) return true;
  seen.add(shapeName);
  const shape: Shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure':
      return membersOf(shape).every(([, member]) => isQuotable(model, member.shape, seen));
    case 'list':
      return isQuotable(model, shape.member.shape, seen);
    case 'string':
      return shape.sensitive !== true;
    case 'map':
    case 'blob':
      return false;
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'boolean':
    case 'timestamp':
      return true;
    default:
      return shape satisfies never;
  }
}

/** As Java prints it: `[a, b]`, `[Tag(key=a, value=b)]` (seen on STS). Stops when nobody will quote it any more. */
function javaText(model: ServiceModel, shapeName: string, value: unknown): string {
  if (value === undefined || value === null) return 'null';
  const shape = shapeOf(model, shapeName);
  if (shape.type === 'list' && Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const texts: string[] = [];
    for (let i = 0, length = 0; i < items.length && length <= MAX_QUOTED; i++) {
      const text = javaText(model, shape.member.shape, items[i]);
      length += text.length + 2;
      texts.push(text);
    }
    return `[${texts.join(', ')}]`;
  }
  if (shape.type === 'structure' && typeof value === 'object') {
    const parts = membersOf(shape).map(
      ([name, member]) => `${lowerCamel(name)}=${javaText(model, member.shape, Reflect.get(value, name))}`,
    );
    return `${shapeName}(${parts.join(', ')})`;
  }
  return value instanceof Date ? value.toISOString() : String(value);
}
