import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { type AccountId, iamArn, parseAccountId } from '../base/arn.ts';
import { ServiceError } from '../base/service-error.ts';
import { SHARED_PROVIDERS } from '../idp/shared-providers.ts';
import type { Role, User } from '../storage/state/iam-records.ts';
import { openSqliteState } from '../storage/state/sqlite/sqlite-state.ts';
import { checkTrustPolicy, type KnownPrincipals } from './trust-policy.ts';

const ACCOUNT = accountId('123456789012');
const GITHUB = 'token.actions.githubusercontent.com';

/** The refusal's message; undefined when the policy is accepted. */
async function messageFor(statements: unknown, known: KnownPrincipals): Promise<string | undefined> {
  try {
    await checkTrustPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), known);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    assert.deepEqual([error.code, error.status], ['MalformedPolicyDocument', 400]);
    return error.message;
  }
}

function providerArn(issuer: string): string {
  return `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`;
}

function trusting(issuer: string, condition: unknown): Record<string, unknown> {
  return {
    Effect: 'Allow',
    Principal: { Federated: providerArn(issuer) },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

const GITHUB_REFUSAL =
  `Trust policy with trusted principal ${providerArn(GITHUB)} must evaluate, using StringEquals, StringLike or ` +
  `StringEqualsIgnoreCase, ${GITHUB}:sub or ${GITHUB}:job_workflow_ref which is not scoped to all.`;

test('GitHub: what satisfies the control, and what does not (recorded calls)', async (t) => {
  const known = await smallState(t);
  const sub = `${GITHUB}:sub`;
  const workflow = `${GITHUB}:job_workflow_ref`;
  const accepted: readonly unknown[] = [
    { StringEquals: { [sub]: 'repo:acme/app:ref:refs/heads/main' } },
    { StringLike: { [sub]: 'repo:acme/app:*' } },
    { StringEqualsIgnoreCase: { [sub]: 'repo:acme/app:pull_request' } },
    { 'ForAnyValue:StringLike': { [sub]: 'repo:acme/app:*' } },
    { 'ForAllValues:StringEquals': { [sub]: 'repo:acme/app:*' } },
    { StringEquals: { [workflow]: 'acme/app/.github/workflows/deploy.yml@refs/heads/main' } },
    { StringLike: { [`${GITHUB}:SUB`]: 'repo:acme/app:*' } },
    { StringLike: { [sub]: 'repo:*' } },
    { StringLike: { [sub]: 'repo:*/*' } },
    { StringLike: { [sub]: '?*' } },
    { StringLike: { [sub]: [] } },
    { StringLike: { [sub]: ['repo:acme/app:*', '*'] } },
    { StringLike: { [sub]: '*' }, StringEquals: { [sub]: 'repo:acme/app:ref:refs/heads/main' } },
  ];
  for (const condition of accepted) {
    assert.equal(await messageFor(trusting(GITHUB, condition), known), undefined, JSON.stringify(condition));
  }
  const refused: readonly unknown[] = [
    undefined,
    {},
    { StringLike: { [sub]: '*' } },
    { StringLike: { [sub]: '*:ref:refs/heads/main' } },
    { StringEquals: { [sub]: '' } },
    { StringEquals: { [sub]: '   ' } },
    { StringLike: { [sub]: ['*', 'repo:acme/app:*'] } },
    { StringEqualsIfExists: { [sub]: 'repo:acme/app:ref:refs/heads/main' } },
    { StringLikeIfExists: { [sub]: 'repo:acme/app:*' } },
    { StringNotEquals: { [sub]: 'repo:evil/app:ref:refs/heads/main' } },
    { StringNotLike: { [sub]: 'repo:evil/*' } },
    { Null: { [sub]: 'false' } },
    { StringEquals: { [`${GITHUB}:repository`]: 'acme/app' } },
    { StringEquals: { [`${GITHUB}:actor`]: 'octocat' } },
    { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } },
    { StringLike: { [sub]: 'repo:acme/app:*', [workflow]: '*' } },
  ];
  for (const condition of refused) {
    assert.equal(await messageFor(trusting(GITHUB, condition), known), GITHUB_REFUSAL, JSON.stringify(condition));
  }
});

test('GitHub: the control covers every issuer that begins with its own, with keys of that issuer', async (t) => {
  const known = await smallState(t);
  const enterprise = `${GITHUB}/my-enterprise`;
  const ownKey = { StringLike: { [`${enterprise}:sub`]: 'repo:acme/app:*' } };
  assert.equal(await messageFor(trusting(enterprise, ownKey), known), undefined);
  const foreignKey = { StringLike: { [`${GITHUB}:sub`]: 'repo:acme/app:*' } };
  const message = await messageFor(trusting(enterprise, foreignKey), known);
  assert.equal(
    message,
    `Trust policy with trusted principal ${providerArn(enterprise)} must evaluate, using StringEquals, StringLike or ` +
      `StringEqualsIgnoreCase, ${enterprise}:sub or ${enterprise}:job_workflow_ref which is not scoped to all.`,
  );
});

test('every shared provider needs its own claim; only a lone star is refused', async (t) => {
  const known = await smallState(t);
  for (const { issuer, keys, prefix } of SHARED_PROVIDERS) {
    const key = keys[0]?.includes(':') === true ? keys[0] : `${issuer}:${keys[0]}`;
    assert.notEqual(await messageFor(trusting(issuer, undefined), known), undefined, issuer);
    assert.notEqual(await messageFor(trusting(issuer, { StringLike: { [key]: '*' } }), known), undefined, issuer);
    assert.equal(await messageFor(trusting(issuer, { StringLike: { [key]: 'mine' } }), known), undefined, issuer);
    const almostAll = await messageFor(trusting(issuer, { StringLike: { [key]: '**' } }), known);
    assert.equal(almostAll === undefined, !prefix, issuer);
  }
});

test('GitLab’s refusal names the bare issuer and its single key', async (t) => {
  const known = await smallState(t);
  assert.equal(
    await messageFor(trusting('gitlab.com', undefined), known),
    'Trust policy with trusted principal gitlab.com must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, gitlab.com:sub which is not scoped to all.',
  );
});

test('a private issuer needs no condition; Deny and TagSession alone are exempt; one good statement excuses no other', async (t) => {
  const known = await smallState(t);
  const good = trusting(GITHUB, { StringLike: { [`${GITHUB}:sub`]: 'repo:acme/app:*' } });
  const bare = trusting(GITHUB, undefined);
  assert.equal(await messageFor(trusting('issuer.example', undefined), known), undefined);
  assert.equal(await messageFor([good, { ...bare, Effect: 'Deny' }], known), undefined);
  assert.equal(await messageFor([good, { ...bare, Action: 'sts:TagSession' }], known), undefined);
  assert.equal(await messageFor([good, bare], known), GITHUB_REFUSAL);
  assert.equal(await messageFor([good, { ...bare, Action: 'sts:AssumeRole*' }], known), GITHUB_REFUSAL);
});

test('several providers in one statement: each needs its own condition', async (t) => {
  const known = await smallState(t);
  const both = {
    ...trusting(GITHUB, { StringLike: { [`${GITHUB}:sub`]: 'repo:acme/app:*' } }),
    Principal: { Federated: [providerArn(GITHUB), providerArn('gitlab.com')] },
  };
  assert.match((await messageFor(both, known)) ?? '', /trusted principal gitlab\.com must evaluate/);
});

test('built-in providers need an application id, by StringEquals and a key spelled exactly', async (t) => {
  const known = await smallState(t);
  const google = (condition: unknown): Record<string, unknown> => ({
    ...trusting('x.example', condition),
    Principal: { Federated: 'accounts.google.com' },
  });
  const refusal = 'Policy trusting accounts.google.com requires a StringEquals condition on an application id';
  for (const key of ['aud', 'oaud', 'sub']) {
    const equals = { StringEquals: { [`accounts.google.com:${key}`]: 'x' } };
    assert.equal(await messageFor(google(equals), known), undefined, key);
  }
  assert.equal(await messageFor(google(undefined), known), refusal);
  assert.equal(await messageFor(google({ StringLike: { 'accounts.google.com:aud': 'x' } }), known), refusal);
  assert.equal(await messageFor(google({ StringEquals: { 'accounts.google.com:AUD': 'x' } }), known), refusal);
  const cognito = { ...trusting('x.example', undefined), Principal: { Federated: 'cognito-identity.amazonaws.com' } };
  assert.equal(await messageFor(cognito, known), 'A condition block must be present for the Cognito provider');
});

test('users and roles of this account must exist, path and case included; those of others are believed', async (t) => {
  const known = await smallState(t);
  const allowing = (AWS: string): unknown => ({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' });
  for (const text of [
    '*',
    ACCOUNT,
    `arn:aws:iam::${ACCOUNT}:root`,
    `arn:aws:iam::${ACCOUNT}:role/ci/Deploy`,
    `arn:aws:iam::${ACCOUNT}:user/alice`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/Deploy/session`,
    `arn:aws:sts::${ACCOUNT}:federated-user/bob`,
    'arn:aws:iam::210987654321:role/whatever',
    'arn:aws:iam::210987654321:user/whoever',
  ]) {
    assert.equal(await messageFor(allowing(text), known), undefined, text);
  }
  for (const text of [
    `arn:aws:iam::${ACCOUNT}:role/Deploy`,
    `arn:aws:iam::${ACCOUNT}:role/ci/deploy`,
    `arn:aws:iam::${ACCOUNT}:role/ghost`,
    `arn:aws:iam::${ACCOUNT}:user/ghost`,
    `arn:aws:iam::${ACCOUNT}:group/admins`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/ghost/session`,
    `arn:aws:iam::${ACCOUNT}:role/*`,
    'AROA3ISBVQKHLCPMWHJG5',
    'nobody',
  ]) {
    assert.equal(await messageFor(allowing(text), known), `Invalid principal in policy: "AWS":"${text}"`);
  }
});

test('services are known by their domain', async (t) => {
  const known = await smallState(t);
  const serving = (Service: string): unknown => ({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });
  assert.equal(await messageFor(serving('ec2.amazonaws.com'), known), undefined);
  assert.equal(
    await messageFor(serving('ec2.example.com'), known),
    'Invalid principal in policy: "SERVICE":"ec2.example.com"',
  );
});

/** A state with the role `/ci/Deploy` and the user `alice`. */
async function smallState(t: TestContext): Promise<KnownPrincipals> {
  const directory = await mkdtemp(join(tmpdir(), 'sojourn-trust-'));
  const state = openSqliteState(join(directory, 'state.sqlite'));
  t.after(async () => {
    await state.close();
    await rm(directory, { recursive: true });
  });
  const held = {
    account: ACCOUNT,
    createDate: 0,
    permissionsBoundary: undefined,
    tags: [],
    inlinePolicies: {},
    attachedPolicies: [],
  };
  const role: Role = {
    ...held,
    arn: iamArn(ACCOUNT, 'role/ci/Deploy'),
    path: '/ci/',
    name: 'Deploy',
    id: 'AROAEXAMPLE',
    trustPolicy: '{}',
    description: undefined,
    maxSessionDuration: undefined,
  };
  const user: User = {
    ...held,
    arn: iamArn(ACCOUNT, 'user/alice'),
    path: '/',
    name: 'alice',
    id: 'AIDAEXAMPLE',
    groups: [],
    accessKeyIds: [],
  };
  await state.write(async ({ roles, users }) => {
    await roles.put(`${ACCOUNT}/deploy`, role);
    await users.put(`${ACCOUNT}/alice`, user);
  });
  return { readers: state, accounts: [ACCOUNT] };
}

function accountId(text: string): AccountId {
  const account = parseAccountId(text);
  assert.ok(account !== undefined);
  return account;
}
