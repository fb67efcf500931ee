/** boto3 on a versioned bucket, from its making to its end: `test/cases/clients/versioning.json`, call by call. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isRecord, matches, readCases, runCases, type ClientCase, type Seen } from './client-cases.ts';
import { missingPython } from './programs.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missingPython('boto3');
const { about, cases } = readCases('versioning');
let sojourn: RunningSojourn;
let seen: readonly Seen[] = [];

before(async () => {
  if (skip !== false) return;
  sojourn = await startSojourn();
  seen = await runCases(cases, {}, sojourn.env);
});
after(async () => sojourn?.dispose());

describe(about, { skip }, () => {
  for (const [at, one] of cases.entries()) {
    test(`${one.call}: ${one.name}`, () => {
      const answer = seen[at];
      assert.ok(answer);
      checkS3(one, answer);
    });
  }
});

/** S3's answers have other ids and headers than those of the query protocol, so `check` is not for them. */
function checkS3({ expect, headers }: ClientCase, { answer, kept }: Seen): void {
  assert.ok(isRecord(answer));
  const metadata = answer['ResponseMetadata'];
  const error = answer['Error'];
  assert.ok(isRecord(metadata));
  if ('answer' in expect) {
    assert.equal(error, undefined, JSON.stringify(error));
    matches(answer, expect.answer, kept, 'answer');
  } else {
    assert.ok(isRecord(error), `it was not refused but answered ${JSON.stringify(answer)}`);
    assert.deepEqual(
      [error['Code'], metadata['HTTPStatusCode']],
      [expect.code, expect.status],
      String(error['Message']),
    );
    if (expect.message !== undefined) assert.equal(error['Message'], expect.message);
  }
  matches(metadata['HTTPHeaders'], headers ?? {}, kept, 'headers');
}
