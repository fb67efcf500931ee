/**
 * A value as the lines of a Query answer: one element a line, two blanks a level, members as a Java map
 * has them, as live STS and IAM print them (recorded bodies of both, in public repositories and in logs
 * of the aws CLI). What a shape's lines are is worked out once.
 */
import { inJavaOrder } from './java-order.ts';
import { lowerCamel } from './member-name.ts';
import type { Member, ServiceModel, Shape, StructureShape } from './model.ts';
import { isFlattened, memberOf, membersOf, shapeOf, wireName } from './shape-of.ts';
import { scalarText } from './xml-shape-write.ts';
import { escapeXml } from './xml-write.ts';

/** The lines of a value, each with its line feed; `margin` is the blanks before the outer ones. */
type Lines = (value: unknown, margin: string) => string;

interface Row {
  readonly name: string;
  readonly member: Member;
  lines: Lines | undefined;
}

const known = new WeakMap<StructureShape, Lines>();

/** The lines of a structure's members, without an element around them. Throws TypeError when a value is not of its shape. */
export function memberLines(model: ServiceModel, shape: StructureShape): Lines {
  let lines = known.get(shape);
  if (lines === undefined) {
    lines = ofMembers(model, shape);
    known.set(shape, lines);
  }
  return lines;
}

function ofMembers(model: ServiceModel, shape: StructureShape): Lines {
  // Made when they are first used: a shape may contain itself.
  const rows = inAnswers(shape).map(([name, member]): Row => ({ name, member, lines: undefined }));
  return (structure, margin) => {
    let text = '';
    for (const row of rows) {
      const value = memberOf(structure, row.name);
      if (value === undefined) continue;
      row.lines ??= ofMember(model, row.member, wireName(row.name, row.member));
      text += row.lines(value, margin);
    }
    return text;
  };
}

/** Of two in one bucket the model's first one comes first, but the provider was seen before the credentials. */
function inAnswers(shape: StructureShape): readonly (readonly [string, Member])[] {
  const members = membersOf(shape).toSorted(([a], [b]) => Number(b === 'Provider') - Number(a === 'Provider'));
  return inJavaOrder(members, ([name]) => lowerCamel(name));
}

function ofMember(model: ServiceModel, member: Member, name: string): Lines {
  const shape = shapeOf(model, member.shape);
  switch (shape.type) {
    case 'structure':
      return around(name, memberLines(model, shape));
    case 'list':
      return ofList(model, shape, isFlattened(member, shape), name);
    case 'map':
      return ofMap(model, shape, isFlattened(member, shape), name);
    default: {
      const open = `<${name}>`;
      const close = `</${name}>\n`;
      return (value, margin) =>
        margin + open + escapeXml(scalarText(model, shape, value, member.timestampFormat)) + close;
    }
  }
}

/** An element around lines; an element without any is `<name/>`. */
function around(name: string, inner: Lines): Lines {
  return (value, margin) => {
    const lines = inner(value, `${margin}  `);
    return lines === '' ? `${margin}<${name}/>\n` : `${margin}<${name}>\n${lines}${margin}</${name}>\n`;
  };
}

function ofList(model: ServiceModel, shape: Extract<Shape, { type: 'list' }>, flattened: boolean, name: string): Lines {
  const item = ofMember(model, shape.member, flattened ? name : (shape.member.locationName ?? 'member'));
  const items: Lines = (value, margin) => {
    if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
    let lines = '';
    for (const one of value) lines += item(one, margin);
    return lines;
  };
  return flattened ? items : around(name, items);
}

function ofMap(model: ServiceModel, shape: Extract<Shape, { type: 'map' }>, flattened: boolean, name: string): Lines {
  const key = ofMember(model, shape.key, shape.key.locationName ?? 'key');
  const part = ofMember(model, shape.value, shape.value.locationName ?? 'value');
  const entry = around(flattened ? name : 'entry', (pair, margin) => {
    if (!Array.isArray(pair)) throw new TypeError(`${name} has no entries`);
    return key(pair[0], margin) + part(pair[1], margin);
  });
  const entries: Lines = (value, margin) => {
    if (typeof value !== 'object' || value === null) throw new TypeError(`${name} is not a map`);
    let lines = '';
    for (const pair of Object.entries(value)) lines += entry(pair, margin);
    return lines;
  };
  return flattened ? entries : around(name, entries);
}
