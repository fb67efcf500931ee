/** Ids match the patterns of the public model, whatever the bytes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Random } from '../../base/clock.ts';
import { organizations } from '../../wire/generated/organizations.ts';
import {
  makeAccountId,
  makeCreationId,
  makeHandshakeId,
  makeOrganizationId,
  makePolicyId,
  makeRootId,
  makeUnitId,
} from './ids.ts';

const CASES = {
  OrganizationId: makeOrganizationId,
  RootId: makeRootId,
  OrganizationalUnitId: (random: Random) => makeUnitId(makeRootId(random), random),
  PolicyId: (random: Random) => makePolicyId('RESOURCE_CONTROL_POLICY', random),
  CreateAccountRequestId: makeCreationId,
  HandshakeId: makeHandshakeId,
  AccountId: makeAccountId,
};

/** Bytes from a list, over and over; no byte of 252 and more alone, of which no letter is made. */
function repeating(bytes: Uint8Array): Random {
  let at = 0;
  return { bytes: (count) => Uint8Array.from({ length: count }, () => bytes[at++ % bytes.length] ?? 0) };
}

for (const [shapeName, make] of Object.entries(CASES)) {
  test(`${shapeName} has the form of the model`, () => {
    const shape = organizations.shapes[shapeName];
    assert.ok(shape?.type === 'string' && shape.pattern !== undefined);
    const pattern = new RegExp(shape.pattern);
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((some) => Uint8Array.of(...some, 7));
    fc.assert(fc.property(bytes, (some) => assert.match(make(repeating(some)), pattern)));
  });
}

test('every letter is as likely as any other', () => {
  const counts = new Map<string, number>();
  const every = repeating(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  for (let n = 0; n < 2520; n++) {
    for (const letter of makeOrganizationId(every).slice(2)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  assert.equal(counts.size, 36);
  const seen = [...counts.values()];
  assert.ok(Math.max(...seen) - Math.min(...seen) < 120, `${Math.min(...seen)} to ${Math.max(...seen)}`);
});

test('the id of a resource control policy is two characters longer than that of a service control policy', () => {
  const random = repeating(Uint8Array.of(0));
  assert.equal(makePolicyId('SERVICE_CONTROL_POLICY', random), 'p-aaaaaaaa');
  assert.equal(makePolicyId('RESOURCE_CONTROL_POLICY', random), 'p-02aaaaaaaa');
});
