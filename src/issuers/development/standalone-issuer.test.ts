import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DevelopmentKeys } from './development-keys.ts';
import type { IssuerReply } from './issuer-http.ts';
import { memoryKeyFile } from './key-file.ts';
import { standaloneIssuer } from './standalone-issuer.ts';

const keys = await DevelopmentKeys.open(memoryKeyFile());
const answer = standaloneIssuer({ keys, clock: { now: () => 1_800_000_000_000 } });

function ask(host: string, path: string, method = 'GET', query = ''): Promise<IssuerReply> {
  const headers = { host, 'metadata-flavor': 'Google' };
  return answer({ method, path, query, headers, body: new Uint8Array(), secure: true });
}

test('the URL that is asked is the issuer that answers, with the keys of its provider', async () => {
  const sets = new Map<string, string>();
  for (const [host, path] of [
    ['token.actions.githubusercontent.com', ''],
    ['token.actions.githubusercontent.com', '/my-enterprise'],
    ['gitlab.com', ''],
    ['oidc.circleci.com', '/org/11111111-2222-4333-8444-555555555555'],
    ['localhost:8443', ''],
    ['localhost:8443', '/tenant/a'],
  ] as const) {
    const document: Readonly<Record<string, unknown>> = JSON.parse(
      (await ask(host, `${path}/.well-known/openid-configuration`)).body,
    );
    assert.equal(document['issuer'], `https://${host}${path}`);
    assert.equal(document['jwks_uri'], `https://${host}${path}/.well-known/jwks`);
    sets.set(`${host}${path}`, (await ask(host, `${path}/.well-known/jwks`)).body);
  }
  assert.equal(
    sets.get('token.actions.githubusercontent.com'),
    sets.get('token.actions.githubusercontent.com/my-enterprise'),
  );
  assert.equal(sets.get('localhost:8443'), sets.get('localhost:8443/tenant/a'));
  assert.equal(new Set(sets.values()).size, 4);
});

test('jobs and the metadata server are where the development issuer has them; nothing else is there', async () => {
  assert.equal((await ask('localhost', '/_sojourn/issuer/github/.well-known/jwks')).status, 200);
  const identity = '/computeMetadata/v1/instance/service-accounts/default/identity';
  const reply = await ask('metadata.google.internal', identity, 'GET', 'audience=a');
  assert.equal(reply.status, 200);
  assert.match(reply.body, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  for (const path of ['/', '/x', '/.well-known/', '/.well-known/jwks.json']) {
    assert.equal((await ask('localhost', path)).status, 404, path);
  }
  assert.equal((await ask('a b', '/.well-known/jwks')).status, 400);
  assert.equal((await ask('localhost', '/.well-known/jwks', 'POST')).status, 405);
});
