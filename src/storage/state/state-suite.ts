/** What every implementation of the state port must do, as tests. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Setting, State, Writers } from './state.ts';

/** A state of its own for one test. */
export interface StateUnderTest {
  readonly state: State;
  /** Closes the state and opens it again. */
  reopen(): Promise<State>;
  /** Closes what is open and removes what was stored. */
  dispose(): Promise<void>;
}

/** @param open a new, empty state */
export function stateSuite(name: string, open: () => Promise<StateUnderTest>): void {
  describe(`state port: ${name}`, () => {
    let subject: StateUnderTest;
    let state: State;
    beforeEach(async () => {
      subject = await open();
      state = subject.state;
    });
    afterEach(() => subject.dispose());
    const subjectNow = (): StateUnderTest => subject;
    const stateNow = (): State => state;
    records(stateNow);
    transactions(stateNow);
    listings(stateNow);
    durability(subjectNow);
  });
}

function setting(value: unknown): Setting {
  return { value };
}

function records(state: () => State): void {
  test('a record is what was put, and absent before, after its deletion and under other keys', async () => {
    const value = setting({ text: 'é\u{1F600}\0', list: [1, 'two', null, { nested: true }], constructor: 1 });
    assert.equal(await state().settings.get('a'), undefined);
    await state().write((writers) => writers.settings.put('a', value));
    assert.deepEqual(await state().settings.get('a'), value);
    assert.equal(await state().settings.get('A'), undefined);
    assert.equal(await state().settings.get('a\0'), undefined);
    assert.equal(await state().buckets.get('a'), undefined, 'kinds of record do not share keys');
    assert.equal(await state().write((writers) => writers.settings.delete('a')), true);
    assert.equal(await state().write((writers) => writers.settings.delete('a')), false);
    assert.equal(await state().settings.get('a'), undefined);
  });

  test('put replaces, create does not', async () => {
    const created = await state().write(async ({ settings }) => [
      await settings.create('a', setting(1)),
      await settings.create('a', setting(2)),
    ]);
    assert.deepEqual(created, [true, false]);
    assert.deepEqual(await state().settings.get('a'), setting(1));
    await state().write(({ settings }) => settings.put('a', setting(3)));
    assert.deepEqual(await state().settings.get('a'), setting(3));
  });

  test('each kind of record has a place of its own', async () => {
    const holder = { policyArn: 'p', use: 'attached', kind: 'role', name: 'n', id: 'i' } as const;
    await state().write(async (writers) => {
      await writers.policyHolders.put('k', holder);
      await writers.accountAliases.put('k', { name: 'alias' });
      await writers.policyNames.put('k', { name: 'policy' });
      await writers.groupMembers.put('k', { groupName: 'g', userName: 'u' });
    });
    assert.deepEqual(await state().policyHolders.get('k'), holder);
    assert.deepEqual(await state().accountAliases.get('k'), { name: 'alias' });
    assert.deepEqual(await state().policyNames.get('k'), { name: 'policy' });
    assert.deepEqual(await state().groupMembers.get('k'), { groupName: 'g', userName: 'u' });
  });

  test('nobody can change the record that others read: it is a copy, or frozen to its depth', async () => {
    const value = { inner: [1] };
    await state().write(({ settings }) => settings.put('a', setting(value)));
    value.inner.push(2);
    const read = await state().settings.get('a');
    assert.deepEqual(read, setting({ inner: [1] }));
    try {
      const { inner } = isInner(read?.value) ? read.value : value;
      inner.push(3);
    } catch (error) {
      assert.ok(error instanceof TypeError, 'a frozen record refuses the change');
    }
    assert.deepEqual(await state().settings.get('a'), setting({ inner: [1] }));
  });

  test('a key that has no UTF-8 form is refused', async () => {
    await assert.rejects(state().settings.get('\ud800'), TypeError);
    await assert.rejects(state().settings.list('\udc00', { limit: 1 }), TypeError);
    await assert.rejects(
      state().write(({ settings }) => settings.put('a\ud800', setting(1))),
      TypeError,
    );
    assert.equal(await state().settings.count(''), 0);
  });
}

function transactions(state: () => State): void {
  test('of fifty that create one key at once, one is told that it did', async () => {
    const told = await Promise.all(
      Array.from({ length: 50 }, (_, n) => state().write(({ settings }) => settings.create('one', setting(n)))),
    );
    assert.equal(told.filter(Boolean).length, 1);
    assert.deepEqual(await state().settings.get('one'), setting(told.indexOf(true)));
  });

  test('writers run one after the other: no increment is lost', async () => {
    const increment = async ({ settings }: Writers): Promise<void> => {
      const before = Number((await settings.get('n'))?.value ?? 0);
      await new Promise((resolve) => setImmediate(resolve));
      await settings.put('n', setting(before + 1));
    };
    await Promise.all(Array.from({ length: 40 }, () => state().write(increment)));
    assert.deepEqual(await state().settings.get('n'), setting(40));
  });

  test('many writes in a row leave the rest of the process its turns', async () => {
    const order: string[] = [];
    const turn = new Promise((resolve) => setImmediate(resolve)).then(() => order.push('turn'));
    const writes = Array.from({ length: 20 }, (_, n) => state().write(({ settings }) => settings.put('n', setting(n))));
    await Promise.all([turn, ...writes.map((write, n) => write.then(() => order.push(`write ${n}`)))]);
    assert.ok(order.indexOf('turn') < 5, order.join());
  });

  test('a write that throws has changed nothing, and the next one runs', async () => {
    await state().write(({ settings }) => settings.put('kept', setting(1)));
    const failure = new Error('no');
    const failed = state().write(async ({ settings, accountAliases }) => {
      await settings.put('kept', setting(2));
      await settings.create('new', setting(3));
      await accountAliases.create('new', { name: 'x' });
      throw failure;
    });
    await assert.rejects(failed, failure);
    assert.deepEqual(await state().settings.get('kept'), setting(1));
    assert.equal(await state().settings.count(''), 1);
    assert.equal(await state().accountAliases.count(''), 0);
    assert.equal(await state().write(({ settings }) => settings.create('new', setting(4))), true);
  });

  test('a write sees its own changes, others see them when it is over', async () => {
    await state().write(({ settings }) => settings.put('a', setting('old')));
    await state().write(async ({ settings }) => {
      await settings.put('a', setting('new'));
      await settings.create('b', setting(1));
      assert.deepEqual(await settings.get('a'), setting('new'));
      assert.equal(await settings.count(''), 2);
      assert.deepEqual(await settings.list('b', { limit: 9 }), [setting(1)]);
      assert.deepEqual(await state().settings.get('a'), setting('old'));
      assert.equal(await state().settings.count(''), 1);
      assert.deepEqual(await state().settings.list('b', { limit: 9 }), []);
    });
    assert.deepEqual(await state().settings.get('a'), setting('new'));
    assert.equal(await state().settings.count(''), 2);
  });

  test('a write answers with what its function gave', async () => {
    assert.equal(await state().write(async () => 'answer'), 'answer');
  });

  test('writers end with their transaction', async () => {
    let escaped: Writers | undefined;
    await state().write(async (writers) => void (escaped = writers));
    assert.ok(escaped);
    await assert.rejects(escaped.settings.put('a', setting(1)));
    await assert.rejects(escaped.settings.get('a'));
    assert.equal(await state().settings.get('a'), undefined);
  });

  test('a write within a write is refused rather than left to wait for itself', async () => {
    await assert.rejects(state().write(() => state().write(async () => undefined)));
    assert.equal(await state().write(({ settings }) => settings.create('a', setting(1))), true);
  });

  test('settled waits for the write that has begun, and for none that waits its turn', async () => {
    await state().settled();
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const events: string[] = [];
    const first = state().write(async ({ settings }) => {
      begun.resolve();
      await end.promise;
      await settings.put('a', setting(1));
    });
    await begun.promise;
    const second = state().write(async ({ settings }) => {
      events.push('second begins');
      await settings.put('a', setting(2));
    });
    const settled = state()
      .settled()
      .then(async () => events.push(`settled: ${JSON.stringify(await state().settings.get('a'))}`));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(events, []);
    end.resolve();
    await Promise.all([first, second, settled]);
    assert.deepEqual(events, [`settled: ${JSON.stringify(setting(1))}`, 'second begins']);
    await assert.rejects(
      state().write(async () => assert.fail('no')),
      /no/,
    );
    await state().settled();
  });

  test('the generation grows with each commit that changed something, and no other', async () => {
    const seen = [state().generation()];
    const note = (): number => seen.push(state().generation());
    await state().write(({ settings }) => settings.put('a', setting(1)));
    note();
    await state().write(({ settings }) => settings.get('a'));
    note();
    await state().write(({ settings }) => settings.create('a', setting(2)));
    note();
    await assert.rejects(
      state().write(async ({ settings }) => {
        await settings.put('a', setting(3));
        throw new Error('no');
      }),
    );
    note();
    await state().write(({ settings }) => settings.delete('a'));
    note();
    const [first = 0] = seen;
    assert.deepEqual(
      seen.map((generation) => generation - first),
      [0, 1, 1, 1, 1, 2],
    );
  });
}

function listings(state: () => State): void {
  const fill = async (keys: readonly string[]): Promise<void> =>
    state().write(async ({ settings }) => {
      for (const key of keys) await settings.put(key, setting(key));
    });
  const keysOf = (rows: readonly Setting[]): unknown[] => rows.map((row) => row.value);

  test('a prefix is a prefix, whatever its characters', async () => {
    const odd = [
      '%',
      '_',
      '*',
      '?',
      '[a]',
      "'",
      '"',
      '\\',
      '\0',
      'é',
      'e\u0301',
      '\ud7ff',
      '\ue000',
      '\u{10ffff}',
      '😀',
    ];
    await fill([...odd, ...odd.map((prefix) => `${prefix}x`), 'plain']);
    for (const prefix of odd) {
      assert.deepEqual(keysOf(await state().settings.list(prefix, { limit: 99 })), [prefix, `${prefix}x`]);
      assert.equal(await state().settings.count(prefix), 2);
    }
    assert.equal(await state().settings.count(''), 2 * odd.length + 1);
    assert.deepEqual(await state().settings.list('none', { limit: 99 }), []);
  });

  test('keys are in the order of their UTF-8 bytes, not of their UTF-16 units', async () => {
    await fill(['\u{10000}', '\uffff', 'é', 'z', 'a', 'Z', 'a\0', 'aa']);
    const listed = keysOf(await state().settings.list('', { limit: 99 }));
    assert.deepEqual(listed, ['Z', 'a', 'a\0', 'aa', 'z', 'é', '\uffff', '\u{10000}']);
  });

  test('pages follow one another without gap or double, also from a key that is not there', async () => {
    await fill(Array.from({ length: 25 }, (_, n) => `acct/${String(n).padStart(2, '0')}`));
    await fill(['acct', 'acct.', 'acct0']);
    const seen: unknown[] = [];
    for (let after: string | undefined; ;) {
      const page = keysOf(await state().settings.list('acct/', { after, limit: 10 }));
      if (page.length === 0) break;
      seen.push(...page);
      after = String(page.at(-1));
    }
    assert.equal(seen.length, 25);
    assert.deepEqual(seen, seen.toSorted());
    const between = await state().settings.list('acct/', { after: 'acct/03x', limit: 1 });
    assert.deepEqual(keysOf(between), ['acct/04']);
    assert.deepEqual(keysOf(await state().settings.list('acct/', { after: 'a', limit: 1 })), ['acct/00']);
    assert.deepEqual(await state().settings.list('acct/', { after: 'b', limit: 1 }), []);
    assert.deepEqual(await state().settings.list('acct/', { limit: 0 }), []);
    await assert.rejects(state().settings.list('acct/', { limit: -1 }), RangeError);
  });

  test('any listing is the sorted keys with the prefix after the mark', async () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', '\0', '\uffff', '😀', '\u{10ffff}'), maxLength: 4 });
    const universe = fc.uniqueArray(key, { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(universe, key, fc.option(key), async (keys, prefix, mark) => {
        await state().write(async ({ settings }) => {
          for (const old of await settings.list('', { limit: 100 })) await settings.delete(String(old.value));
          for (const one of keys) await settings.put(one, setting(one));
        });
        const expected = keys
          .filter((one) => one.startsWith(prefix))
          .filter((one) => mark === null || byteOrder(one, mark) > 0)
          .sort(byteOrder);
        const page = { after: mark ?? undefined, limit: 100 };
        assert.deepEqual(keysOf(await state().settings.list(prefix, page)), expected);
      }),
      { numRuns: 60 },
    );
  });
}

function byteOrder(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function durability(subject: () => StateUnderTest): void {
  test('what was written is there after opening again', async () => {
    await subject().state.write(async ({ settings, accountAliases }) => {
      await settings.put('a', setting({ deep: ['é'] }));
      await accountAliases.put('b', { name: 'b' });
    });
    const again = await subject().reopen();
    assert.deepEqual(await again.settings.get('a'), setting({ deep: ['é'] }));
    assert.deepEqual(await again.accountAliases.get('b'), { name: 'b' });
    assert.equal(await again.write(({ settings }) => settings.create('a', setting(1))), false);
  });

  test('closing waits for the writes that were begun, and refuses later ones', async () => {
    const { state } = subject();
    const begun = Array.from({ length: 10 }, (_, n) => state.write(({ settings }) => settings.put(`${n}`, setting(n))));
    const closing = state.close();
    await assert.rejects(state.write(({ settings }) => settings.put('late', setting(1))));
    await closing;
    await Promise.all(begun);
    await state.close();
    await assert.rejects(state.settings.get('0'));
    const again = await subject().reopen();
    assert.equal(await again.settings.count(''), 10);
  });
}

function isInner(value: unknown): value is { readonly inner: number[] } {
  return typeof value === 'object' && value !== null && 'inner' in value && Array.isArray(value.inner);
}
