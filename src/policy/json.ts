/**
 * A JSON reader (RFC 8259) that keeps what `JSON.parse` throws away: where every value stands, the text
 * of numbers, and members that an object names twice. Bounded in length and depth.
 */
import type { Problem, ProblemCode } from './problem.ts';
import type { Position, Span } from './tree.ts';

/** Longest document that any policy API takes (model: `policyDocumentType`, 131,072 characters). */
export const MAX_DOCUMENT_LENGTH = 131_072;
/** The language needs six levels; anything deeper is not a policy. */
export const MAX_DEPTH = 32;

/** A JSON value with its place. */
export type JsonNode = JsonScalar | JsonArray | JsonObject;
/** A value without parts. */
export interface JsonScalar {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  /** The decoded text of a string; else the value as written. */
  readonly text: string;
  readonly span: Span;
}
/** A list. */
export interface JsonArray {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
  readonly span: Span;
}
/** An object, its members in a list so that none hides another. */
export interface JsonObject {
  readonly kind: 'object';
  /** In order of the text, repeated names included. */
  readonly members: readonly JsonMember[];
  readonly span: Span;
}
/** A name and its value. */
export interface JsonMember {
  readonly name: JsonScalar;
  readonly value: JsonNode;
}

/** The root and the members named twice; or the one problem that ended the reading. */
export type JsonResult =
  | { readonly kind: 'json'; readonly root: JsonNode; readonly duplicates: readonly Problem[] }
  | { readonly kind: 'malformed'; readonly problem: Problem };

/** Reads a whole text as one JSON value. */
export function readJson(text: string): JsonResult {
  const reader = new JsonReader(text);
  try {
    return { kind: 'json', root: reader.document(), duplicates: reader.duplicates };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', problem: error.problem };
    throw error;
  }
}

/** Ends the reading from any depth; never leaves this file. */
class Malformed extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** Everything up to the next quote, backslash or control character. */
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const HEX4 = /[0-9a-fA-F]{4}/y;

class JsonReader {
  readonly #text: string;
  readonly duplicates: Problem[] = [];
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonNode {
    if (this.#text.length > MAX_DOCUMENT_LENGTH) {
      throw this.#malformed('tooLong', `The document is longer than ${MAX_DOCUMENT_LENGTH} characters.`);
    }
    this.#skipSpace();
    const root = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#malformed('json', 'There is text after the end of the document.');
    return root;
  }

  #value(): JsonNode {
    const letter = this.#text[this.#at];
    if (letter === '{') return this.#nested(() => this.#object());
    if (letter === '[') return this.#nested(() => this.#array());
    if (letter === '"') return this.#string();
    return this.#word();
  }

  #nested<Node extends JsonNode>(read: () => Node): Node {
    if (++this.#depth > MAX_DEPTH) throw this.#malformed('tooDeep', `Values are nested more than ${MAX_DEPTH} deep.`);
    const node = read();
    this.#depth--;
    return node;
  }

  #object(): JsonObject {
    const start = this.#position();
    const members: JsonMember[] = [];
    const names = new Set<string>();
    this.#at++;
    this.#skipSpace();
    if (this.#take('}')) return { kind: 'object', members, span: this.#spanFrom(start) };
    do {
      this.#skipSpace();
      if (this.#text[this.#at] !== '"') throw this.#malformed('json', 'A member name in double quotes belongs here.');
      const name = this.#string();
      if (names.has(name.text)) this.#noteDuplicate(name);
      names.add(name.text);
      this.#skipSpace();
      if (!this.#take(':')) throw this.#malformed('json', 'A colon belongs here.');
      this.#skipSpace();
      members.push({ name, value: this.#value() });
      this.#skipSpace();
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#malformed('json', 'A comma or the end of the object belongs here.');
    return { kind: 'object', members, span: this.#spanFrom(start) };
  }

  #array(): JsonArray {
    const start = this.#position();
    const items: JsonNode[] = [];
    this.#at++;
    this.#skipSpace();
    if (this.#take(']')) return { kind: 'array', items, span: this.#spanFrom(start) };
    do {
      this.#skipSpace();
      items.push(this.#value());
      this.#skipSpace();
    } while (this.#take(','));
    if (!this.#take(']')) throw this.#malformed('json', 'A comma or the end of the list belongs here.');
    return { kind: 'array', items, span: this.#spanFrom(start) };
  }

  #string(): JsonScalar {
    const start = this.#position();
    this.#at++;
    let text = this.#match(PLAIN);
    while (!this.#take('"')) {
      if (!this.#take('\\')) throw this.#malformed('json', 'The text does not end, or holds a raw control character.');
      text += this.#escape() + this.#match(PLAIN);
    }
    return { kind: 'string', text, span: this.#spanFrom(start) };
  }

  #escape(): string {
    const letter = this.#text[this.#at] ?? '';
    this.#at++;
    if (letter === 'u') {
      const digits = this.#match(HEX4);
      if (digits !== '') return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const plain = ESCAPES[letter];
    if (plain === undefined) throw this.#malformed('json', 'No such escape.');
    return plain;
  }

  #word(): JsonScalar {
    const start = this.#position();
    for (const word of ['true', 'false', 'null'] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return { kind: word === 'null' ? 'null' : 'boolean', text: word, span: this.#spanFrom(start) };
      }
    }
    const text = this.#match(NUMBER);
    if (text === '') throw this.#malformed('json', 'A JSON value belongs here.');
    return { kind: 'number', text, span: this.#spanFrom(start) };
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #take(letter: string): boolean {
    if (this.#text[this.#at] !== letter) return false;
    this.#at++;
    return true;
  }

  /** Line breaks occur only here: a JSON text may not hold a raw one. */
  #skipSpace(): void {
    for (; ; this.#at++) {
      const letter = this.#text[this.#at];
      if (letter === '\n') {
        this.#line++;
        this.#lineStart = this.#at + 1;
      } else if (letter !== ' ' && letter !== '\t' && letter !== '\r') return;
    }
  }

  #noteDuplicate(name: JsonScalar): void {
    const message = `The object names "${name.text}" twice.`;
    this.duplicates.push({ code: 'duplicateMember', message, subject: name.text, at: name.span.start });
  }

  #position(): Position {
    return { line: this.#line, column: this.#at - this.#lineStart + 1, offset: this.#at };
  }

  #spanFrom(start: Position): Span {
    return { start, end: this.#position() };
  }

  #malformed(code: ProblemCode, message: string): Malformed {
    return new Malformed({ code, message, subject: undefined, at: this.#position() });
  }
}
