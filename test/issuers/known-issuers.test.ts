/**
 * The issuers that AWS knows, over the network and under their own names: what a token of each may be
 * conditioned on, and in whose account. Google needs no provider (reference aws-federation 2); enterprises,
 * ghe.com and organisations have issuers with paths and hosts of their own (reference oidc-issuers 1.1).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iamArn, isAccountId } from '../../src/base/arn.ts';
import { elementText } from '../../src/cli/api-client.ts';
import type { MintOptions } from '../../src/idp/profile.ts';
import { profileNamed } from '../../src/idp/profiles.ts';
import { AUDIENCE, besiege, NOT_AUTHORIZED, NOT_VALIDATED, providerArn, trusting } from '../attacks/siege.ts';

const siege = await besiege({ empty: true });

/** The token that such a job of that provider would get. */
function token(provider: string, options: MintOptions, change: Readonly<Record<string, unknown>> = {}): string {
  const minted = profileNamed(provider)?.mint(options, {
    now: siege.seconds(),
    audience: AUDIENCE,
    jti: crypto.randomUUID(),
  });
  assert.ok(minted?.kind === 'claims', JSON.stringify(minted));
  return siege.token({ ...minted.claims, ...change });
}

test('Google without a provider: any audience verifies, the trust policy must test it', async () => {
  const google = await siege.issuer('https://accounts.google.com');
  google.serve([siege.key]);
  const options = { 'unique-id': '112233445566778899000', 'organization-number': '123456789012' };
  await siege.role('google', 'accounts.google.com', {
    StringEquals: {
      'accounts.google.com:aud': '112233445566778899000',
      'accounts.google.com:oaud': 'my-audience',
      'accounts.google.com:sub': '112233445566778899000',
    },
    NumericEquals: { 'accounts.google.com:google/organization_number': '123456789012' },
  });
  const aud = { aud: 'my-audience' };
  const { answer } = await siege.letIn(token('google', options, aud), 'google');
  assert.equal(elementText(answer, 'Provider'), 'accounts.google.com');
  assert.equal(elementText(answer, 'Audience'), '112233445566778899000');
  // Both spellings of iss are Google's; a third is nobody's.
  await siege.letIn(token('google', options, { ...aud, iss: 'accounts.google.com' }), 'google');
  await siege.refused(
    token('google', options, { ...aud, iss: 'https://accounts.google.com/' }),
    { code: 'InvalidIdentityToken', message: /^No OpenIDConnect provider/ },
    'google',
  );
  await siege.refused(token('google', options, { aud: 'other' }), NOT_AUTHORIZED, 'google');
  await siege.refused(token('google', { ...options, 'unique-id': '999' }, aud), NOT_AUTHORIZED, 'google');
  await siege.refused(token('google', { 'unique-id': '112233445566778899000' }, aud), NOT_AUTHORIZED, 'google');
  await siege.refused(token('google', { ...options, 'organization-number': '1' }, aud), NOT_AUTHORIZED, 'google');
  assert.equal(google.asked.filter((path) => path === '/jwks').length, 1);
});

test('a provider for Google’s issuer goes before the built-in one: then its client ids count', async () => {
  await siege.provider('https://accounts.google.com', ['registered']);
  const options = { 'unique-id': '112233445566778899000' };
  await siege.refused(token('google', options, { aud: 'my-audience' }), NOT_VALIDATED, 'google');
});

for (const url of [
  'https://token.actions.githubusercontent.com',
  'https://token.actions.githubusercontent.com/avocado-corp',
  'https://token.actions.octocorp.ghe.com',
  'https://token.actions.octocorp.ghe.com/octocorp',
]) {
  test(`GitHub as ${url}: its own provider, its own condition keys`, async () => {
    (await siege.issuer(url)).serve([siege.key]);
    await siege.provider(url);
    const prefix = url.replace('https://', '');
    const role = prefix.replaceAll(/[^a-z]/g, '-').slice(0, 60);
    await siege.role(role, url, {
      StringEquals: {
        [`${prefix}:aud`]: AUDIENCE,
        [`${prefix}:sub`]: 'repo:my-org/my-repo:environment:production',
        [`${prefix}:repository`]: 'my-org/my-repo',
        [`${prefix}:ref`]: 'refs/heads/main',
        [`${prefix}:enterprise_id`]: '2',
      },
    });
    const job = {
      issuer: url,
      repository: 'my-org/my-repo',
      ref: 'refs/heads/main',
      environment: 'production',
      enterprise: 'avocado-corp',
      'enterprise-id': '2',
    };
    const { answer } = await siege.letIn(token('github', job), role);
    assert.equal(elementText(answer, 'Provider'), providerArn(url));
    await siege.refused(token('github', { ...job, ref: 'refs/heads/other' }), NOT_AUTHORIZED, role);
    await siege.refused(token('github', { ...job, 'enterprise-id': '3' }), NOT_AUTHORIZED, role);
    // The same job of another of GitHub's issuers is another issuer's.
    const other = 'https://token.actions.githubusercontent.com/other-corp';
    await siege.refused(
      token('github', { ...job, issuer: other }),
      { code: 'InvalidIdentityToken', message: /^No OpenIDConnect provider/ },
      role,
    );
  });
}

test('GitHub Enterprise Server has the default keys only: AWS lists no others for it', async () => {
  const url = 'https://github.corp.example/_services/token';
  (await siege.issuer(url)).serve([siege.key]);
  await siege.provider(url);
  const prefix = url.replace('https://', '');
  const sub = 'repo:my-org/my-repo:ref:refs/heads/main';
  await siege.role('ghes', url, { StringEquals: { [`${prefix}:aud`]: AUDIENCE, [`${prefix}:sub`]: sub } });
  await siege.role('ghes-repository', url, {
    StringEquals: { [`${prefix}:sub`]: sub, [`${prefix}:repository`]: 'my-org/my-repo' },
  });
  const job = { issuer: url, repository: 'my-org/my-repo', ref: 'refs/heads/main' };
  await siege.letIn(token('github', job), 'ghes');
  await siege.refused(token('github', job), NOT_AUTHORIZED, 'ghes-repository');
});

for (const [provider, options, key, value] of [
  [
    'circleci',
    { 'project-id': '11111111-2222-4333-8444-555555555555' },
    'oidc.circleci.com/project-id',
    '11111111-2222-4333-8444-555555555555',
  ],
  ['oci', { 'rpst-id': 'ocid1.instance.oc1..example' }, 'rpst_id', 'ocid1.instance.oc1..example'],
  ['gitlab', { 'project-id': '22' }, 'project_id', '22'],
  ['buildkite', { pipeline: 'deploy' }, 'pipeline_slug', 'deploy'],
] as const) {
  test(`${provider}, an issuer ${provider === 'circleci' ? 'with a path' : 'of its own'}: its key ${key} opens the role, another value does not`, async () => {
    const url = profileNamed(provider)?.issuer(options) ?? '';
    (await siege.issuer(url)).serve([siege.key]);
    await siege.provider(url);
    const prefix = url.replace('https://', '');
    const condition = (wanted: string) => ({
      StringEquals: { [`${prefix}:aud`]: AUDIENCE, [`${prefix}:${key}`]: wanted },
      StringLike: { [`${prefix}:sub`]: '?*' },
    });
    await siege.role(provider, url, condition(value));
    await siege.role(`${provider}-other`, url, condition('other'));
    await siege.letIn(token(provider, options), provider);
    await siege.refused(token(provider, options), NOT_AUTHORIZED, `${provider}-other`);
  });
}

test('several accounts with the same issuer: each has its own provider, client ids and roles; the keys are fetched once', async () => {
  const url = 'https://shared.example/tenant';
  const issuer = await siege.issuer(url);
  issuer.serve([siege.key]);
  const trust = (account: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: providerArn(url, account) },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: trusting(url),
        },
      ],
    });
  await siege.server.built.sojourn.state.write(async ({ openIDConnectProviders, roles }) => {
    for (const [id, clientIds] of [
      ['111111111111', [AUDIENCE]],
      ['222222222222', [AUDIENCE, 'second']],
      ['333333333333', undefined],
    ] as const) {
      assert.ok(isAccountId(id));
      const [account, now] = [id, siege.now()];
      if (clientIds !== undefined) {
        const arn = iamArn(account, 'oidc-provider/shared.example/tenant');
        await openIDConnectProviders.put(`${account}/shared.example/tenant`, {
          account,
          arn,
          url: 'shared.example/tenant',
          clientIds,
          thumbprints: [],
          createDate: now,
          tags: [],
        });
      }
      await roles.put(`${account}/deploy`, {
        account,
        arn: iamArn(account, 'role/deploy'),
        path: '/',
        name: 'deploy',
        id: `AROA${id.padStart(17, 'A').replaceAll('1', 'B').replaceAll('2', 'C').replaceAll('3', 'D')}`,
        createDate: now,
        trustPolicy: trust(account === '333333333333' ? '111111111111' : account),
        description: undefined,
        maxSessionDuration: undefined,
        permissionsBoundary: undefined,
        tags: [],
        inlinePolicies: {},
        attachedPolicies: [],
      });
    }
  });
  const role = (account: string): string => `arn:aws:iam::${account}:role/deploy`;
  const good = siege.token({ iss: url });
  for (const account of ['111111111111', '222222222222']) {
    const { answer } = await siege.letIn(good, role(account));
    assert.equal(elementText(answer, 'Provider'), providerArn(url, account));
    assert.match(elementText(answer, 'Arn') ?? '', new RegExp(`^arn:aws:sts::${Number(account)}:`));
  }
  assert.equal(issuer.asked.filter((path) => path === '/tenant/jwks').length, 1);
  // The third account trusts the first one's provider, but has none of its own: the look-up is in the role's account.
  const none = { code: 'InvalidIdentityToken', message: `No OpenIDConnect provider found in your account for ${url}` };
  await siege.refused(good, none, role('333333333333'));
  const second = siege.token({ iss: url, aud: 'second' });
  await siege.refused(second, NOT_VALIDATED, role('111111111111'));
  await siege.refused(second, NOT_AUTHORIZED, role('222222222222'));
});
