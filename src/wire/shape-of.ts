/** Looks things up in a service model; what the generator promises is checked here once. */
import type { Member, OperationModel, ServiceModel, Shape, StructureShape } from './model.ts';

/** A structure's members by their model names: what decoders make and validators read. */
export type WireStructure = Readonly<Record<string, unknown>>;

/** The shape of that name. Throws RangeError on a table that refers to a shape it does not have. */
export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape === undefined) throw new RangeError(`the ${model.service} table has no shape ${name}`);
  return shape;
}

/** The structure of that name. Throws RangeError when the table has another kind of shape there. */
export function structureOf(model: ServiceModel, name: string): StructureShape {
  const shape = shapeOf(model, name);
  if (shape.type !== 'structure') throw new RangeError(`${model.service} shape ${name} is not a structure`);
  return shape;
}

/** The operation's row. Throws RangeError for a name that the table does not have: routing comes first. */
export function operationOf(model: ServiceModel, operation: string): OperationModel {
  const row = Object.hasOwn(model.operations, operation) ? model.operations[operation] : undefined;
  if (row === undefined) throw new RangeError(`the ${model.service} table has no operation ${operation}`);
  return row;
}

const memberLists = new WeakMap<StructureShape, readonly (readonly [string, Member])[]>();

/** A structure's members with their names, in the model's order; listed once for each shape. */
export function membersOf(shape: StructureShape): readonly (readonly [string, Member])[] {
  const known = memberLists.get(shape);
  if (known !== undefined) return known;
  const list = Object.entries(shape.members);
  memberLists.set(shape, list);
  return list;
}

/** One member of a structure given by a handler; undefined when it is left out. */
export function memberOf(structure: unknown, name: string): unknown {
  if (typeof structure !== 'object' || structure === null) {
    throw new TypeError(`a structure with the member ${name} is due, not ${typeof structure}`);
  }
  return Object.hasOwn(structure, name) ? Reflect.get(structure, name) : undefined;
}

/** Name of the member's element or parameter. */
export function wireName(name: string, member: Member): string {
  return member.locationName ?? name;
}

/** Whether the list's items stand directly in its parent. The place may say so as well as the shape. */
export function isFlattened(member: Member, shape: Shape): boolean {
  return member.flattened === true || ((shape.type === 'list' || shape.type === 'map') && shape.flattened === true);
}
