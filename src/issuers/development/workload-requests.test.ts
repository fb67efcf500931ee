/** Google's metadata server and GitHub's settings of `sub`, asked as workloads and administrators ask. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { google } from '../../idp/google.ts';
import { readToken } from '../../tokens/read.ts';
import { verifySignature } from '../../tokens/verify.ts';
import { DevelopmentKeys } from './development-keys.ts';
import { developmentIssuer } from './development-issuer.ts';
import type { IssuerReply, IssuerRequest } from './issuer-http.ts';
import { memoryKeyFile } from './key-file.ts';

const NOW = 1_800_000_000;
const JSON_TYPE = { 'content-type': 'application/json' };
const IDENTITY = '/google/computeMetadata/v1/instance/service-accounts/default/identity';
const keys = await DevelopmentKeys.open(memoryKeyFile());
const answer = developmentIssuer({ keys, clock: { now: () => NOW * 1000 } });

function ask(method: string, path: string, more: Partial<IssuerRequest> = {}): Promise<IssuerReply> {
  const headers = { host: '127.0.0.1:4566', ...more.headers };
  return answer({ method, path, query: '', body: new Uint8Array(), secure: false, ...more, headers });
}

function identity(query: string, path = IDENTITY, headers: IssuerRequest['headers'] = {}): Promise<IssuerReply> {
  return ask('GET', path, { query, headers: { 'metadata-flavor': 'Google', ...headers } });
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const read = readToken(token);
  assert.ok(!('kind' in read), token);
  return read.claims;
}

test('the metadata server answers with the bare token of the instance’s service account', async () => {
  const { status, headers, body } = await identity('audience=sts.amazonaws.com');
  assert.equal(status, 200);
  assert.ok(headers.some(([name, value]) => name === 'metadata-flavor' && value === 'Google'));
  const claims = claimsOf(body);
  assert.deepEqual([claims['aud'], claims['exp'], claims['google']], ['sts.amazonaws.com', NOW + 3600, undefined]);
  assert.match(String(claims['sub']), /^\d{21}$/);
  assert.equal(claims['azp'], claims['sub']);
  const token = readToken(body);
  assert.ok(!('kind' in token));
  assert.equal(verifySignature(token, (await keys.keysOf(google)).keySet), undefined);
});

test('format=full describes the instance; another account is named by its address', async () => {
  const full = claimsOf((await identity('audience=a&format=full')).body);
  assert.match(JSON.stringify(full['google']), /"instance_name":"instance-1"/);
  const path = IDENTITY.replace('default', 'ci%40my-project.iam.gserviceaccount.com');
  const other = claimsOf((await identity('audience=a', path)).body);
  assert.equal(other['email'], 'ci@my-project.iam.gserviceaccount.com');
  assert.notEqual(other['sub'], full['sub']);
});

test('without the flavour, through a proxy, under a foreign name or without an audience it refuses', async () => {
  const status = async (reply: Promise<IssuerReply>): Promise<number> => (await reply).status;
  assert.equal(await status(ask('GET', IDENTITY, { query: 'audience=a' })), 403);
  assert.equal(await status(identity('audience=a', IDENTITY, { 'x-forwarded-for': '10.0.0.1' })), 403);
  assert.equal(await status(identity('audience=a', IDENTITY, { host: 'evil.example' })), 403);
  assert.equal(await status(identity('audience=a', IDENTITY, { host: 'metadata.google.internal' })), 200);
  assert.equal(await status(identity('')), 400);
  assert.equal(await status(identity(`audience=${'a'.repeat(1001)}`)), 400);
  assert.equal(await status(ask('POST', IDENTITY, { headers: { 'metadata-flavor': 'Google' } })), 405);
  for (const path of [`${IDENTITY}/x`, IDENTITY.replace('identity', 'token'), IDENTITY.replace('default', 'a%zz')]) {
    assert.equal(await status(identity('audience=a', path)), 404, path);
  }
});

/** Opens a job and answers with the `sub` of its token, or the refusal's status. */
async function subjectOf(job: object): Promise<unknown> {
  const opened = await ask('POST', '/github/jobs', { headers: JSON_TYPE, body: Buffer.from(JSON.stringify(job)) });
  const variables: Readonly<Record<string, string>> = JSON.parse(opened.body);
  const reply = await ask('GET', '/github/idtoken', {
    query: 'api-version=2.0',
    headers: { authorization: `bearer ${variables['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}` },
  });
  const { value }: { readonly value?: string } = JSON.parse(reply.body);
  return value === undefined ? reply.status : claimsOf(value)['sub'];
}

async function put(path: string, value: unknown, headers: IssuerRequest['headers'] = JSON_TYPE): Promise<number> {
  return (await ask('PUT', `/github/${path}`, { headers, body: Buffer.from(JSON.stringify(value)) })).status;
}

async function get(path: string): Promise<unknown> {
  const { body } = await ask('GET', `/github/${path}`);
  return JSON.parse(body);
}

const REPO = 'repos/my-org/customised/actions/oidc/customization/sub';

test('a repository’s template shapes the sub of its jobs, and GET says what was set', async () => {
  const job = { repository: 'my-org/customised', ref: 'refs/heads/main' };
  assert.deepEqual(await get(REPO), {
    use_default: true,
    use_immutable_subject: false,
    sub_claim_prefix: 'repo:my-org/customised',
  });
  assert.equal(await subjectOf(job), 'repo:my-org/customised:ref:refs/heads/main');
  assert.equal(await put(REPO, { use_default: false, include_claim_keys: ['repo', 'event_name'] }), 201);
  assert.deepEqual(await get(REPO.replace('my-org', 'My-Org')), {
    use_default: false,
    include_claim_keys: ['repo', 'event_name'],
    use_immutable_subject: false,
    sub_claim_prefix: 'repo:My-Org/customised',
  });
  assert.equal(await subjectOf(job), 'repo:my-org/customised:event_name:push');
  assert.equal(await put(REPO, { use_default: false, include_claim_keys: ['environment'] }), 201);
  assert.equal(await subjectOf(job), 400);
  assert.equal(await subjectOf({ ...job, environment: 'prod' }), 'environment:prod');
  assert.equal(await put(REPO, { use_default: true, use_immutable_subject: true }), 201);
  assert.match(String(await subjectOf(job)), /^repo:my-org@\d+\/customised@\d+:ref:refs\/heads\/main$/);
  assert.match(JSON.stringify(await get(REPO)), /"sub_claim_prefix":"repo:my-org@\d+\/customised@\d+"/);
});

test('an organisation’s template acts where a repository opted out of the default without keys of its own', async () => {
  const org = 'orgs/other-org/actions/oidc/customization/sub';
  const repo = 'repos/other-org/r/actions/oidc/customization/sub';
  const job = { repository: 'other-org/r', ref: 'refs/heads/main' };
  assert.deepEqual(await get(org), { include_claim_keys: ['repo', 'context'] });
  assert.equal(await put(org, { include_claim_keys: ['repository_owner'] }), 201);
  assert.equal(await subjectOf(job), 'repo:other-org/r:ref:refs/heads/main');
  await put(repo, { use_default: false });
  assert.equal(await subjectOf(job), 'repository_owner:other-org');
  await put(repo, { use_default: false, include_claim_keys: ['repo'] });
  assert.equal(await subjectOf(job), 'repo:other-org/r');
  await put(repo, { use_default: true });
  assert.equal(await subjectOf(job), 'repo:other-org/r:ref:refs/heads/main');
});

test('settings that are none, and pages in a browser, change nothing', async () => {
  const path = 'repos/my-org/safe/actions/oidc/customization/sub';
  for (const body of [
    null,
    [],
    {},
    { use_default: 'false' },
    { use_default: false, include_claim_keys: [] },
    { use_default: false, include_claim_keys: ['a:b'] },
    { use_default: false, include_claim_keys: 'repo' },
    { use_default: true, use_immutable_subject: 1 },
  ]) {
    assert.equal(await put(path, body), 422, JSON.stringify(body));
  }
  const good = { use_default: false, include_claim_keys: ['repo'] };
  assert.equal(await put(path, good, { 'content-type': 'text/plain' }), 415);
  assert.equal(await put(path, good, { ...JSON_TYPE, host: 'evil.example' }), 403);
  assert.equal((await ask('DELETE', `/github/${path}`)).status, 405);
  assert.match(JSON.stringify(await get(path)), /"use_default":true/);
  assert.equal((await ask('GET', `/gitlab/${path}`)).status, 404);
});
