/** What must hold of every policy and every request, whatever they are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { explain, renderExplanation } from '../../src/analysis/explain.ts';
import { requestContext } from '../../src/policy/context.ts';
import type { AuthorizationRequest, Decision } from '../../src/policy/decision.ts';
import { evaluate, isAllowed } from '../../src/policy/evaluate.ts';
import { OPERATORS } from '../../src/policy/operators/table.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { printPolicy } from '../../src/policy/print.ts';
import {
  attached,
  identityStatement,
  policySet,
  request,
  resourceStatement,
  setDocuments,
  type StatementDocument,
} from './policy-documents.ts';

const RUNS = { numRuns: 2_000 };
const PLACES = ['identity', 'boundary', 'session', 'scp', 'rcp', 'resource'] as const;

test('the order of statements never matters', () => {
  fc.assert(
    fc.property(setDocuments, request, (documents, asked) => {
      const reversed = { ...documents };
      for (const place of PLACES) Object.assign(reversed, { [place]: documents[place]?.toReversed() });
      const [one, other] = [evaluate(asked, policySet(documents)), evaluate(asked, policySet(reversed))];
      assert.deepEqual([one.outcome, one.decidedBy], [other.outcome, other.decidedBy]);
    }),
    RUNS,
  );
});

test('adding a Deny never allows, adding an Allow never denies', () => {
  fc.assert(
    fc.property(
      setDocuments,
      request,
      identityStatement,
      resourceStatement,
      fc.constantFrom(...PLACES),
      (documents, asked, identity, resource, place) => {
        // A policy that was absent limits nothing: adding it is no mere addition of a statement.
        if (documents[place] === undefined) return;
        const statement = place === 'rcp' || place === 'resource' ? resource : identity;
        const more = { ...documents, [place]: [...documents[place], statement] };
        const [before, after] = [isAllowed(asked, policySet(documents)), isAllowed(asked, policySet(more))];
        if (statement.Effect === 'Deny') assert.ok(before || !after);
        else assert.ok(after || !before);
      },
    ),
    RUNS,
  );
});

test('a value added to a positive operator never narrows an Allow, one added to a negated operator never widens it', () => {
  fc.assert(
    fc.property(identityStatement, request, fc.nat(), (statement, asked, pick) => {
      const blocks = Object.entries(statement.Condition).filter(([, keys]) => Object.keys(keys).length > 0);
      const [operator, keys] = blocks[pick % Math.max(1, blocks.length)] ?? [];
      // An unknown ARN pattern is an error wherever it is met, so its operators have no such rule.
      if (operator === undefined || keys === undefined || operator.includes('Arn')) return;
      const [key, values = []] = Object.entries(keys)[0] ?? [];
      const more = { ...statement.Condition, [operator]: { ...keys, [String(key)]: [...values, 'added'] } };
      const narrow = holds({ ...statement, Effect: 'Allow' }, asked);
      const wide = holds({ ...statement, Effect: 'Allow', Condition: more }, asked);
      if (operator.includes('Not')) assert.ok(narrow || !wide);
      else assert.ok(wide || !narrow);
    }),
    RUNS,
  );
});

test('an operator and its negation are never both true, and on a readable value exactly one is', () => {
  const negations = OPERATORS.filter(({ negated }) => negated).map(({ name }) => name);
  const unreadable = /^(Not)?Ip|^Arn/;
  fc.assert(
    fc.property(identityStatement, request, fc.constantFrom(...negations), (statement, asked, name) => {
      const values = Object.values(statement.Condition).flatMap((keys) => Object.values(keys))[0] ?? ['a'];
      const single = requestContext([...asked.context].filter(([, value]) => typeof value === 'string'));
      const question = { ...asked, context: single };
      if (!single.has('k:one')) return;
      const base = name === 'NotIpAddress' ? 'IpAddress' : name.replace('Not', '');
      const positive = holds({ ...statement, Effect: 'Allow', Condition: { [base]: { 'k:one': values } } }, question);
      const negative = holds({ ...statement, Effect: 'Allow', Condition: { [name]: { 'k:one': values } } }, question);
      assert.ok(!(positive && negative));
      const matches = holds({ ...statement, Effect: 'Allow', Condition: {} }, question);
      if (matches && !unreadable.test(name)) assert.ok(positive || negative);
    }),
    RUNS,
  );
});

test('case matters neither in actions nor in condition keys nor in operators', () => {
  const upper = ({ Condition, ...statement }: StatementDocument): unknown => ({
    ...statement,
    Action: statement.Action.map((action) => action.toUpperCase()),
    Condition: Object.fromEntries(
      Object.entries(Condition).map(([operator, keys]) => [
        operator.toLowerCase(),
        Object.fromEntries(Object.entries(keys).map(([key, values]) => [key.toUpperCase(), values])),
      ]),
    ),
  });
  fc.assert(
    fc.property(identityStatement, request, (statement, asked) => {
      const set = { identity: [attached('identity', [upper(statement)])] };
      assert.equal(isAllowed(asked, set), isAllowed(asked, { identity: [attached('identity', [statement])] }));
    }),
    RUNS,
  );
});

test('NotAction is what Action is not', () => {
  fc.assert(
    fc.property(identityStatement, request, ({ Action, ...statement }, asked) => {
      const rest = { ...statement, Effect: 'Allow', Condition: {}, Resource: '*' };
      assert.notEqual(matches({ ...rest, Action }, asked), matches({ ...rest, NotAction: Action }, asked));
    }),
    RUNS,
  );
});

test('the kept and the plain decision agree, and every decision can be explained', () => {
  fc.assert(
    fc.property(setDocuments, request, (documents, asked) => {
      const set = policySet(documents);
      const decision = evaluate(asked, set);
      assert.equal(isAllowed(asked, set), decision.outcome === 'allow');
      const explanation = explain(decision);
      assert.equal(explanation.outcome, decision.outcome);
      assert.deepEqual(JSON.parse(JSON.stringify(explanation)), explanation);
      assert.ok(renderExplanation(explanation).startsWith(explanation.summary));
      for (const change of explanation.changes) {
        assert.notEqual(change.outcome === 'allow', decision.outcome === 'allow');
        assert.ok(change.edits.length > 0);
      }
    }),
    RUNS,
  );
});

test('every denial names the edits that would end it, but where resource control policies are silent', () => {
  fc.assert(
    fc.property(setDocuments, request, (documents, asked) => {
      const set = policySet(documents);
      const decision = evaluate(asked, set);
      // No edit may open a role to everybody of an issuer (explanation-identity.test.ts), so web identities may get none.
      if (asked.principal.kind === 'webIdentity') return;
      // RCPFullAWSAccess allows at every level, and cannot be detached.
      if (decision.outcome === 'allow' || decidesSilently(decision, 'rcp')) return;
      const ofPolicies = explain(decision).changes.find(({ of }) => of === 'policy');
      assert.equal(ofPolicies?.outcome, 'allow');
    }),
    RUNS,
  );
});

test('what decided is among what was kept, matched and of the right effect', () => {
  fc.assert(
    fc.property(setDocuments, request, (documents, asked) => {
      const { outcome, statement, policies, decidedBy } = evaluate(asked, policySet(documents));
      if (outcome === 'implicitDeny') return assert.equal(statement, undefined);
      if (statement === undefined) return assert.equal(asked.principal.kind, 'root');
      assert.equal(statement.statement.effect, outcome === 'allow' ? 'Allow' : 'Deny');
      assert.ok(statement.matched && statement.principal && statement.action && statement.resource);
      assert.ok(
        policies.some(({ attached: { type }, statements }) => type === decidedBy && statements.includes(statement)),
      );
    }),
    RUNS,
  );
});

test('parsing and printing are inverse', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(identityStatement, resourceStatement), { minLength: 1, maxLength: 4 }),
      (statements) => {
        const first = parsePolicy(JSON.stringify({ Version: '2012-10-17', Id: 'x', Statement: statements }));
        assert.equal(first.kind, 'policy');
        if (first.kind !== 'policy') return;
        const printed = printPolicy(first.policy);
        const second = parsePolicy(printed);
        assert.equal(second.kind, 'policy');
        if (second.kind !== 'policy') return;
        assert.equal(printPolicy(second.policy), printed);
        assert.deepEqual(withoutPlaces(second.policy), withoutPlaces(first.policy));
      },
    ),
    RUNS,
  );
});

/** Whether some level of that type has no statement that allows, so that it denies once nothing else does. */
function decidesSilently({ policySet: set, policies }: Decision, type: 'rcp'): boolean {
  return (set[type] ?? []).some((level) =>
    policies
      .filter((outcome) => level.includes(outcome.attached))
      .every(({ statements }) => statements.every((one) => !one.matched || one.statement.effect === 'Deny')),
  );
}

/** Whether one statement allows by itself. */
function holds(statement: StatementDocument, asked: AuthorizationRequest): boolean {
  return matches(statement, asked);
}

function matches(statement: unknown, asked: AuthorizationRequest): boolean {
  const [outcome] = evaluate(asked, { identity: [attached('identity', [statement])] }).policies;
  return outcome?.statements[0]?.matched === true;
}

/** Places differ by layout; whether a single value stood in a list is not meaning either. */
function withoutPlaces(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, member: unknown) => (name === 'span' || name === 'list' ? undefined : member)),
  );
}
