/** For tests over every operation: arbitrary values of a shape, as a client could send or a handler give them. */
import fc from 'fast-check';
import type { Member, ServiceModel, StructureShape } from './model.ts';
import { shapeOf, structureOf } from './shape-of.ts';

/** Text that XML 1.0 and a form can carry, markup and white space included. */
const text = fc.string({
  unit: fc.oneof(fc.constantFrom(...'<>&"\'\t\n\r +%;'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
  maxLength: 6,
});
/** Text that a header can carry: printable ASCII without blanks at its ends. */
const headerText = fc.string({ unit: fc.constantFrom(...'abzAZ09-_/:=;,"'), minLength: 1, maxLength: 8 });
/** Text of a path: never empty; what servers like to normalise is frequent. */
const pathText = fc.string({
  unit: fc.constantFrom('a', '/', '.', '..', '+', ' ', '%', '?', '#', 'é', '\u{1F600}', '%2F'),
  minLength: 1,
  maxLength: 6,
});
/** Metadata names come back in lower case. */
const headerName = fc.string({ unit: fc.constantFrom(...'abz09-'), minLength: 1, maxLength: 5 });

/** Levels of nesting below which optional members are left out. */
const DEPTH = 5;

/** Structures of that shape, members as decoders make them; payload streams are left out. */
export function arbitraryStructure(model: ServiceModel, shapeName: string, depth = 0): fc.Arbitrary<object> {
  const shape = structureOf(model, shapeName);
  const members = Object.entries(shape.members).filter(([name, member]) => isTested(model, shape, name, member, depth));
  const arbitraries = Object.fromEntries(
    members.map(([name, member]) => {
      // A body that is text is never empty: an empty body is none.
      const isBodyText = name === shape.payload && shapeOf(model, member.shape).type === 'string';
      return [name, isBodyText ? headerText : arbitraryMember(model, member, depth)] as const;
    }),
  );
  const required = members.map(([name]) => name).filter((name) => shape.required?.includes(name));
  // A structure without members is no parameter at all in a form: each gets one.
  const first = members[0]?.[0];
  const requiredKeys = required.length > 0 || first === undefined ? required : [first];
  return fc.record(arbitraries, { requiredKeys, noNullPrototype: true });
}

function isTested(model: ServiceModel, shape: StructureShape, name: string, member: Member, depth: number): boolean {
  const target = shapeOf(model, member.shape);
  if (target.type === 'blob') return false;
  return depth < DEPTH || shape.required?.includes(name) === true || Object.keys(shape.members)[0] === name;
}

function arbitraryMember(model: ServiceModel, member: Member, depth: number): fc.Arbitrary<unknown> {
  const shape = shapeOf(model, member.shape);
  const inHeader = member.location === 'header' || member.location === 'headers';
  switch (shape.type) {
    case 'structure':
      return arbitraryStructure(model, member.shape, depth + 1);
    case 'list': {
      const item: Member = { ...shape.member, ...(inHeader && { location: 'header' }) };
      return fc.array(arbitraryMember(model, item, depth + 1), { minLength: 1, maxLength: 3 });
    }
    case 'map': {
      const key = inHeader ? headerName : (arbitraryMember(model, shape.key, depth + 1) as fc.Arbitrary<string>);
      const value: Member = { ...shape.value, ...(inHeader && { location: 'header' }) };
      return fc.dictionary(key, arbitraryMember(model, value, depth + 1), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      });
    }
    case 'string':
      if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
      if (member.location === 'uri') return member.locationName === 'Bucket' ? fc.constant('a-bucket') : pathText;
      return inHeader || member.xmlAttribute === true ? headerText : text;
    case 'integer':
      return fc.integer();
    case 'long':
      return fc.maxSafeInteger();
    case 'float':
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000));
    case 'blob':
      return fc.uint8Array({ maxLength: 8 });
    default:
      return shape satisfies never;
  }
}
