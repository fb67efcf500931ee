/** Records that can no longer be written: AWS's own words for a fault, and the cause for the operator alone. */
import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { audited, call, refused, startTarget, succeeded, text } from '../hostile/target.ts';

const FAULT = 'The request processing has failed because of an unknown error, exception or failure.';

test('a call whose records cannot be written is InternalFailure in AWS’s words, on record, and no success', async (t) => {
  const target = await startTarget();
  t.after(() => target.dispose());
  const create = (UserName: string): ReturnType<typeof call> => call(target, 'iam', 'CreateUser', { UserName });
  audited(target, succeeded(await create('before')), undefined);

  // The database and its journal end suddenly; the file beside them is shared memory, which a disk does not lose.
  for (const name of ['state.sqlite', 'state.sqlite-wal']) truncateSync(join(target.data, name), 0);

  const answer = await create('after');
  refused(target, answer, 500, 'InternalFailure', FAULT);
  assert.equal(text(answer, 'Type'), 'Receiver');
});
