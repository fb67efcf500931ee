import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClaimToTag } from './claims-to-tags.ts';
import { sessionTags } from './session-tags.ts';
import type { TokenTags } from './session-tags.ts';
import type { TokenFailure } from './token.ts';

const REPOSITORY: ClaimToTag = { claim: 'repository', tag: 'repository', transitive: true };
const RUN: ClaimToTag = { claim: 'run_number', tag: 'Run', transitive: false };

function refusal(answer: TokenTags | TokenFailure): string {
  assert.ok('kind' in answer, JSON.stringify(answer));
  return answer.detail;
}

test('claims become tags, numbers and booleans as text; only the rows that say so are transitive', () => {
  const claims = { repository: 'my-org/my-repo', run_number: 7, other: 'x' };
  assert.deepEqual(sessionTags(claims, [REPOSITORY, RUN]), {
    tags: [
      { Key: 'repository', Value: 'my-org/my-repo' },
      { Key: 'Run', Value: '7' },
    ],
    transitiveTagKeys: ['repository'],
  });
  assert.deepEqual(sessionTags({ run_number: false }, [RUN]), {
    tags: [{ Key: 'Run', Value: 'false' }],
    transitiveTagKeys: [],
  });
  assert.deepEqual(sessionTags(claims), { tags: [], transitiveTagKeys: [] });
});

test('a claim that is absent, empty or no single value makes no tag, and a transitive row no stray key', () => {
  for (const repository of [undefined, null, '', ['a'], { a: 1 }, 2 ** 60]) {
    assert.deepEqual(sessionTags({ repository }, [REPOSITORY]), { tags: [], transitiveTagKeys: [] });
  }
  const row = { claim: 'constructor', tag: 'c', transitive: false };
  assert.deepEqual(sessionTags({}, [row]), { tags: [], transitiveTagKeys: [] });
});

test('a value that no tag can hold is refused, never cut or mended: wildcards and variables among them', () => {
  for (const repository of ['x'.repeat(257), 'my-org/*', 'a?', '${aws:userid}', 'a\nb', 'emoji 🙂']) {
    assert.match(refusal(sessionTags({ repository }, [REPOSITORY])), /too long or has characters/);
  }
});

test('a tag that comes from the token as well is a duplicate in any case: neither overrules the other', () => {
  const claims = {
    repository: 'mine/r',
    'https://aws.amazon.com/tags': { principal_tags: { Repository: ['other/r'] } },
  };
  assert.match(refusal(sessionTags(claims, [REPOSITORY])), /comes twice/);
  const flat = { repository: 'mine/r', 'https://aws.amazon.com/tags/principal_tags/repository': 'other/r' };
  assert.match(refusal(sessionTags(flat, [REPOSITORY])), /comes twice/);
});
