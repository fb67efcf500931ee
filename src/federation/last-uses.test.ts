import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { iamArn, parseAccountId, type AccountId } from '../base/arn.ts';
import type { AccessKey, User } from '../storage/state/iam-records.ts';
import { openSqliteState } from '../storage/state/sqlite/sqlite-state.ts';
import type { State } from '../storage/state/state.ts';
import type { Caller } from './caller.ts';
import { accessKeyUseKey, LastUses, latestUse, userUseKey } from './last-uses.ts';

const ACCOUNT = accountId('123456789012');
const KEY = 'AKIAEXAMPLEEXAMPLE01';

async function stateWithBob(t: TestContext): Promise<State> {
  const directory = await mkdtemp(join(tmpdir(), 'sojourn-uses-'));
  const state = openSqliteState(join(directory, 'state.sqlite'));
  t.after(async () => {
    await state.close();
    await rm(directory, { recursive: true });
  });
  const key: AccessKey = {
    id: KEY,
    account: ACCOUNT,
    userKey: 'bob',
    userName: 'Bob',
    sealedSecret: '',
    status: 'Active',
    createDate: 0,
  };
  await state.write(async ({ users, accessKeys }) => {
    await users.put(`${ACCOUNT}/bob`, user('AIDABOB'));
    await accessKeys.put(KEY, key);
  });
  return state;
}

test('a use is told before and after it is written, the latest of each service', async (t) => {
  const state = await stateWithBob(t);
  const uses = new LastUses(state);
  const key = userUseKey(user('AIDABOB'));
  assert.equal(await uses.of(key), undefined);
  uses.note(caller('AIDABOB'), 's3', 'eu-west-1', 1000);
  uses.note(caller('AIDABOB'), 'iam', 'us-east-1', 2000);
  const told = { services: { s3: { at: 1000, region: 'eu-west-1' }, iam: { at: 2000, region: 'us-east-1' } } };
  assert.deepEqual(await uses.of(key), told);
  assert.equal(await state.lastUses.get(key), undefined, 'a call writes nothing');
  await uses.flush();
  assert.deepEqual(await state.lastUses.get(key), told);
  uses.note(caller('AIDABOB'), 's3', 'eu-west-2', 3000);
  await uses.flush();
  assert.deepEqual(latestUse(await uses.of(key)), { service: 's3', at: 3000, region: 'eu-west-2' });
  assert.deepEqual((await uses.of(accessKeyUseKey(KEY)))?.services['iam'], { at: 2000, region: 'us-east-1' });
});

test('another user of the same name inherits nothing, and the deleted one gets no record', async (t) => {
  const state = await stateWithBob(t);
  const uses = new LastUses(state);
  uses.note(caller('AIDABOB'), 's3', 'eu-west-1', 1000);
  await state.write(({ users }) => users.put(`${ACCOUNT}/bob`, user('AIDAOTHER')));
  await uses.flush();
  assert.equal(await uses.of(userUseKey(user('AIDAOTHER'))), undefined);
  assert.equal(await state.lastUses.get(userUseKey(user('AIDABOB'))), undefined);
});

test('what cannot be written is kept, together with what came meanwhile', async (t) => {
  const state = await stateWithBob(t);
  const broken: State = {
    ...readersOf(state),
    generation: () => state.generation(),
    close: () => state.close(),
    write: async () => {
      uses.note(caller('AIDABOB'), 'sts', 'us-east-1', 2000);
      throw new Error('the disk is full');
    },
  };
  const uses = new LastUses(broken);
  uses.note(caller('AIDABOB'), 's3', 'eu-west-1', 1000);
  await assert.rejects(uses.flush(), /the disk is full/);
  const services = (await uses.of(userUseKey(user('AIDABOB'))))?.services;
  assert.deepEqual(Object.keys(services ?? {}).sort(), ['s3', 'sts']);
});

test('root and the anonymous leave no trace', async (t) => {
  const state = await stateWithBob(t);
  const uses = new LastUses(state);
  uses.note({ kind: 'anonymous' }, 's3', 'us-east-1', 1);
  uses.note(
    { kind: 'root', account: ACCOUNT, arn: iamArn(ACCOUNT, 'root'), accessKeyId: KEY, session: undefined },
    's3',
    'us-east-1',
    1,
  );
  await uses.flush();
  assert.equal(await state.lastUses.count(''), 0);
});

function caller(id: string): Caller {
  const bob = user(id);
  return { kind: 'user', account: ACCOUNT, arn: bob.arn, accessKeyId: KEY, user: bob, session: undefined };
}

function user(id: string): User {
  return {
    account: ACCOUNT,
    arn: iamArn(ACCOUNT, 'user/Bob'),
    path: '/',
    name: 'Bob',
    id,
    createDate: 0,
    permissionsBoundary: undefined,
    tags: [],
    inlinePolicies: {},
    attachedPolicies: [],
    groups: [],
    accessKeyIds: [],
  };
}

function readersOf({
  write: _,
  close: __,
  generation: ___,
  ...readers
}: State): Omit<State, 'write' | 'close' | 'generation'> {
  return readers;
}

function accountId(text: string): AccountId {
  const account = parseAccountId(text);
  assert.ok(account !== undefined);
  return account;
}
