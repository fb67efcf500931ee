/**
 * Which condition keys a policy looks at: in conditions, and in policy variables of resources and condition values.
 * Names are as written; two spellings of one key are two (observed on AWS, September 2026).
 */
import { parsePolicy } from '../policy/parse.ts';
import type { ProblemCode } from '../policy/problem.ts';
import type { ListElement, PolicyDraft } from '../policy/tree.ts';
import { variableNames } from '../policy/variable.ts';

/** What a document may lack and still tell its keys (observed on AWS). */
const TOLERATED: ReadonlySet<ProblemCode> = new Set(['missingStatement', 'emptyStatement', 'missingAction']);

/**
 * The keys in order of the document, once each; undefined when the text is no policy. The literals `${*}`, `${?}` and
 * `${$}` are told as `*`, `?` and `$`, as AWS does.
 */
export function contextKeysOf(text: string): readonly string[] | undefined {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'policy') return contextKeysIn(parsed.policy);
  if (!parsed.problems.every(({ code }) => TOLERATED.has(code))) return undefined;
  // Without a draft there are no statements, which is tolerated too.
  return parsed.draft === undefined ? [] : contextKeysIn(parsed.draft);
}

/** As {@link contextKeysOf}, of what has been read. */
export function contextKeysIn(policy: PolicyDraft): readonly string[] {
  return [...new Set(keysIn(policy))];
}

function* keysIn({ version, statements }: PolicyDraft): Generator<string> {
  // Documents of the older version, which is that of documents without one, have no variables.
  const variablesIn = (values: ListElement['items'] = []): readonly string[] =>
    version === '2012-10-17' ? values.flatMap(({ text }) => variableNames(text)) : [];
  for (const { resource, conditions } of statements) {
    yield* variablesIn(resource?.items);
    for (const { key, values } of conditions) {
      yield key.text;
      yield* variablesIn(values);
    }
  }
}
