/** Runs the policy cases of `policy/*.json`; the format is in `policy/README.md`. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isArn, type Arn } from '../../src/base/arn.ts';
import { PolicyCache } from '../../src/policy/policy-cache.ts';
import { requestContext, type ContextValue } from '../../src/policy/context.ts';
import type {
  AttachedPolicy,
  AuthorizationRequest,
  PolicySet,
  PolicyType,
  Principal,
} from '../../src/policy/decision.ts';
import { denialReason } from '../../src/policy/denial.ts';
import { evaluate, isAllowed } from '../../src/policy/evaluate.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { validatePolicy, type PolicyUse } from '../../src/policy/validate.ts';

interface CaseFile {
  readonly topic: string;
  readonly source: string;
  readonly defaults?: { readonly request: Partial<CaseRequest> };
  readonly cases: readonly Case[];
}
type Case = { readonly name: string; readonly source?: string } & (
  ConditionCase | DecisionCase | ValidationCase | ReadingCase
);
interface ConditionCase {
  readonly condition: unknown;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly holds: boolean | 'error';
  readonly version?: string | null;
}
interface DecisionCase {
  readonly request?: Partial<CaseRequest>;
  readonly policies: CasePolicies;
  readonly outcome: 'allow' | 'explicitDeny' | 'implicitDeny';
  readonly decidedBy: PolicyType;
  readonly message?: string;
}
interface ValidationCase {
  readonly use: PolicyUse;
  readonly document: unknown;
  readonly message: string | null;
}
interface ReadingCase {
  readonly document: string;
  readonly problems: readonly { readonly code: string; readonly line: number; readonly column: number }[];
}
interface CaseRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string | null;
  readonly context: Readonly<Record<string, ContextValue>>;
}
interface CasePolicies {
  readonly identity?: readonly unknown[];
  readonly boundary?: unknown;
  readonly session?: readonly unknown[];
  readonly resource?: unknown;
  readonly trust?: unknown;
  readonly scp?: readonly (readonly unknown[])[];
  readonly rcp?: readonly (readonly unknown[])[];
}

const FOLDER = join(import.meta.dirname, 'policy');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const cache = new PolicyCache(2_000);
let total = 0;

for (const name of files) {
  const file: CaseFile = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
  test(`${name}: ${file.topic}`, async (t) => {
    for (const one of file.cases) {
      total++;
      await t.test(one.name, () => run(one, file));
    }
  });
}

test('there are at least 600 cases, every one with a sentence of its own and a source', () => {
  assert.ok(total >= 600, `${total} cases`);
  const names = files.flatMap((name) => {
    const file: CaseFile = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
    assert.ok(file.source.length > 3);
    return file.cases.map((one) => `${name}: ${one.name}`);
  });
  assert.equal(new Set(names).size, names.length);
});

function run(one: Case, file: CaseFile): void {
  if ('holds' in one) runCondition(one);
  else if ('outcome' in one) runDecision(one, file);
  else if ('use' in one) runValidation(one);
  else runReading(one);
}

/** In an Allow the condition decides whether it applies, in a Deny beside an Allow whether that one does. */
function runCondition({ condition, context, holds, version = '2012-10-17' }: ConditionCase): void {
  const statement = { Action: 'test:Act', Resource: '*', Condition: condition };
  const head = version === null ? {} : { Version: version };
  const allow = { ...head, Statement: [{ Effect: 'Allow', ...statement }] };
  const deny = { ...head, Statement: [{ Effect: 'Deny', ...statement }] };
  const all = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const request: AuthorizationRequest = {
    principal: { kind: 'user', account: '123456789012', arn: arn('arn:aws:iam::123456789012:user/alice'), id: 'AIDA' },
    action: 'test:Act',
    resource: '*',
    resourceAccount: undefined,
    context: requestContext(Object.entries(context)),
  };
  assert.equal(decide(request, { identity: [attached('identity', allow)] }).outcome === 'allow', holds === true);
  const denied = decide(request, { identity: [attached('identity', all), attached('identity', deny)] }).outcome;
  assert.equal(denied === 'explicitDeny', holds !== false);
}

function runDecision(one: DecisionCase, file: CaseFile): void {
  const merged = { ...file.defaults?.request, ...one.request };
  const { principal, action, resource, resourceAccount, context } = merged;
  assert.ok(principal !== undefined && action !== undefined && resource !== undefined);
  const request: AuthorizationRequest = {
    principal,
    action,
    resource,
    resourceAccount: resourceAccount ?? undefined,
    context: requestContext(Object.entries(context ?? {})),
  };
  const decision = decide(request, policySet(one.policies));
  assert.deepEqual([decision.outcome, decision.decidedBy], [one.outcome, one.decidedBy]);
  if (one.message !== undefined) assert.equal(denialReason(decision), one.message);
}

function runValidation({ use, document, message }: ValidationCase): void {
  const result = validatePolicy(typeof document === 'string' ? document : JSON.stringify(document), use);
  assert.equal(result.kind === 'malformed' ? result.message : null, message);
}

function runReading({ document, problems }: ReadingCase): void {
  const parsed = parsePolicy(document);
  const found = parsed.kind === 'policy' ? [] : parsed.problems;
  assert.deepEqual(
    found.map(({ code, at }) => ({ code, line: at.line, column: at.column })),
    problems,
  );
}

/** Every case also shows that the plain and the kept decision agree. */
function decide(request: AuthorizationRequest, policies: PolicySet): ReturnType<typeof evaluate> {
  const decision = evaluate(request, policies);
  assert.equal(isAllowed(request, policies), decision.outcome === 'allow');
  return decision;
}

function policySet(policies: CasePolicies): PolicySet {
  const { identity = [], boundary, session, resource, trust, scp, rcp } = policies;
  const levels = (type: PolicyType, of: CasePolicies['scp']): readonly (readonly AttachedPolicy[])[] | undefined =>
    of?.map((level) => level.map((document) => attached(type, document)));
  const side = trust === undefined ? attachedIf('resource', resource) : attached('trust', trust);
  return {
    identity: identity.map((document) => attached('identity', document)),
    boundary: attachedIf('boundary', boundary),
    session: session?.map((document) => attached('session', document)),
    resource: side,
    scp: levels('scp', scp),
    rcp: levels('rcp', rcp),
  };
}

function attachedIf(type: PolicyType, document: unknown): AttachedPolicy | undefined {
  return document === undefined ? undefined : attached(type, document);
}

function attached(type: PolicyType, one: unknown): AttachedPolicy {
  const { arn: source, document } = isManaged(one) ? one : { arn: type, document: one };
  const policy = cache.get(JSON.stringify(document));
  assert.deepEqual(policy.problems, []);
  return { type, source, policy };
}

/** A document together with the ARN of the managed policy that it is of. */
function isManaged(one: unknown): one is { readonly arn: string; readonly document: unknown } {
  return typeof one === 'object' && one !== null && 'arn' in one && typeof one.arn === 'string' && 'document' in one;
}

function arn(text: string): Arn {
  assert.ok(isArn(text));
  return text;
}
