import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iamArn, parseAccountId, type AccountId } from '../base/arn.ts';
import { compilePolicy } from '../policy/compile.ts';
import { parsePolicy } from '../policy/parse.ts';
import { askTrustPolicy, unknownKeys, type TrustQuestion } from './trust-question.ts';

const ACCOUNT = accountId('111122223333');
const ROLE = iamArn(ACCOUNT, 'role/deploy');
/** 2026-06-01T12:00:00Z */
const NOW = Date.UTC(2026, 5, 1, 12);
const TAGS = 'https://aws.amazon.com/tags';

function accountId(text: string): AccountId {
  const account = parseAccountId(text);
  assert.ok(account !== undefined);
  return account;
}

interface Known {
  readonly request?: Partial<TrustQuestion['request']>;
  readonly roleTags?: TrustQuestion['roleTags'];
}

function question(
  federated: string,
  claims: Readonly<Record<string, unknown>>,
  more: object,
  { request, roleTags }: Known = {},
): { readonly text: string; readonly question: TrustQuestion } {
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: federated },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...more,
  };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const parsed = parsePolicy(text);
  assert.ok(parsed.kind === 'policy');
  return {
    text,
    question: {
      policy: compilePolicy(parsed.policy),
      source: 'trust.json',
      claims,
      issuer: String(claims['iss']).replace('https://', ''),
      account: ACCOUNT,
      roleArn: ROLE,
      roleSessionName: 'session',
      request: { now: NOW, secure: true, region: undefined, sourceIp: undefined, userAgent: undefined, ...request },
      roleTags,
    },
  };
}

/** `allow`, the action that is denied, or the message of a refusal that comes before the policy. */
function ask(
  federated: string,
  claims: Readonly<Record<string, unknown>>,
  more: object = {},
  known: Known = {},
): string {
  const answer = askTrustPolicy(question(federated, claims, more, known).question);
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

test('the question carries what every request carries', () => {
  const issuer = iamArn(ACCOUNT, 'oidc-provider/issuer.example');
  const claims = { iss: 'https://issuer.example', aud: 'a', sub: 's' };
  const rows: readonly (readonly [object, Known, boolean])[] = [
    [{ Bool: { 'aws:SecureTransport': 'true' } }, {}, true],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, { request: { secure: false } }, false],
    [{ DateEquals: { 'aws:CurrentTime': '2026-06-01T12:00:00Z' } }, {}, true],
    [{ NumericEquals: { 'aws:EpochTime': String(NOW / 1000) } }, {}, true],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-06-01T12:00:00Z' } }, {}, false],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-06-01T12:00:00Z' } }, { request: { now: NOW - 1000 } }, true],
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { request: { sourceIp: '203.0.113.7' } }, true],
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { request: { sourceIp: '192.0.2.1' } }, false],
    [{ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, { request: { region: 'eu-west-1' } }, true],
    [{ StringLike: { 'aws:UserAgent': '*terraform*' } }, { request: { userAgent: 'x terraform/1' } }, true],
    [{ StringEquals: { 'aws:ResourceTag/team': 'web' } }, { roleTags: [{ Key: 'Team', Value: 'web' }] }, true],
  ];
  for (const [Condition, known, holds] of rows) {
    const expected = holds ? 'allow' : 'sts:AssumeRoleWithWebIdentity';
    assert.equal(ask(issuer, claims, { Condition }, known), expected, JSON.stringify(Condition));
  }
});

test('keys that a live request has and the question has no value for are named, in the spelling of the policy', () => {
  const claims = { iss: 'https://issuer.example', aud: 'a', sub: 's' };
  const Condition = {
    NotIpAddress: { 'AWS:sourceip': '203.0.113.0/24' },
    IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
    StringEquals: { 'aws:UserAgent': 'a', 'aws:RequestedRegion': 'b', 'aws:PrincipalArn': 'c', 'aws:Referer': 'd' },
    StringLike: { 'aws:ResourceTag/team': 'web', 'aws:ResourceOrgID': 'o-a', 'issuer.example:sub': '${aws:SourceIp}' },
    Bool: { 'aws:SecureTransport': 'true' },
    DateLessThan: { 'aws:CurrentTime': '2030-01-01', 'aws:EpochTime': '2030-01-01' },
  };
  const unknown = (known: Known): readonly string[] => {
    const asked = question('issuer.example', claims, { Condition }, known);
    return unknownKeys(asked.text, asked.question).map(({ key, of }) => `${key} ${of}`);
  };
  assert.deepEqual(unknown({}), [
    'AWS:sourceip address',
    'aws:UserAgent userAgent',
    'aws:RequestedRegion region',
    'aws:ResourceTag/team roleTags',
    'aws:ResourceOrgID organization',
  ]);
  const request = { sourceIp: '203.0.113.7', region: 'eu-west-1', userAgent: 'x' };
  assert.deepEqual(unknown({ request, roleTags: [] }), ['aws:ResourceOrgID organization']);
});
