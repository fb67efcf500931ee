import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GITHUB_EVENTS, impossibleRun, usualRef } from './github-events.ts';
import { githubSubject } from './github-subject.ts';

const job = { repository: 'o/r', ids: undefined, event: 'push', ref: 'refs/heads/main' };

test('no environment name makes the subject of another environment, or of a ref or a pull request', () => {
  const name = fc.string({ minLength: 1, unit: fc.constantFrom(...'ab:%/3A ') });
  fc.assert(
    fc.property(name, name, (one, other) => {
      const subject = githubSubject({ ...job, environment: one });
      assert.equal(subject.split(':').length, 4);
      // %3A written out is the one thing that GitHub's encoding does not keep apart from a colon.
      if (one.replaceAll(':', '%3A') !== other.replaceAll(':', '%3A')) {
        assert.notEqual(subject, githubSubject({ ...job, environment: other }));
      }
    }),
  );
});

test('the classic and the immutable form never meet', () => {
  const ids = { owner: '65', repository: '74' };
  assert.notEqual(
    githubSubject({ ...job, environment: undefined }),
    githubSubject({ ...job, ids, environment: undefined }),
  );
});

test("every event's usual run is possible", () => {
  for (const event of GITHUB_EVENTS.keys()) {
    const ref = usualRef(event, 'o/r', 'main', '');
    assert.equal(impossibleRun({ event, ref, headRef: '', baseRef: '', defaultBranch: 'main' }), undefined, event);
  }
});
