import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { Commits } from './commits.ts';

test('changes that come together share one commit, and each gets its own answer', async (t) => {
  const { commits, insert, rows, commitCount } = open(t);
  const answers = await Promise.all([1, 2, 3].map((n) => commits.add(() => (insert(n), n * 10))));
  assert.deepEqual(answers, [10, 20, 30]);
  assert.deepEqual(rows(), [1, 2, 3]);
  assert.equal(commitCount(), 1);
});

test('a change that throws is undone alone', async (t) => {
  const { commits, insert, rows } = open(t);
  const failure = new Error('no');
  const [before, failed, after] = await Promise.allSettled([
    commits.add(() => insert(1)),
    commits.add(() => {
      insert(2);
      throw failure;
    }),
    commits.add(() => insert(3)),
  ]);
  assert.equal(before.status, 'fulfilled');
  assert.deepEqual(failed, { status: 'rejected', reason: failure });
  assert.equal(after.status, 'fulfilled');
  assert.deepEqual(rows(), [1, 3]);
});

test('when the commit fails, nobody is told that it did not', async (t) => {
  const { commits, insert, rows, connection } = open(t);
  connection.exec('PRAGMA foreign_keys = ON');
  connection.exec('CREATE TABLE child (id INTEGER REFERENCES rows (id) DEFERRABLE INITIALLY DEFERRED)');
  const told: number[] = [];
  const outcomes = await Promise.allSettled([
    commits.add(
      () => insert(1),
      () => void told.push(1),
    ),
    commits.add(
      () => connection.exec('INSERT INTO child VALUES (99)'),
      () => void told.push(2),
    ),
  ]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(told, []);
  assert.deepEqual(rows(), []);
  await commits.add(() => insert(3));
  assert.deepEqual(rows(), [3]);
});

test('a result is told right after the commit, before anyone else can look', async (t) => {
  const { commits, insert, connection } = open(t);
  const steps: string[] = [];
  const added = commits.add(
    () => insert(1),
    () => void steps.push(`told, ${connection.isTransaction ? 'in' : 'after'} the transaction`),
  );
  await added.then(() => steps.push('resolved'));
  assert.deepEqual(steps, ['told, after the transaction', 'resolved']);
});

test('closing commits what waits and refuses what comes', async (t) => {
  const { commits, insert, rows } = open(t);
  const waiting = Array.from({ length: 600 }, (_, n) => commits.add(() => insert(n)));
  const closing = commits.close();
  await assert.rejects(commits.add(() => insert(1_000)));
  await closing;
  await Promise.all(waiting);
  assert.equal(rows().length, 600);
});

function open(t: TestContext): {
  readonly connection: DatabaseSync;
  readonly commits: Commits;
  insert(id: number): void;
  rows(): unknown[];
  commitCount(): number;
} {
  const connection = new DatabaseSync(':memory:');
  t.after(() => connection.close());
  connection.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY)');
  let count = 0;
  return {
    connection,
    commits: new Commits(connection, () => count++),
    insert: (id) => void connection.prepare('INSERT INTO rows VALUES (?)').run(id),
    rows: () =>
      connection
        .prepare('SELECT id FROM rows')
        .all()
        .map((row) => row['id']),
    commitCount: () => count,
  };
}
