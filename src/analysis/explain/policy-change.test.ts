import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iamArn, parseAccountId } from '../../base/arn.ts';
import { requestContext, type ContextValue } from '../../policy/context.ts';
import type { AttachedPolicy, AuthorizationRequest, PolicySet, PolicyType } from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { PolicyCache } from '../../policy/policy-cache.ts';
import { policyChange } from './policy-change.ts';
import { evaluationCost, WorkBudget } from './work-budget.ts';

const cache = new PolicyCache(100);
const ACCOUNT = '123456789012';
const EVERYONE = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' };
const OTHER = { ...ALLOW, Action: 'ec2:*' };

type Held = Readonly<Record<string, ContextValue>>;

function attached(
  type: PolicyType,
  statements: readonly object[],
  { Version = '2012-10-17', source = type }: { readonly Version?: string; readonly source?: string } = {},
): AttachedPolicy {
  return { type, source, policy: cache.get(JSON.stringify({ Version, Statement: statements })) };
}

function edits(policies: PolicySet, asked: Partial<AuthorizationRequest> = {}): readonly string[] | undefined {
  const request: AuthorizationRequest = {
    principal: { kind: 'service', name: 'x.amazonaws.com' },
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
    resourceAccount: ACCOUNT,
    context: requestContext([]),
    ...asked,
  };
  const decision = evaluate(request, policies);
  const change = policyChange(decision, { cost: evaluationCost(decision), budget: new WorkBudget() });
  return change?.edits.map((words) => words.replace(/^in [a-z]+, line [0-9]+: /, ''));
}

function conditionEdits(condition: object, held: Held, Version?: string): readonly string[] | undefined {
  const resource = attached('resource', [{ ...EVERYONE, Condition: condition }], { ...(Version && { Version }) });
  return edits({ identity: [], resource }, { context: requestContext(Object.entries(held)) });
}

const x = (operator: string, values: unknown): object => ({ [operator]: { 'k:x': values } });

test('values are added as they are needed, and no others', () => {
  assert.deepEqual(conditionEdits(x('ForAllValues:StringEquals', ['a', 'b']), { 'k:x': ['a', 'c'] }), [
    'add "c" to the values of ForAllValues:StringEquals k:x',
  ]);
  assert.deepEqual(conditionEdits(x('ForAnyValue:StringEquals', 'a'), { 'k:x': ['c', 'd'] }), [
    'add "c" to the values of ForAnyValue:StringEquals k:x',
  ]);
  assert.deepEqual(conditionEdits(x('StringEquals', ['a', 'b']), { 'k:x': ['c'] }), [
    'write ForAnyValue:StringEquals in place of StringEquals for k:x, and add "c" to the values of ForAnyValue:StringEquals k:x',
  ]);
});

test('of a negated condition only the values in the way go', () => {
  assert.deepEqual(conditionEdits(x('StringNotEquals', ['1', '9']), { 'k:x': '9' }), [
    'take "9" out of the values of StringNotEquals k:x',
  ]);
  assert.deepEqual(conditionEdits(x('ForAllValues:StringNotLike', ['a*', 'b*', 'c']), { 'k:x': ['ab', 'bc', 'd'] }), [
    'take "a*", "b*" out of the values of ForAllValues:StringNotLike k:x',
  ]);
  assert.deepEqual(conditionEdits(x('StringNotEquals', '9'), { 'k:x': '9' }), [
    'take out the condition StringNotEquals k:x',
  ]);
});

test("the request's wildcards and variables are written as ordinary characters, where a document can", () => {
  assert.deepEqual(conditionEdits(x('StringLike', 'b'), { 'k:x': '*' }), [
    'add "${*}" to the values of StringLike k:x',
  ]);
  assert.deepEqual(conditionEdits(x('StringEquals', 'b'), { 'k:x': '*${k:y}' }), [
    'add "*${$}{k:y}" to the values of StringEquals k:x',
  ]);
  assert.deepEqual(conditionEdits(x('StringLike', 'b'), { 'k:x': '*' }, '2008-10-17'), [
    'take out the condition StringLike k:x',
  ]);
  const resource = 'arn:aws:s3:::b/a*c?';
  const statement = { ...EVERYONE, Resource: 'arn:aws:s3:::b/x' };
  assert.deepEqual(edits({ identity: [], resource: attached('resource', [statement]) }, { resource }), [
    'add "arn:aws:s3:::b/a${*}c${?}" to Resource',
  ]);
  const old = attached('resource', [statement], { Version: '2008-10-17' });
  assert.equal(edits({ identity: [], resource: old }, { resource }), undefined);
  assert.deepEqual(edits({ identity: [] }, { resource, principal: { kind: 'anonymous' } }), [
    'in a resource-based policy: add a statement that allows s3:GetObject on arn:aws:s3:::b/a${*}c${?} to AWS "*"',
  ]);
});

test('of control policies only those of the levels that do not allow are edited', () => {
  const arn = iamArn(parseAccountId(ACCOUNT) ?? assert.fail(), 'root');
  const principal = { kind: 'root', account: ACCOUNT, arn } as const;
  const root = [attached('scp', [{ ...ALLOW, Action: 's3:*' }, OTHER], { source: 'root' })];
  const account = attached('scp', [OTHER], { source: 'account' });
  assert.deepEqual(edits({ identity: [], scp: [root, [account]] }, { principal }), ['add "s3:GetObject" to Action']);
  assert.deepEqual(edits({ identity: [], scp: [root, []] }, { principal }), [
    'allow s3:GetObject on arn:aws:s3:::b/k in a service control policy of the account',
  ]);
});

const GITHUB = 'token.actions.githubusercontent.com';
const SUB = 'repo:acme/app:ref:refs/heads/main';

/** Edits of a GitHub trust policy with these conditions for a token of that issuer. */
function trustEdits(condition: object | undefined, sub: string, issuer = GITHUB): readonly string[] | undefined {
  const provider = (name: string): string => `arn:aws:iam::${ACCOUNT}:oidc-provider/${name}`;
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: provider(GITHUB) },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...(condition && { Condition: condition }),
  };
  return edits(
    { identity: [], resource: attached('trust', [statement]) },
    {
      principal: { kind: 'webIdentity', account: ACCOUNT, provider: provider(issuer) },
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: `arn:aws:iam::${ACCOUNT}:role/r`,
      context: requestContext([
        [`${issuer}:sub`, sub],
        [`${issuer}:aud`, 'sts.amazonaws.com'],
      ]),
    },
  );
}

test('a mistyped key is written right, and the condition that tells callers apart is not taken out', () => {
  const misspelt = (key: string, value = SUB): object => ({
    StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [key]: value },
  });
  const written = (key: string): string => `write ${GITHUB}:sub in place of ${key}`;
  for (const key of [`${GITHUB}:subject`, `${GITHUB}:subj`, 'token.action.githubusercontent.com:sub']) {
    assert.deepEqual(trustEdits(misspelt(key), SUB), [written(key)]);
  }
  const key = `${GITHUB}:subject`;
  assert.deepEqual(trustEdits(misspelt(key, 'repo:acme/web:ref:refs/heads/main'), SUB), [
    `${written(key)}, and add "${SUB}" to the values of StringEquals ${GITHUB}:sub`,
  ]);
  assert.deepEqual(
    trustEdits(misspelt(`${GITHUB}:iss`, `https://${GITHUB}`), SUB)?.[0],
    `take out the condition StringEquals ${GITHUB}:iss, whose key this request lacks`,
  );
});

test("another provider is not named in GitHub's statement", () => {
  const added = [
    `in trust: add a statement that allows sts:AssumeRoleWithWebIdentity to Federated "arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com" with sub "project_path:g/p" and aud "sts.amazonaws.com"`,
  ];
  assert.deepEqual(trustEdits({ StringEquals: { [`${GITHUB}:sub`]: SUB } }, 'project_path:g/p', 'gitlab.com'), added);
  assert.deepEqual(trustEdits(undefined, 'project_path:g/p', 'gitlab.com'), added);
});

test('a pattern of plain names gets the ids of an immutable subject, and keeps its width', () => {
  const sub = 'repo:acme@8/app@7:ref:refs/heads/main';
  assert.deepEqual(trustEdits({ StringLike: { [`${GITHUB}:sub`]: 'repo:acme/*' } }, sub), [
    `add "repo:acme@8/*" to the values of StringLike ${GITHUB}:sub`,
  ]);
  assert.deepEqual(trustEdits({ StringLike: { [`${GITHUB}:sub`]: 'repo:acme/app:*' } }, sub), [
    `add "repo:acme@8/app@7:*" to the values of StringLike ${GITHUB}:sub`,
  ]);
});
