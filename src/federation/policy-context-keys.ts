/**
 * Which condition keys a policy looks at: in conditions, and in policy variables of resources and condition values.
 * Names are as written; two spellings of one key are two (observed on AWS, September 2026).
 */
import { readJson, type JsonNode, type JsonObject } from '../policy/json.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { ProblemCode } from '../policy/problem.ts';
import { variableNames } from '../policy/variable.ts';

/** What a document may lack and still tell its keys (observed on AWS). */
const TOLERATED: ReadonlySet<ProblemCode> = new Set(['missingStatement', 'emptyStatement', 'missingAction']);

/**
 * The keys in order of the document, once each; undefined when the text is no policy. The literals `${*}`, `${?}` and
 * `${$}` are told as `*`, `?` and `$`, as AWS does.
 */
export function contextKeysOf(text: string): readonly string[] | undefined {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'malformed' && !parsed.problems.every(({ code }) => TOLERATED.has(code))) return undefined;
  const json = readJson(text);
  if (json.kind === 'malformed' || json.root.kind !== 'object') return undefined;
  return [...new Set(keysIn(json.root))];
}

function* keysIn(policy: JsonObject): Generator<string> {
  // Documents of the older version, which is that of documents without one, have no variables.
  const version = memberOf(policy, 'Version');
  const hasVariables = version?.kind === 'string' && version.text === '2012-10-17';
  const variablesIn = (node: JsonNode | undefined): readonly string[] =>
    hasVariables ? itemsOf(node).flatMap((item) => ('text' in item ? variableNames(item.text) : [])) : [];
  for (const statement of itemsOf(memberOf(policy, 'Statement'))) {
    yield* variablesIn(memberOf(statement, 'Resource'));
    yield* variablesIn(memberOf(statement, 'NotResource'));
    const condition = memberOf(statement, 'Condition');
    for (const operator of condition?.kind === 'object' ? condition.members : []) {
      for (const { name, value } of operator.value.kind === 'object' ? operator.value.members : []) {
        yield name.text;
        yield* variablesIn(value);
      }
    }
  }
}

function memberOf(node: JsonNode, name: string): JsonNode | undefined {
  return node.kind === 'object' ? node.members.find((member) => member.name.text === name)?.value : undefined;
}

/** One value and a list of one are the same. */
function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  if (node === undefined) return [];
  return node.kind === 'array' ? node.items : [node];
}
