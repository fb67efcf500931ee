/** Text → tree. Finds everything that keeps a document from being a policy of any kind, with its place. */
import { readJson, type JsonMember, type JsonNode, type JsonObject } from './json.ts';
import { findOperator } from './operators/table.ts';
import type { Problem, ProblemCode } from './problem.ts';
import {
  PRINCIPAL_TYPES,
  type Condition,
  type Effect,
  type ListElement,
  type Located,
  type Policy,
  type PolicyDraft,
  type PolicyVersion,
  type PrincipalElement,
  type PrincipalEntry,
  type PrincipalType,
  type Statement,
  type StatementDraft,
} from './tree.ts';

/** The tree, or every problem in order of the document, with the draft when nothing but actions and effects is wrong. */
export type ParseResult =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | {
      readonly kind: 'malformed';
      readonly problems: readonly Problem[];
      readonly draft: PolicyDraft | undefined;
    };

const POLICY_ELEMENTS = ['Version', 'Id', 'Statement'];
const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/**
 * Reads a policy document. Element names and principal types are case-sensitive; operators are not
 * (reference iam-policy-evaluation 1). Which elements a kind of policy needs or forbids beyond Effect and
 * Action is for `validate.ts`.
 */
export function parsePolicy(text: string): ParseResult {
  const json = readJson(text);
  if (json.kind === 'malformed') return { kind: 'malformed', problems: [json.problem], draft: undefined };
  const problems = [...json.duplicates];
  const draft = new TreeReader(problems).policy(json.root);
  const statements = draft?.statements.filter(isWhole);
  if (draft !== undefined && statements !== undefined && problems.length === 0) {
    return { kind: 'policy', policy: { ...draft, statements } };
  }
  problems.sort((a, b) => a.at.offset - b.at.offset);
  return { kind: 'malformed', problems, draft: problems.every(({ code }) => LATE.has(code)) ? draft : undefined };
}

/** What a {@link PolicyDraft} may lack. */
const LATE: ReadonlySet<ProblemCode> = new Set(['missingAction', 'badEffect']);

/** Of a document without problems every statement is. */
function isWhole(statement: StatementDraft): statement is Statement {
  return statement.effect !== undefined && statement.action !== undefined;
}

/** Walks the JSON once and collects problems as it goes. */
class TreeReader {
  readonly #problems: Problem[];

  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  policy(root: JsonNode): PolicyDraft | undefined {
    if (root.kind !== 'object') return this.#problem('notAnObject', 'A policy is a JSON object.', root);
    this.#refuseUnknown(root, POLICY_ELEMENTS);
    const versionElement = this.#text(member(root, 'Version'));
    const version = versionElement === undefined ? '2008-10-17' : policyVersion(versionElement.text);
    if (version === undefined) {
      this.#problem('badVersion', 'Version is "2012-10-17" or "2008-10-17".', root, versionElement?.text);
    }
    const id = this.#text(member(root, 'Id'));
    const statements = this.#statements(root);
    return version && { version, versionElement, id, statements };
  }

  #statements(root: JsonObject): readonly StatementDraft[] {
    const element = member(root, 'Statement')?.value;
    if (element === undefined) {
      this.#problem('missingStatement', 'The policy has no Statement.', root);
      return [];
    }
    const nodes = element.kind === 'array' ? element.items : [element];
    if (nodes.length === 0) this.#problem('emptyStatement', 'Statement is empty.', element);
    return nodes.flatMap((node, index) => this.#statement(node, index) ?? []);
  }

  #statement(node: JsonNode, index: number): StatementDraft | undefined {
    if (node.kind !== 'object') return this.#problem('wrongType', 'A statement is an object.', node);
    this.#refuseUnknown(node, STATEMENT_ELEMENTS);
    const sid = this.#text(member(node, 'Sid'));
    const effect = this.#effect(node);
    const principal = this.#principal(node);
    const action = this.#list(node, 'Action', 'NotAction');
    if (action === undefined) this.#problem('missingAction', 'The statement has neither Action nor NotAction.', node);
    const resource = this.#list(node, 'Resource', 'NotResource');
    const conditions = this.#conditions(member(node, 'Condition'));
    return { index, span: node.span, sid, effect, principal, action, resource, conditions };
  }

  #effect(statement: JsonObject): Effect | undefined {
    const found = member(statement, 'Effect');
    if (found === undefined) return this.#problem('missingEffect', 'The statement has no Effect.', statement);
    const text = this.#text(found)?.text;
    if (text === 'Allow' || text === 'Deny' || text === undefined) return text;
    return this.#problem('badEffect', 'Effect is "Allow" or "Deny".', found.value, text);
  }

  #principal(statement: JsonObject): PrincipalElement | undefined {
    const found = this.#oneOf(statement, 'Principal', 'NotPrincipal');
    if (found === undefined) return undefined;
    const { value } = found;
    const negated = found.name.text === 'NotPrincipal';
    if (value.kind === 'string' && value.text === '*') {
      return { negated, span: value.span, everyone: true, entries: [] };
    }
    if (value.kind !== 'object') {
      return this.#problem('badPrincipal', 'A principal is "*" or an object.', value, found.name.text);
    }
    const entries = value.members.flatMap((entry) => this.#principalEntry(entry) ?? []);
    return { negated, span: value.span, everyone: false, entries };
  }

  #principalEntry({ name, value }: JsonMember): PrincipalEntry | undefined {
    const type = principalType(name.text);
    if (type === undefined) {
      return this.#problem('unknownPrincipalType', `There is no principal type "${name.text}".`, name, name.text);
    }
    return { type, values: this.#texts(value), list: value.kind === 'array' };
  }

  #list(statement: JsonObject, plain: string, negative: string): ListElement | undefined {
    const found = this.#oneOf(statement, plain, negative);
    if (found === undefined) return undefined;
    return { negated: found.name.text === negative, span: found.value.span, items: this.#texts(found.value) };
  }

  #oneOf(statement: JsonObject, plain: string, negative: string): JsonMember | undefined {
    const found = member(statement, plain);
    const opposite = member(statement, negative);
    if (found !== undefined && opposite !== undefined) {
      this.#problem('exclusiveElements', `A statement has ${plain} or ${negative}, not both.`, opposite.name, negative);
    }
    return found ?? opposite;
  }

  #conditions(found: JsonMember | undefined): readonly Condition[] {
    if (found === undefined) return [];
    if (found.value.kind !== 'object') {
      this.#problem('wrongType', 'Condition is an object.', found.value, 'Condition');
      return [];
    }
    return found.value.members.flatMap(({ name, value }) => {
      if (findOperator(name.text) === undefined) {
        this.#problem('unknownOperator', `There is no condition operator "${name.text}".`, name, name.text);
      }
      if (value.kind !== 'object') {
        return this.#problem('wrongType', 'An operator holds an object of keys.', value, name.text) ?? [];
      }
      const operator = { text: name.text, span: name.span };
      return value.members.map((entry) => ({
        operator,
        key: { text: entry.name.text, span: entry.name.span },
        values: this.#texts(entry.value, true),
      }));
    });
  }

  #text(found: JsonMember | undefined): Located | undefined {
    if (found === undefined) return undefined;
    if (found.value.kind === 'string') return { text: found.value.text, span: found.value.span };
    return this.#problem('wrongType', `${found.name.text} is a text.`, found.value, found.name.text);
  }

  /** @param scalars whether numbers and booleans may stand for their text, as in conditions */
  #texts(node: JsonNode, scalars = false): readonly Located[] {
    const items = node.kind === 'array' ? node.items : [node];
    return items.flatMap((item) => {
      if (item.kind === 'string' || (scalars && (item.kind === 'number' || item.kind === 'boolean'))) {
        return { text: item.text, span: item.span };
      }
      return this.#problem('wrongType', 'A text belongs here.', item) ?? [];
    });
  }

  #refuseUnknown(object: JsonObject, known: readonly string[]): void {
    for (const { name } of object.members) {
      if (known.includes(name.text)) continue;
      this.#problem('unknownElement', `There is no element "${name.text}" here.`, name, name.text);
    }
  }

  /** Notes a problem; the answer stands for "no value" at the place of the call. */
  #problem(code: ProblemCode, message: string, at: JsonNode, subject?: string): undefined {
    this.#problems.push({ code, message, subject, at: at.span.start });
  }
}

function member(object: JsonObject, name: string): JsonMember | undefined {
  return object.members.find((entry) => entry.name.text === name);
}

function policyVersion(text: string): PolicyVersion | undefined {
  return text === '2012-10-17' || text === '2008-10-17' ? text : undefined;
}

function principalType(text: string): PrincipalType | undefined {
  return PRINCIPAL_TYPES.find((type) => type === text);
}
