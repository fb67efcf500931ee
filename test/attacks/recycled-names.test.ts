/**
 * A name that was given up and taken by somebody else ("repojacking", Checkmarx 2022, Aqua 2023): the new
 * owner's tokens spell the same `sub`. Ids are never given twice: they are in `repository_id`,
 * `repository_owner_id` and, since 2026, in GitHub's immutable subjects (reference oidc-issuers 1.6).
 */
import { test } from 'node:test';
import { github } from '../../src/idp/github.ts';
import type { MintOptions } from '../../src/idp/profile.ts';
import { AUDIENCE, besiege, NOT_AUTHORIZED } from './siege.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const PREFIX = 'token.actions.githubusercontent.com';
const OLD = {
  repository: 'my-org/my-repo',
  'repository-id': '74',
  'repository-owner-id': '65',
  ref: 'refs/heads/main',
};
const NEW_OWNER = { ...OLD, 'repository-owner-id': '9999', 'repository-id': '8888' };
const NEW_REPOSITORY = { ...OLD, 'repository-id': '8888' };

const siege = await besiege({ empty: true });
(await siege.issuer(GITHUB)).serve([siege.key]);
await siege.provider(GITHUB);
const audience = { [`${PREFIX}:aud`]: AUDIENCE };
const byName = { [`${PREFIX}:sub`]: 'repo:my-org/my-repo:ref:refs/heads/main' };
await siege.role('name', GITHUB, { StringEquals: { ...audience, ...byName } });
await siege.role('ids', GITHUB, {
  StringEquals: { ...audience, ...byName, [`${PREFIX}:repository_id`]: '74', [`${PREFIX}:repository_owner_id`]: '65' },
});
await siege.role('immutable', GITHUB, {
  StringEquals: { ...audience, [`${PREFIX}:sub`]: 'repo:my-org@65/my-repo@74:ref:refs/heads/main' },
});
await siege.role('immutable-org', GITHUB, {
  StringEquals: audience,
  StringLike: { [`${PREFIX}:sub`]: 'repo:my-org@65/*' },
});

function token(options: MintOptions): string {
  const minted = github.mint(options, { now: siege.seconds(), audience: AUDIENCE, jti: crypto.randomUUID() });
  if (minted.kind === 'impossible') throw new Error(minted.why);
  return siege.token(minted.claims);
}

test('a policy on names alone lets the new owner in: nothing in the token says otherwise', async () => {
  for (const job of [OLD, NEW_OWNER, NEW_REPOSITORY]) await siege.letIn(token(job), 'name');
});

test('a policy on ids does not, and neither does one on the immutable subject', async () => {
  await siege.letIn(token(OLD), 'ids');
  await siege.letIn(token({ ...OLD, 'immutable-sub': true }), 'immutable');
  await siege.letIn(token({ ...OLD, 'immutable-sub': true }), 'immutable-org');
  for (const job of [NEW_OWNER, NEW_REPOSITORY]) {
    await siege.refused(token(job), NOT_AUTHORIZED, 'ids');
    await siege.refused(token({ ...job, 'immutable-sub': true }), NOT_AUTHORIZED, 'immutable');
  }
  await siege.refused(token({ ...NEW_OWNER, 'immutable-sub': true }), NOT_AUTHORIZED, 'immutable-org');
});

test('an id is a whole word: 74 is not 740, and a name cannot hold an id', async () => {
  await siege.refused(token({ ...OLD, 'repository-id': '740', 'immutable-sub': true }), NOT_AUTHORIZED, 'immutable');
  await siege.refused(
    token({ ...OLD, 'repository-owner-id': '650', 'immutable-sub': true }),
    NOT_AUTHORIZED,
    'immutable-org',
  );
  await siege.refused(token(OLD), NOT_AUTHORIZED, 'immutable');
  const spelled = { ...NEW_OWNER, repository: 'my-org-65/my-repo' };
  await siege.refused(token({ ...spelled, 'immutable-sub': true }), NOT_AUTHORIZED, 'immutable-org');
});
