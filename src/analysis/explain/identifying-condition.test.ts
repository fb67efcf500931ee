import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIdentified } from './identifying-condition.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const AT = { line: 1, column: 1, offset: 0 };
const located = (text: string) => ({ text, span: { start: AT, end: AT } });

function identified(issuer: string, ...conditions: readonly (readonly [operator: string, key: string, ...string[]])[]) {
  return isIdentified(
    conditions.map(([operator, key, ...values]) => ({
      operator: located(operator),
      key: located(key.includes(':') ? key : `${issuer}:${key}`),
      values: values.map(located),
    })),
    issuer,
  );
}

test('every value of the condition names somebody, not the first alone', () => {
  for (const value of [
    'repo:acme/*',
    'repo:acme/app:*',
    'repo:acme@8/*',
    'repository_owner:acme:*',
    'repo:acme/${a:b}',
  ]) {
    assert.ok(identified(GITHUB, ['StringLike', 'sub', value]), value);
    assert.ok(!identified(GITHUB, ['StringLike', 'sub', value, '*']), value);
  }
  const open = [
    '*',
    '**',
    '?*',
    'repo:*',
    'repo:*/*',
    'repo:?*',
    'repo:*/app:*',
    'repo:acme*',
    '*:ref:refs/heads/main',
  ];
  const variables = [`\${${GITHUB}:sub}`, "${k:x, 'repo:acme/app'}", 'repo:${a:b}/app:*'];
  for (const value of [...open, ...variables, '', ' ', 'environment:prod:*', 'ref:refs/heads/main', 'workflow:x:*']) {
    assert.ok(!identified(GITHUB, ['StringLike', 'sub', value]), value);
  }
});

test('wildcards taken literally name nobody only where AWS refuses them', () => {
  assert.ok(identified(GITHUB, ['StringEquals', 'sub', 'repo:acme/*']));
  assert.ok(!identified(GITHUB, ['StringEquals', 'sub', '*']));
  assert.ok(!identified(GITHUB, ['StringEquals', 'sub', `\${${GITHUB}:sub}`]));
});

test('operators that an absent claim passes, that negate or that AWS does not count tell nobody apart', () => {
  const operators = [
    'StringLikeIfExists',
    'ForAllValues:StringLike',
    'StringNotLike',
    'ArnLike',
    'NumericEquals',
    'Null',
  ];
  for (const operator of operators) assert.ok(!identified(GITHUB, [operator, 'sub', 'repo:acme/*']), operator);
  assert.ok(identified(GITHUB, ['ForAnyValue:StringLike', 'sub', 'repo:acme/*']));
});

test('of one operator all the keys that AWS wants are to name somebody', () => {
  const open = ['StringLike', 'job_workflow_ref', '*'] as const;
  assert.ok(!identified(GITHUB, ['StringLike', 'sub', 'repo:acme/*'], open));
  assert.ok(identified(GITHUB, ['StringEquals', 'sub', 'repo:acme/app:ref:refs/heads/main'], open));
});

test('each issuer has its own keys and forms', () => {
  assert.ok(identified('gitlab.com', ['StringLike', 'sub', 'project_path:acme/*']));
  assert.ok(!identified('gitlab.com', ['StringLike', 'sub', 'project_path:*']));
  assert.ok(!identified('app.terraform.io', ['StringLike', 'sub', 'organization:*:project:x:*']));
  assert.ok(!identified('oidc.vercel.com', ['StringLike', 'aud', 'https://*']));
  assert.ok(identified('oidc.vercel.com', ['StringEquals', 'aud', 'https://vercel.com/acme']));
  assert.ok(!identified('cognito-identity.amazonaws.com', ['StringLike', 'aud', 'us-east-1:*']));
  assert.ok(identified('graph.facebook.com', ['StringEquals', 'app_id', '5']));
  assert.ok(!identified('graph.facebook.com', ['StringLike', 'app_id', '5']));
  assert.ok(!identified('graph.facebook.com', ['StringEquals', 'App_id', '5']));
});

test('of an issuer of one owner every claim of the caller does, as long as it is told', () => {
  const cluster = 'oidc.eks.eu-west-1.amazonaws.com/id/A1';
  assert.ok(identified(cluster, ['StringLike', 'sub', 'system:serviceaccount:web:*']));
  assert.ok(identified(cluster, ['StringLike', 'sub', 'deploy-*']));
  assert.ok(identified(cluster, ['NumericEquals', 'project_id', '5']));
  assert.ok(!identified(cluster, ['StringLike', 'sub', 'system:serviceaccount:*:*']));
  assert.ok(!identified(cluster, ['StringLike', 'sub', '*']));
  assert.ok(!identified(cluster, ['StringEquals', 'aud', 'sts.amazonaws.com']));
});
