import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iamArn, parseAccountId, type AccountId } from '../base/arn.ts';
import { compilePolicy } from '../policy/compile.ts';
import { parsePolicy } from '../policy/parse.ts';
import { askTrustPolicy } from './trust-question.ts';

const ACCOUNT = accountId('111122223333');
const ROLE = iamArn(ACCOUNT, 'role/deploy');
const TAGS = 'https://aws.amazon.com/tags';

function accountId(text: string): AccountId {
  const account = parseAccountId(text);
  assert.ok(account !== undefined);
  return account;
}

/** `allow`, the action that is denied, or the message of a refusal that comes before the policy. */
function ask(federated: string, claims: Readonly<Record<string, unknown>>, more: object = {}): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: federated },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...more,
  };
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  assert.ok(parsed.kind === 'policy');
  const answer = askTrustPolicy({
    policy: compilePolicy(parsed.policy),
    source: 'trust.json',
    claims,
    issuer: String(claims['iss']).replace('https://', ''),
    account: ACCOUNT,
    roleArn: ROLE,
    roleSessionName: 'session',
  });
  if (answer.kind === 'failure') return answer.message;
  return answer.decision.outcome === 'allow' ? 'allow' : answer.decision.request.action;
}

test('a built-in provider is called by its bare name, unless the policy means a registered one', () => {
  const claims = { iss: 'https://accounts.google.com', aud: 'client', sub: '1' };
  assert.equal(ask('accounts.google.com', claims), 'allow');
  assert.equal(ask(iamArn(ACCOUNT, 'oidc-provider/accounts.google.com'), claims), 'allow');
  assert.equal(ask('accounts.google.com', { ...claims, iss: 'accounts.google.com' }), 'allow');
  assert.equal(ask('cognito-identity.amazonaws.com', claims), 'sts:AssumeRoleWithWebIdentity');
});

test('tags and a source identity in the token need actions of their own', () => {
  const issuer = iamArn(ACCOUNT, 'oidc-provider/issuer.example');
  const claims = { iss: 'https://issuer.example', aud: 'a', sub: 's' };
  const tagged = { ...claims, [TAGS]: { principal_tags: { team: ['web'] }, transitive_tag_keys: ['team'] } };
  const named = { ...claims, 'https://aws.amazon.com/source_identity': 'alice' };
  assert.equal(ask(issuer, claims), 'allow');
  assert.equal(ask(issuer, tagged), 'sts:TagSession');
  assert.equal(ask(issuer, named), 'sts:SetSourceIdentity');
  const Action = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'];
  const Condition = { StringEquals: { 'aws:RequestTag/team': 'web' } };
  assert.equal(ask(issuer, tagged, { Action, Condition }), 'allow');
  assert.equal(ask(issuer, claims, { Action, Condition }), 'sts:AssumeRoleWithWebIdentity');
  assert.equal(ask(issuer, named, { Action }), 'allow');
});

test('a roles claim is heeded, and refuses by itself', () => {
  const issuer = iamArn(ACCOUNT, 'oidc-provider/issuer.example');
  const claims = { iss: 'https://issuer.example', aud: 'a', sub: 's' };
  const Condition = { Bool: { 'sts:RoleAuthorizedByIdp': 'true' } };
  assert.equal(ask(issuer, { ...claims, 'https://aws.amazon.com/roles': [ROLE] }, { Condition }), 'allow');
  assert.equal(ask(issuer, claims, { Condition }), 'sts:AssumeRoleWithWebIdentity');
  assert.equal(
    ask(issuer, { ...claims, 'https://aws.amazon.com/roles': [`${ROLE}2`] }),
    'The target role ARN is not present in the roles claim of the identity token',
  );
});
