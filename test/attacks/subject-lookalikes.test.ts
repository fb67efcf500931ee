/**
 * A repository whose `sub` spells another's. Trust policies without a scoped `sub`, or with a prefix that
 * others can begin with, let strangers in: Datadog's "No keys attached" (2023) found such roles by the
 * hundred, and UNC6426 (2026) went from one npm package to AWS administrators through one.
 */
import { test } from 'node:test';
import { github } from '../../src/idp/github.ts';
import type { MintOptions } from '../../src/idp/profile.ts';
import { AUDIENCE, besiege, NOT_AUTHORIZED, NOT_VALIDATED } from './siege.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const PREFIX = 'token.actions.githubusercontent.com';

const siege = await besiege({ empty: true });
(await siege.issuer(GITHUB)).serve([siege.key]);
await siege.provider(GITHUB);
const audience = { StringEquals: { [`${PREFIX}:aud`]: AUDIENCE } };
await siege.role('branch', GITHUB, {
  StringEquals: { ...audience.StringEquals, [`${PREFIX}:sub`]: 'repo:my-org/my-repo:ref:refs/heads/main' },
});
await siege.role('repository', GITHUB, { ...audience, StringLike: { [`${PREFIX}:sub`]: 'repo:my-org/my-repo:*' } });
await siege.role('organisation', GITHUB, { ...audience, StringLike: { [`${PREFIX}:sub`]: 'repo:my-org/*' } });
await siege.role('environment', GITHUB, {
  StringEquals: { ...audience.StringEquals, [`${PREFIX}:sub`]: 'repo:my-org/my-repo:environment:production' },
});
await siege.role('careless', GITHUB, { ...audience, StringLike: { [`${PREFIX}:sub`]: 'repo:my-org*' } });

/** As GitHub would mint it for that job; only what GitHub itself writes. */
function token(options: MintOptions, wanted: { readonly audience?: string } = { audience: AUDIENCE }): string {
  const minted = github.mint(options, { now: siege.seconds(), audience: wanted.audience, jti: crypto.randomUUID() });
  if (minted.kind === 'impossible') throw new Error(minted.why);
  return siege.token(minted.claims);
}

const MINE = { repository: 'my-org/my-repo', ref: 'refs/heads/main' };

test('the repository itself is let in where its policies say', async () => {
  for (const role of ['branch', 'repository', 'organisation', 'careless']) await siege.letIn(token(MINE), role);
  await siege.letIn(token({ ...MINE, environment: 'production' }), 'environment');
});

test('names that begin, end or are cased alike are other repositories', async () => {
  for (const repository of [
    'my-org/my-repo-evil',
    'my-org/my-repo.git',
    'my-org-evil/my-repo',
    'my-orgmy-repo/my-repo',
    'My-Org/my-repo',
    'my-org/My-Repo',
    'my_org/my-repo',
    'evil/my-org-my-repo',
  ]) {
    for (const role of ['branch', 'repository', 'environment']) {
      await siege.refused(token({ repository, ref: 'refs/heads/main' }), NOT_AUTHORIZED, role);
    }
  }
  for (const repository of ['my-org-evil/my-repo', 'My-Org/my-repo', 'evil/my-org']) {
    await siege.refused(token({ repository, ref: 'refs/heads/main' }), NOT_AUTHORIZED, 'organisation');
  }
});

test('a pattern that stops before the slash lets strangers in: that is what it says', async () => {
  await siege.letIn(token({ repository: 'my-org-evil/my-repo', ref: 'refs/heads/main' }), 'careless');
});

test('an environment cannot spell a branch or another repository: its colons are encoded', async () => {
  for (const environment of [
    'x:ref:refs/heads/main',
    'production:ref:refs/heads/main',
    'production%3A',
    'Production',
    'production ',
  ]) {
    await siege.refused(token({ ...MINE, environment }), NOT_AUTHORIZED, 'branch');
    await siege.refused(token({ ...MINE, environment }), NOT_AUTHORIZED, 'environment');
  }
  const spelled = {
    repository: 'evil/evil',
    ref: 'refs/heads/main',
    environment: 'repo:my-org/my-repo:ref:refs/heads/main',
  };
  for (const role of ['branch', 'repository', 'organisation', 'careless'])
    await siege.refused(token(spelled), NOT_AUTHORIZED, role);
});

test('branches, tags and pull requests of the repository are not its main branch', async () => {
  const jobs: readonly MintOptions[] = [
    { ref: 'refs/heads/main2' },
    { ref: 'refs/heads/evil/refs/heads/main' },
    { ref: 'refs/tags/main' },
    { ref: 'refs/tags/refs/heads/main' },
    { event: 'pull_request', 'head-ref': 'main' },
    { event: 'pull_request', ref: 'refs/pull/1/merge', 'base-ref': 'main' },
    { environment: 'staging' },
  ];
  for (const job of jobs)
    await siege.refused(token({ repository: 'my-org/my-repo', ...job }), NOT_AUTHORIZED, 'branch');
});

test('a customised subject cannot take the place of the default one', async () => {
  const claims = 'repository_owner,repository,actor';
  const spelled = { repository: 'evil/evil', ref: 'refs/heads/main', actor: 'repo:my-org/my-repo:ref:refs/heads/main' };
  for (const role of ['branch', 'repository', 'organisation', 'careless']) {
    await siege.refused(token({ ...spelled, 'include-claim-keys': claims }), NOT_AUTHORIZED, role);
    await siege.refused(token({ ...spelled, 'include-claim-keys': 'repo,actor' }), NOT_AUTHORIZED, role);
  }
});

test('the default audience, the owner’s URL, opens nothing', async () => {
  await siege.refused(token(MINE, {}), NOT_VALIDATED, 'branch');
});
