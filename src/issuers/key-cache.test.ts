/** What holds for the cache whatever happens: kids known and unknown, rotation, outage, time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { importKeySet } from '../tokens/key-set.ts';
import type { FetchedKeys } from './fetch-keys.ts';
import { KeyCache } from './key-cache.ts';
import { KEY_CACHE_BOUNDS } from './network-issuer-keys.ts';
import { signingKey } from './testing/https-issuer.ts';

const URL = 'https://issuer.example';
const LIFETIME = 600;
/** The issuer's keys, one generation after the other. */
const generations = [0, 1, 2, 3].map((n) => {
  const keys = importKeySet({ keys: [signingKey(`kid-${n}`).jwk] });
  assert.ok(keys);
  return keys;
});

type Step =
  | { readonly do: 'pass'; readonly seconds: number }
  | { readonly do: 'ask'; readonly kid: string }
  | { readonly do: 'rotate' }
  | { readonly do: 'down'; readonly down: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(0.5, 5, 11, 31, 200, 700, 5000) }),
  fc.record({ do: fc.constant('ask' as const), kid: fc.constantFrom('kid-0', 'kid-1', 'kid-2', 'kid-3', 'none') }),
  fc.record({ do: fc.constant('rotate' as const) }),
  fc.record({ do: fc.constant('down' as const), down: fc.boolean() }),
);

test('keys are never older than allowed, fetches never more than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
      let now = 0;
      let generation = 0;
      let down = false;
      let everDown = false;
      let underWay = 0;
      let mostUnderWay = 0;
      const fetchedAt: number[] = [];
      /** When the keys of a generation were last published to the cache. */
      const seenAt = new Map<unknown, number>();
      const cache = new KeyCache(
        async (): Promise<FetchedKeys> => {
          fetchedAt.push(now);
          mostUnderWay = Math.max(mostUnderWay, ++underWay);
          await Promise.resolve();
          underWay--;
          const keys = generations[generation];
          if (down || keys === undefined) return { kind: 'failure', why: 'down' };
          seenAt.set(keys, now);
          return { kind: 'keys', keys, cacheControl: `max-age=${LIFETIME}`, age: 0, untrusted: [], thumbprint: '' };
        },
        { now: () => now },
        KEY_CACHE_BOUNDS,
      );
      for (const happens of steps) {
        // No time passes during a fetch.
        await setImmediate();
        if (happens.do === 'pass') now += happens.seconds * 1000;
        else if (happens.do === 'rotate') generation = Math.min(generation + 1, generations.length - 1);
        else if (happens.do === 'down') {
          down = happens.down;
          everDown ||= down;
        } else {
          const asked = [happens.kid, happens.kid, 'none'].map((kid) =>
            cache.keysOf({ url: URL, thumbprints: [] }, kid),
          );
          const [answer] = await Promise.all(asked);
          if (answer?.kind === 'keys') {
            const age = (now - (seenAt.get(answer.keys) ?? -Infinity)) / 1000;
            assert.ok(age < LIFETIME + KEY_CACHE_BOUNDS.staleSeconds, `keys ${age} s old`);
            assert.ok(everDown || age < LIFETIME, 'aged keys of an issuer that was never down');
          } else assert.equal(answer?.kind, 'unavailable');
        }
      }
      assert.ok(mostUnderWay <= 1, 'one fetch in flight');
      // In any 30 s: one for an unknown kid and one for age; of an issuer that is down three for its failures.
      for (const [n, at] of fetchedAt.entries()) {
        const within = fetchedAt.slice(n).filter((other) => other - at < 30_000).length;
        assert.ok(within <= (everDown ? 4 : 2), `${within} fetches in 30 s`);
      }
    }),
    { numRuns: 300 },
  );
});

test('a fetch that breaks is a failure like any other', async () => {
  const cache = new KeyCache(() => Promise.reject(new Error('broken')), { now: () => 0 }, KEY_CACHE_BOUNDS);
  const answer = await cache.keysOf({ url: URL, thumbprints: [] }, 'x');
  assert.ok(answer.kind === 'unavailable');
  assert.match(answer.why, /broken/);
});
