/**
 * An input that breaks its constraints, to be logged: a text that does not fit its member may be a
 * secret that belongs to another one.
 */
import { fits, SHORTEST_SECRET } from './constraints.ts';
import type { ServiceModel } from './model.ts';
import { HIDDEN } from './redact.ts';
import { membersOf, operationOf, shapeOf } from './shape-of.ts';

/** A decoded input with every text that breaks its shape's constraints, and is long enough for a secret, replaced. */
export function hideUnfit(model: ServiceModel, operation: string, input: unknown): unknown {
  const shapeName = operationOf(model, operation).input;
  return shapeName === undefined ? input : hidden(model, shapeName, input);
}

function hidden(model: ServiceModel, shapeName: string, value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length >= SHORTEST_SECRET && !fits(model, shapeName, value) ? HIDDEN : value;
  }
  const shape = shapeOf(model, shapeName);
  if (shape.type === 'list' && Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((item) => hidden(model, shape.member.shape, item));
  }
  if (shape.type === 'structure' && typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      membersOf(shape).map(([name, member]) => [name, hidden(model, member.shape, Reflect.get(value, name))]),
    );
  }
  return value;
}
