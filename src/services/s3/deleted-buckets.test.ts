/** Writes that meet the deletion of their bucket. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elements, type Answer, type InProcess } from './s3-suite.ts';
import { ENABLED, versioned } from './versions-suite.ts';

/** A call after some turns of the event loop, so that in some rounds it comes before and in some after another. */
async function after(turns: number, write: () => Promise<Answer>): Promise<Answer> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  return write();
}

const WRITES: Readonly<Record<string, (s3: InProcess, key: string) => Promise<Answer>>> = {
  puts: (s3, key) => s3.send(`PUT /bucket/${key}`, { body: 'x' }),
  'delete markers': (s3, key) => s3.send(`DELETE /bucket/${key}`),
};

for (const [what, write] of Object.entries(WRITES)) {
  test(`of ${what} and the deletion of their bucket, the one that is answered with success was first`, async (t) => {
    const s3 = await versioned(t);
    const outcomes = new Map<string, number>();
    for (let round = 0; round < 60; round++) {
      const deletion = after(round % 15, () => s3.send('DELETE /bucket'));
      const keys = ['a', 'b', 'c'];
      const written = await Promise.all(keys.map((key, at) => after(at * 3, () => write(s3, key))));
      const { status } = await deletion;
      const stored = written.filter((answer) => answer.status < 300).length;
      const outcome = `${status}, ${stored} written`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const { text, code } = await s3.send('GET /bucket?versions');
      if (status === 204) assert.deepEqual([code, stored], ['NoSuchBucket', 0]);
      else assert.equal(elements(text, 'VersionId').length, stored);
      assert.ok(written.every((answer) => answer.status < 300 || answer.code === 'NoSuchBucket'));
      for (const id of elements(text, 'VersionId')) {
        for (const key of keys) await s3.send(`DELETE /bucket/${key}?versionId=${id}`);
      }
      await s3.send('DELETE /bucket');
      await s3.send('PUT /bucket');
      await s3.send('PUT /bucket?versioning', { body: ENABLED });
      assert.equal(await s3.sojourn.objects.isEmpty('bucket'), true, 'something is left of the bucket before');
    }
    assert.ok(outcomes.size > 1, `every round went alike: ${[...outcomes.keys()].join()}`);
  });
}

test('a bucket that is made anew has nothing of what a crash left under its name', async (t) => {
  const s3 = await versioned(t);
  const { objects } = s3.sojourn;
  await objects.mark('ghost', 'k', 'new');
  await objects.mark('ghost', 'k', 'new');
  assert.equal((await s3.send('PUT /ghost')).status, 200);
  assert.deepEqual(elements((await s3.send('GET /ghost?versions')).text, 'VersionId'), []);
});
