/** What an explanation says must hold, whatever the policies and the request are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { explain } from '../../src/analysis/explain.ts';
import type { ContextValue, RequestContext } from '../../src/policy/context.ts';
import type { AuthorizationRequest } from '../../src/policy/decision.ts';
import { evaluate, isAllowed } from '../../src/policy/evaluate.ts';
import { policySet, request, setDocuments, type SetDocuments, type StatementDocument } from './policy-documents.ts';

const RUNS = { numRuns: 10_000 };

test('every value that a change of the request names turns the outcome round', () => {
  let held = 0;
  fc.assert(
    fc.property(setDocuments.map(aboutEverything), request, (documents, asked) => {
      const set = policySet(documents);
      const decision = evaluate(asked, set);
      const change = explain(decision).changes.find(({ of }) => of === 'request');
      const named = (change?.edits ?? []).map(namedValues);
      if (change === undefined || named.some((one) => one === undefined)) return;
      held++;
      const known = named.filter((one) => one !== undefined);
      for (const one of known) {
        for (const text of one.texts) {
          const values = known.map((other) => ({ key: other.key, text: other === one ? text : other.texts[0] }));
          const isTurned = forms(asked, values).some((form) => isAllowed(form, set) !== (decision.outcome === 'allow'));
          assert.ok(isTurned, `${change.edits.join('; ')}: ${String(text)}`);
        }
      }
    }),
    RUNS,
  );
  assert.ok(held > RUNS.numRuns / 20, `only ${held} changes named values`);
});

/** With all statements about every action, resource and caller, so that conditions alone decide. */
function aboutEverything(documents: SetDocuments): SetDocuments {
  const wide = (statements: readonly StatementDocument[]): readonly StatementDocument[] =>
    statements.map((statement) => ({
      ...statement,
      Action: ['*'],
      Resource: ['*'],
      ...(statement.Principal !== undefined && { Principal: '*' }),
    }));
  const { identity, boundary, session, resource, scp, rcp } = documents;
  return {
    ...documents,
    identity: wide(identity),
    boundary: boundary && wide(boundary),
    session: session && wide(session),
    resource: resource && wide(resource),
    scp: scp && wide(scp),
    rcp: rcp && wide(rcp),
  };
}

interface NamedValues {
  readonly key: string;
  /** Undefined: the key is to be absent. */
  readonly texts: readonly (string | undefined)[];
}

const LACK = /^the request would have to lack (\S+)$/;
const BE =
  /^(?:(?:some|every) value of )?(\S+) would have to be (?:one of |at least |at most |not before |not after )?"([^"]*)"((?:, "[^"]*")*)(?:, for instance)?$/;

/** The values that a sentence names as good; undefined when it describes them otherwise. */
function namedValues(edit: string): NamedValues | undefined {
  const lacking = LACK.exec(edit)?.[1];
  if (lacking !== undefined) return { key: lacking, texts: [undefined] };
  const [, key, first, further] = BE.exec(edit) ?? [];
  if (key === undefined || first === undefined || further === undefined) return undefined;
  return { key, texts: [first, ...[...further.matchAll(/"([^"]*)"/g)].map(([, text]) => text)] };
}

/** The request with such values: a key that is multivalued stays so, one that was absent may be either. */
function forms(
  asked: AuthorizationRequest,
  values: readonly { readonly key: string; readonly text: string | undefined }[],
): readonly AuthorizationRequest[] {
  let contexts: readonly RequestContext[] = [asked.context];
  for (const { key, text } of values) {
    const held = asked.context.get(key);
    contexts = contexts.flatMap((context) => {
      const others = new Map([...context].filter(([name]) => name !== key));
      if (text === undefined) return [others];
      return formsOf(held, text).map((value) => new Map([...others, [key, value]]));
    });
  }
  return contexts.map((context) => ({ ...asked, context }));
}

function formsOf(held: ContextValue | undefined, text: string): readonly ContextValue[] {
  if (typeof held === 'string') return [text];
  return held === undefined ? [text, [text]] : [[text], [...held, text]];
}
