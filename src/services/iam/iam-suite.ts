/**
 * IAM in one process for tests: real state in a temporary directory, real keys, the wire's own
 * validation before and encoding after each call, the real authorization between them.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type AccountId, iamArn, parseAccountId } from '../../base/arn.ts';
import type { Random } from '../../base/clock.ts';
import { ServiceError } from '../../base/service-error.ts';
import { makeKeyRing } from '../../credentials/key-ring.ts';
import { makeSigningKeyCache } from '../../credentials/signature-v4/signing-key.ts';
import { auditNotes } from '../../federation/audit-notes.ts';
import type { Caller } from '../../federation/caller.ts';
import { requireAllowed } from '../../federation/require-allowed.ts';
import { LastUses } from '../../federation/last-uses.ts';
import type { Sojourn } from '../../federation/sojourn.ts';
import { PolicyCache } from '../../policy/policy-cache.ts';
import { openFileObjects } from '../../storage/objects/files/file-objects.ts';
import { openSqliteState } from '../../storage/state/sqlite/sqlite-state.ts';
import { checkInput } from '../../wire/constraints.ts';
import { iam } from '../../wire/generated/iam.ts';
import type { Operations } from '../../wire/generated/iam-types.ts';
import { encodeQuery } from '../../wire/query-response.ts';
import type { Call, Requirement } from '../operation.ts';
import { iamOperations } from './operations.ts';

/** The account of every test. */
export const ACCOUNT: AccountId = accountId('123456789012');
/** The instant of every call, unless a test moves it. */
export const NOW = Date.UTC(2026, 8, 11, 11, 48, 26);
const REQUEST_ID = '6f0c3a52-7d3e-4a53-9b1e-1c2d3e4f5a6b';
const RANDOM: Random = { bytes: (count) => randomBytes(count) };

export const ROOT: Caller = {
  kind: 'root',
  account: ACCOUNT,
  arn: iamArn(ACCOUNT, 'root'),
  accessKeyId: 'AKIAROOTROOTROOTROOT',
  session: undefined,
};

/** What a test does with IAM. */
export interface IamUnderTest {
  readonly sojourn: Sojourn;
  /** Validates, authorizes, handles and encodes; answers with the output. */
  readonly call: <K extends keyof Operations>(
    name: K,
    input: Operations[K]['input'],
    caller?: Caller,
  ) => Promise<Operations[K]['output']>;
  /** The body that a client would read. */
  readonly xml: <K extends keyof Operations>(name: K, input: Operations[K]['input']) => Promise<string>;
  /** What the call needs permission for. */
  readonly requirements: <K extends keyof Operations>(
    name: K,
    input: Operations[K]['input'],
    caller?: Caller,
  ) => Promise<readonly Requirement[]>;
  /** Asserts that the call is refused with this code and message. */
  readonly refused: <K extends keyof Operations>(
    name: K,
    input: Operations[K]['input'],
    refusal: { readonly code: string; readonly status: number; readonly message: string | RegExp },
    caller?: Caller,
  ) => Promise<void>;
  /** The caller that the user of that name is. */
  readonly userCaller: (name: string) => Promise<Caller>;
}

/** Opens IAM on an empty state; the directory goes when the test ends. */
export async function openIam(test: TestContext): Promise<IamUnderTest> {
  const sojourn = await openSojourn(test);
  const perform = performer(sojourn);
  return {
    sojourn,
    call: async (name, input, caller = ROOT) => (await perform(name, input, caller)).output,
    xml: async (name, input) => (await perform(name, input, ROOT)).xml,
    requirements: async (name, input, caller = ROOT) => {
      const { permission } = operationOf(name);
      assert.equal(permission.kind, 'actions');
      return permission.kind === 'actions' ? permission.requirements(input, callBy(caller, sojourn)) : [];
    },
    refused: async (name, input, { code, status, message }, caller = ROOT) => {
      const error: unknown = await perform(name, input, caller).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof ServiceError, `${name} was not refused: ${String(error)}`);
      assert.deepEqual({ code: error.code, status: error.status }, { code, status }, error.message);
      if (typeof message === 'string') assert.equal(error.message, message);
      else assert.match(error.message, message);
    },
    userCaller: async (name) => {
      const user = await sojourn.state.users.get(`${ACCOUNT}/${name.toLowerCase()}`);
      assert.ok(user !== undefined, `there is no user ${name}`);
      const accessKeyId = 'AKIAUSERUSERUSERUSER';
      return { kind: 'user', account: ACCOUNT, arn: user.arn, accessKeyId, user, session: undefined };
    },
  };
}

async function openSojourn(test: TestContext): Promise<Sojourn> {
  const directory = await mkdtemp(join(tmpdir(), 'sojourn-iam-'));
  const clock = { now: () => NOW };
  const state = openSqliteState(join(directory, 'state.sqlite'));
  const objects = await openFileObjects(join(directory, 'objects'), clock);
  test.after(async () => {
    await objects.close();
    await state.close();
    await rm(directory, { recursive: true });
  });
  return {
    state,
    objects,
    issuerKeys: {
      keysOf: () => ({ kind: 'unavailable', why: 'IAM asks no issuer for keys' }),
      thumbprintOf: async () => ({ kind: 'unavailable', why: 'no issuer of these tests can be reached' }),
    },
    keyRing: makeKeyRing(RANDOM),
    policies: new PolicyCache(100),
    signingKeys: makeSigningKeyCache(100),
    rootAccessKey: { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: 'root' },
    clock,
    random: RANDOM,
    account: ACCOUNT,
    region: 'us-east-1',
    publicUrl: () => 'http://127.0.0.1:4566',
    lastUses: new LastUses(state),
    auditTrail: { backwards: async function* () {} },
  };
}

interface Performed<Output> {
  readonly output: Output;
  readonly xml: string;
}

function performer(sojourn: Sojourn) {
  return async <K extends keyof Operations>(
    name: K,
    input: Operations[K]['input'],
    caller: Caller,
  ): Promise<Performed<Operations[K]['output']>> => {
    const operation = operationOf(name);
    const call = callBy(caller, sojourn);
    checkInput(iam, name, Object.fromEntries(Object.entries(input)));
    if (operation.permission.kind === 'actions') {
      for (const needed of await operation.permission.requirements(input, call)) await requireAllowed(needed, call);
    }
    const output = await operation.handle(input, call);
    return { output, xml: encodeQuery(iam, name, output, REQUEST_ID) };
  };
}

/** The row of the table, with the types of its own row of the wire table. */
interface OperationOf<K extends keyof Operations> {
  readonly permission:
    | { readonly kind: 'none' | 'own' }
    | {
        readonly kind: 'actions';
        readonly requirements: (
          input: Operations[K]['input'],
          call: Call,
        ) => readonly Requirement[] | Promise<readonly Requirement[]>;
      };
  readonly handle: (input: Operations[K]['input'], call: Call) => Promise<Operations[K]['output']>;
}

function operationOf<K extends keyof Operations>(name: K): OperationOf<K> {
  const table: { readonly [N in keyof Operations]?: OperationOf<N> } = iamOperations;
  const operation: OperationOf<K> | undefined = table[name];
  assert.ok(operation !== undefined, `IAM has no ${name}`);
  return operation;
}

function callBy(caller: Caller, sojourn: Sojourn): Call {
  return {
    caller,
    account: ACCOUNT,
    region: 'us-east-1',
    requestId: REQUEST_ID,
    now: NOW,
    http: {
      method: 'POST',
      headers: {},
      query: new Map(),
      sourceIp: '127.0.0.1',
      secure: false,
      trailers: new Map(),
    },
    sojourn,
    notes: auditNotes(),
    reply: { headers: {} },
  };
}

function accountId(text: string): AccountId {
  const account = parseAccountId(text);
  assert.ok(account !== undefined);
  return account;
}
