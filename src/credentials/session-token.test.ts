import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AccountId } from '../base/arn.ts';
import { parseAccountId } from '../base/arn.ts';
import { makeAccessKey } from './access-key.ts';
import { makeKeyRing, rotate } from './key-ring.ts';
import { openSecret, sealSecret } from './sealed-secret.ts';
import { seal } from './sealing.ts';
import { decodeSession, encodeSession } from './session-encoding.ts';
import { MAX_SESSION_TOKEN_LENGTH, openSession, sealSession } from './session-token.ts';
import type { RoleSession, Session } from './session.ts';

const random = { bytes: (count: number): Uint8Array => randomBytes(count) };
const ring = makeKeyRing(random);

const role: RoleSession = {
  kind: 'role',
  account: account('123456789012'),
  accessKeyId: 'ASIAQWERTYUIOPASDFGH',
  secretAccessKey: 'x'.repeat(40),
  issuedAt: 1_790_000_000,
  expiresAt: 1_790_003_600,
  roleId: 'AROAQWERTYUIOPASDFGHJ',
  roleName: 'deploy',
  sessionName: 'run-1',
};

test('every kind of session comes back from its token as it went in', () => {
  fc.assert(
    fc.property(sessions(), (session) => {
      const opened = openSession(sealSession(session, ring, random), ring);
      assert.ok(opened.kind === 'session');
      assert.deepEqual(plain(opened.session), plain(session));
    }),
    { numRuns: 200 },
  );
});

test('a token opens after the ring was rotated, and not in another ring', () => {
  const token = sealSession(role, ring, random);
  assert.equal(openSession(token, rotate(ring, random)).kind, 'session');
  assert.deepEqual(openSession(token, makeKeyRing(random)), { kind: 'foreign' });
});

test('garbage, changed and respelled tokens are malformed', () => {
  const token = sealSession(role, ring, random);
  const bad = ['', 'x', 'garbage', '🙂', `${token} `, ` ${token}`, `${token}=`, token.slice(0, -4), token.slice(4)];
  bad.push(
    token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    `${token}\n`,
    'A'.repeat(MAX_SESSION_TOKEN_LENGTH + 4),
  );
  for (const text of bad) assert.equal(openSession(text, ring).kind, 'malformed', text.slice(0, 20));
});

test('a sealed value that is no session is malformed, whatever is wrong with it', () => {
  const good: unknown = JSON.parse(encodeSession(role).toString());
  assert.ok(typeof good === 'object' && good !== null);
  const bad: readonly unknown[] = [
    [],
    null,
    1,
    {},
    { ...good, k: 'x' },
    { ...good, a: '12' },
    { ...good, a: undefined },
    { ...good, t: '1' },
    { ...good, e: 1.5 },
    { ...good, e: -1 },
    { ...good, ri: undefined },
    { ...good, ri: 5 },
    { ...good, p: 5 },
    { ...good, p: null },
    { ...good, pa: 'one' },
    { ...good, pa: [1] },
    { ...good, g: { a: 1 } },
    { ...good, g: [] },
    { ...good, c: { a: { b: 'c' } } },
    { ...good, ch: false },
    { ...good, unknown: 'member' },
    { ...good, ui: 'a member of another kind' },
  ];
  assert.equal(openRaw(JSON.stringify(good)), 'session');
  for (const value of bad) assert.equal(openRaw(JSON.stringify(value)), 'malformed', JSON.stringify(value));
  assert.equal(openRaw('{'), 'malformed');
});

test('a tag named like a property of objects is a tag', () => {
  const tags: unknown = JSON.parse('{"__proto__":"a","constructor":"b"}');
  const bytes = Buffer.from(JSON.stringify({ ...JSON.parse(encodeSession(role).toString()), g: tags }));
  const session = decodeSession(bytes);
  assert.deepEqual(Object.entries(session?.tags ?? {}), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});

test('a secret at rest opens with its ring only, and not as a session token', () => {
  const sealed = sealSecret('wJalrXUtnFEMI/K7MDENG', ring, random);
  assert.ok(!sealed.includes('wJalr'));
  assert.equal(openSecret(sealed, rotate(ring, random)), 'wJalrXUtnFEMI/K7MDENG');
  assert.equal(openSecret(sealed, makeKeyRing(random)), undefined);
  assert.equal(openSecret(`${sealed.slice(0, -2)}==`, ring), undefined);
  assert.equal(openSecret('', ring), undefined);
  assert.equal(openSession(sealed, ring).kind, 'malformed');
});

test('an access key has the length and alphabet of AWS, and its account inside', () => {
  const { accessKeyId, secretAccessKey } = makeAccessKey('ASIA', account('000000000000'), random);
  assert.match(accessKeyId, /^ASIA[A-Z2-7]{16}$/);
  assert.match(secretAccessKey, /^[A-Za-z0-9+/]{40}$/);
  assert.notEqual(makeAccessKey('AKIA', role.account, random).secretAccessKey, secretAccessKey);
});

function openRaw(json: string): string {
  return openSession(seal('session-token', Buffer.from(json), ring, random).toString('base64'), ring).kind;
}

/** Without the members that are undefined. */
function plain(session: Session): unknown {
  return JSON.parse(JSON.stringify(session));
}

function account(text: string): AccountId {
  const parsed = parseAccountId(text);
  assert.ok(parsed);
  return parsed;
}

function sessions(): fc.Arbitrary<Session> {
  const text = fc.string({ unit: 'binary', maxLength: 64 }).map((value) => value.toWellFormed());
  const facts = {
    account: fc.constantFrom(account('000000000000'), account('123456789012')),
    accessKeyId: text,
    secretAccessKey: text,
    issuedAt: fc.nat(),
    expiresAt: fc.nat(),
    policy: fc.option(text, { nil: undefined }),
    policyArns: fc.option(fc.array(text), { nil: undefined }),
    tags: fc.option(fc.dictionary(text, text), { nil: undefined }),
    transitiveTagKeys: fc.option(fc.array(text), { nil: undefined }),
    sourceIdentity: fc.option(text, { nil: undefined }),
  };
  const user = { userId: fc.option(text, { nil: undefined }), userName: fc.option(text, { nil: undefined }) };
  return fc.oneof(
    fc.record({
      kind: fc.constant('role' as const),
      ...facts,
      roleId: text,
      roleName: text,
      sessionName: text,
      federatedProvider: fc.option(text, { nil: undefined }),
      carried: fc.option(fc.dictionary(text, fc.oneof(text, fc.array(text))), { nil: undefined }),
      chained: fc.constantFrom(true as const, undefined),
    }),
    fc.record({ kind: fc.constant('user' as const), ...facts, ...user }),
    fc.record({ kind: fc.constant('federatedUser' as const), ...facts, ...user, name: text }),
  );
}
