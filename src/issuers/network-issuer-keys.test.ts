/** The whole way from a registered issuer to its keys, over real https, under a clock of our own. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import type { IssuerAnswer } from './issuer-keys.ts';
import { issuerKeys } from './network-issuer-keys.ts';
import type { IssuerKeysOptions, NetworkIssuerKeys } from './network-issuer-keys.ts';
import { makeIdentity } from './certificates.ts';
import type { Identity } from './certificates.ts';
import {
  ISSUER_HOST,
  json,
  loopback,
  signingKey,
  startIssuer,
  testIntermediate,
  testRoot,
} from './testing/https-issuer.ts';
import type { HttpsIssuer } from './testing/https-issuer.ts';

const one = signingKey('one');
const two = signingKey('two');

interface Rig {
  readonly keys: NetworkIssuerKeys;
  /** Seconds pass. */
  pass(seconds: number): void;
  keysOf(issuer: HttpsIssuer, kid?: string, thumbprints?: readonly string[]): IssuerAnswer | Promise<IssuerAnswer>;
}

function rig(options: Partial<IssuerKeysOptions> = {}): Rig {
  let now = 1_800_000_000_000;
  const keys = issuerKeys({
    clock: { now: () => now },
    allowedAddresses: ['127.0.0.1'],
    ca: [testRoot.pem],
    resolve: loopback,
    ...options,
  });
  return {
    keys,
    pass(seconds) {
      now += seconds * 1000;
    },
    keysOf: ({ url }, kid, thumbprints = []) => keys.keysOf({ url, thumbprints }, kid),
  };
}

function held(answer: IssuerAnswer): readonly string[] {
  assert.ok(answer.kind === 'keys', JSON.stringify(answer));
  return answer.keys.keys.map(({ kid }) => String(kid));
}

/** How often the key set was fetched. */
function fetches(issuer: HttpsIssuer): number {
  return issuer.asked.filter((path) => path === '/keys').length;
}

function fingerprint(identity: Identity): string {
  return new X509Certificate(identity.pem).fingerprint.replaceAll(':', '').toLowerCase();
}

/** Background fetches have no promise to wait for. */
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 400, 'it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('keys are fetched once and then answered without a promise', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one, two], 'max-age=600');
  const { keys, keysOf, pass } = rig();
  const answers = await Promise.all(Array.from({ length: 50 }, () => keysOf(issuer, 'one')));
  for (const answer of answers) assert.deepEqual(held(answer), ['one', 'two']);
  assert.equal(fetches(issuer), 1);
  pass(400);
  const answer = keysOf(issuer, 'two');
  assert.ok(!(answer instanceof Promise) && answer.kind === 'keys');
  assert.equal(answer.verification, 'IAMTrustStore');
  assert.equal(fetches(issuer), 1);
  const [state] = keys.snapshot();
  assert.equal(state?.keys, 'fresh');
  assert.equal(state.keyCount, 2);
  assert.equal(state.fetches, 1);
  assert.equal(state.failures, 0);
});

test('keys are refreshed before they age, without anyone waiting', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one], 'max-age=600');
  const { keys, keysOf, pass } = rig();
  await keysOf(issuer, 'one');
  issuer.serveKeys([one, two], 'max-age=600');
  pass(500);
  for (let n = 0; n < 20; n++) assert.ok(!(keysOf(issuer, 'one') instanceof Promise));
  await until(() => keys.snapshot()[0]?.keyCount === 2);
  assert.equal(fetches(issuer), 2);
});

test('aged keys are fetched before they are used again: a key withdrawn is gone', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one, two], 'max-age=60');
  const { keysOf, pass } = rig();
  await keysOf(issuer, 'one');
  issuer.serveKeys([two]);
  pass(61);
  assert.deepEqual(held(await keysOf(issuer, 'one')), ['two']);
});

test('no-cache is honoured to two seconds', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one], 'no-cache');
  const { keysOf, pass } = rig();
  await keysOf(issuer, 'one');
  pass(1);
  await keysOf(issuer, 'one');
  assert.equal(fetches(issuer), 1);
  pass(1.5);
  await keysOf(issuer, 'one');
  assert.equal(fetches(issuer), 2);
});

test('rotation: a new kid is fetched at once, a flood of unknown ones once in 30 s', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one], 'max-age=3600');
  const { keysOf, pass } = rig();
  await keysOf(issuer, 'one');
  issuer.serveKeys([one, two], 'max-age=3600');
  const rotated = await Promise.all(Array.from({ length: 20 }, () => keysOf(issuer, 'two')));
  for (const answer of rotated) assert.deepEqual(held(answer), ['one', 'two']);
  assert.equal(fetches(issuer), 2);

  for (const wait of [0, 10, 19]) {
    pass(wait);
    await Promise.all(Array.from({ length: 100 }, (_, n) => keysOf(issuer, `unknown-${wait}-${n}`)));
    assert.equal(fetches(issuer), 2, 'within 30 s of the forced fetch');
  }
  pass(2);
  await Promise.all(Array.from({ length: 100 }, (_, n) => keysOf(issuer, `unknown-${n}`)));
  assert.equal(fetches(issuer), 3);
});

test('an unknown kid at a cold start costs one fetch, not two', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one], 'max-age=600');
  const { keysOf } = rig();
  for (let n = 0; n < 5; n++) await Promise.all([keysOf(issuer, `a${n}`), keysOf(issuer, `b${n}`)]);
  assert.equal(fetches(issuer), 1);
});

test('a down issuer: its keys are served stale for the time set, it is asked at a bounded rate, then it is unavailable', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one], 'max-age=60');
  const { keys, keysOf, pass } = rig({ bounds: { staleSeconds: 600 } });
  await keysOf(issuer, 'one');
  issuer.routes.clear();

  pass(100);
  assert.deepEqual(held(await keysOf(issuer, 'one')), ['one']);
  const asked = issuer.asked.length;
  for (let n = 0; n < 50; n++) assert.ok(!(keysOf(issuer, 'one') instanceof Promise));
  assert.equal(issuer.asked.length, asked);
  const [state] = keys.snapshot();
  assert.equal(state?.keys, 'stale');
  assert.match(state.failure?.why ?? '', /answered 404/);

  pass(11);
  assert.ok(!(keysOf(issuer, 'one') instanceof Promise), 'asked again beside the answer');
  await until(() => issuer.asked.length === asked + 1 && keys.snapshot()[0]?.fetching === false);

  issuer.serveKeys([two], 'max-age=60');
  pass(11);
  assert.deepEqual(held(await keysOf(issuer, 'one')), ['one']);
  await until(() => keys.snapshot()[0]?.keys === 'fresh');
  assert.deepEqual(held(await keysOf(issuer, 'two')), ['two']);

  issuer.routes.clear();
  pass(661);
  const answer = await keysOf(issuer, 'two');
  assert.equal(answer.kind, 'unavailable');
  assert.equal(keys.snapshot()[0]?.keys, 'none');
});

test('a failure is remembered for a short time, with its reason', async (t) => {
  const issuer = await startIssuer(t);
  issuer.routes.set(
    '/.well-known/openid-configuration',
    json({ issuer: 'https://evil.example', jwks_uri: issuer.url }),
  );
  const { keysOf, pass } = rig();
  for (let n = 0; n < 20; n++) {
    const answer = await keysOf(issuer, 'one');
    assert.ok(answer.kind === 'unavailable');
    assert.match(answer.why, /names another issuer/);
  }
  assert.equal(issuer.asked.length, 1);
  issuer.serveKeys([one]);
  assert.equal((await keysOf(issuer, 'one')).kind, 'unavailable');
  pass(10);
  assert.equal((await keysOf(issuer, 'one')).kind, 'keys');
});

test('an empty or broken key set never replaces keys', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one], 'max-age=60');
  const { keysOf, pass } = rig();
  await keysOf(issuer, 'one');
  for (const broken of [{ keys: [] }, { keys: 'no' }, [], { keys: [{ kty: 'RSA' }] }]) {
    issuer.routes.set('/keys', json(broken));
    pass(61);
    assert.deepEqual(held(await keysOf(issuer, 'one')), ['one']);
  }
});

test('issuers and fetches are bounded in number', async (t) => {
  const slow = await startIssuer(t);
  slow.routes.set('/.well-known/openid-configuration', () => undefined);
  const issuer = await startIssuer(t);
  issuer.serveKeys([one]);
  const { keys, keysOf, pass } = rig({ bounds: { fetches: 1, issuers: 2 }, timeoutMilliseconds: 300 });
  const hanging = keysOf(slow, 'x');
  const refused = await keysOf(issuer, 'one');
  assert.ok(refused.kind === 'unavailable');
  assert.match(refused.why, /1 fetches of other issuers/);
  const timed = await hanging;
  assert.ok(timed.kind === 'unavailable');
  assert.match(timed.why, /not answered within 0\.3 s/);
  pass(1);
  assert.equal((await keysOf(issuer, 'one')).kind, 'keys');
  pass(1);
  await keys.keysOf({ url: 'https://third.example:1', thumbprints: [] }, 'one');
  assert.deepEqual(
    keys.snapshot().map(({ url }) => url),
    [issuer.url, 'https://third.example:1'],
  );
});

test('without a trusted root a registered thumbprint of the top authority decides, for each provider by itself', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one], 'max-age=600');
  const { keysOf } = rig({ ca: [] });
  const match = await keysOf(issuer, 'one', ['0'.repeat(40), fingerprint(testIntermediate)]);
  assert.ok(match.kind === 'keys');
  assert.equal(match.verification, 'Thumbprint');
  assert.equal((await keysOf(issuer, 'one', ['0'.repeat(40)])).kind, 'thumbprintMismatch');
  assert.equal((await keysOf(issuer, 'one', [])).kind, 'unavailable');
  assert.equal(fetches(issuer), 1);
});

test("the leaf's own thumbprint counts only where it stands alone", async (t) => {
  const leaf = makeIdentity(ISSUER_HOST, { issuer: testIntermediate, hosts: [ISSUER_HOST] });
  const chained = await startIssuer(t, leaf);
  chained.serveKeys([one]);
  assert.equal((await rig({ ca: [] }).keysOf(chained, 'one', [fingerprint(leaf)])).kind, 'thumbprintMismatch');

  const selfSigned = makeIdentity(ISSUER_HOST, { hosts: [ISSUER_HOST] });
  const alone = await startIssuer(t, selfSigned);
  alone.serveKeys([one]);
  assert.equal((await rig({ ca: [] }).keysOf(alone, 'one', [fingerprint(selfSigned)])).kind, 'keys');
});

test('a self-signed root that the server sends counts too', async (t) => {
  const leaf = makeIdentity(ISSUER_HOST, { issuer: testIntermediate, hosts: [ISSUER_HOST] });
  const issuer = await startIssuer(t, leaf, leaf.chainPem + testRoot.pem);
  issuer.serveKeys([one]);
  const { keysOf } = rig({ ca: [] });
  for (const authority of [testRoot, testIntermediate]) {
    assert.equal((await keysOf(issuer, 'one', [fingerprint(authority)])).kind, 'keys');
  }
});

test('a thumbprint saves no certificate that is wrong otherwise', async (t) => {
  const now = Date.now();
  const fake = makeIdentity('Test Intermediate', { authority: true });
  const noAuthority = makeIdentity('No Authority', { issuer: testIntermediate });
  const wrong: readonly (readonly [string, Identity, string, RegExp])[] = [
    [
      'expired',
      makeIdentity(ISSUER_HOST, { issuer: testIntermediate, hosts: [ISSUER_HOST], to: now - 60_000 }),
      '',
      /EXPIRED/,
    ],
    [
      'not yet',
      makeIdentity(ISSUER_HOST, { issuer: testIntermediate, hosts: [ISSUER_HOST], from: now + 60_000 }),
      '',
      /YET_VALID/,
    ],
    [
      'other host',
      makeIdentity('x', { issuer: testIntermediate, hosts: ['other.example'] }),
      '',
      /does not match|altnames/,
    ],
    [
      'forged issuer',
      makeIdentity(ISSUER_HOST, { issuer: fake, hosts: [ISSUER_HOST], keyIdentifiers: false }),
      testIntermediate.pem,
      /refused/,
    ],
    ['issuer is no authority', makeIdentity(ISSUER_HOST, { issuer: noAuthority, hosts: [ISSUER_HOST] }), '', /refused/],
  ];
  for (const [what, leaf, above, why] of wrong) {
    const issuer = await startIssuer(t, leaf, above === '' ? leaf.chainPem : leaf.pem + above);
    issuer.serveKeys([one]);
    const thumbprints = [testIntermediate, fake, leaf, noAuthority].map(fingerprint);
    const answer = await rig({ ca: [] }).keysOf(issuer, 'one', thumbprints);
    assert.notEqual(answer.kind, 'keys', what);
    if (answer.kind !== 'keys') assert.match(answer.why, why, what);
  }
});

test('a trusted root does not save a certificate for another host', async (t) => {
  const leaf = makeIdentity('x', { issuer: testIntermediate, hosts: ['other.example'] });
  const issuer = await startIssuer(t, leaf);
  issuer.serveKeys([one]);
  const answer = await rig().keysOf(issuer, 'one');
  assert.ok(answer.kind === 'unavailable');
  assert.match(answer.why, /ALTNAME/);
});

test('every server on the way must be vouched for, the key set host too', async (t) => {
  const other = makeIdentity(ISSUER_HOST, { hosts: [ISSUER_HOST] });
  const keyHost = await startIssuer(t, other);
  keyHost.routes.set('/keys', json({ keys: [one.jwk] }));
  const issuer = await startIssuer(t);
  issuer.routes.set('/.well-known/openid-configuration', json({ issuer: issuer.url, jwks_uri: `${keyHost.url}/keys` }));
  assert.equal((await rig().keysOf(issuer, 'one', [fingerprint(testIntermediate)])).kind, 'thumbprintMismatch');
  assert.equal((await rig().keysOf(issuer, 'one', [fingerprint(other)])).kind, 'keys');
  const untrusting = rig({ ca: [] });
  assert.equal((await untrusting.keysOf(issuer, 'one', [fingerprint(other)])).kind, 'thumbprintMismatch');
  assert.equal((await untrusting.keysOf(issuer, 'one', [other, testIntermediate].map(fingerprint))).kind, 'keys');
});

test('the thumbprint that IAM would store comes from the live chain; the guard holds there too', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one]);
  for (const ca of [[], [testRoot.pem]]) {
    assert.deepEqual(await rig({ ca }).keys.thumbprintOf(issuer.url), {
      kind: 'thumbprint',
      thumbprint: fingerprint(testIntermediate),
    });
  }
  const refused = await rig({ allowedAddresses: [] }).keys.thumbprintOf(issuer.url);
  assert.ok(refused.kind === 'unavailable');
  assert.match(refused.why, /loopback/);
});

test('keys of a trusted chain are not replaced by those of an untrusted one', async (t) => {
  const issuer = await startIssuer(t);
  issuer.serveKeys([one], 'max-age=60');
  const impostor = await startIssuer(t, makeIdentity(ISSUER_HOST, { hosts: [ISSUER_HOST] }));
  impostor.routes.set('/keys', json({ keys: [two.jwk] }));
  const { keys, keysOf, pass } = rig();
  await keysOf(issuer, 'one');
  issuer.routes.set(
    '/.well-known/openid-configuration',
    json({ issuer: issuer.url, jwks_uri: `${impostor.url}/keys` }),
  );
  pass(61);
  assert.deepEqual(held(await keysOf(issuer, 'one')), ['one']);
  assert.match(keys.snapshot()[0]?.failure?.why ?? '', /no longer ends in a trusted root/);
});
