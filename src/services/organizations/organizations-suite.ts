/**
 * Organizations in one process for tests: real state, the wire's own reading, validation and encoding
 * around each call, the real authorization between them.
 */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { iamArn, parseAccountId, type AccountId } from '../../base/arn.ts';
import { ServiceError } from '../../base/service-error.ts';
import { auditNotes } from '../../federation/audit-notes.ts';
import type { Caller } from '../../federation/caller.ts';
import { requireAllowed } from '../../federation/require-allowed.ts';
import type { Sojourn } from '../../federation/sojourn.ts';
import { validationErrors } from '../../wire/constraints.ts';
import { organizations } from '../../wire/generated/organizations.ts';
import type { CreateAccountStatus, Operations } from '../../wire/generated/organizations-types.ts';
import { decodeJson } from '../../wire/json-request.ts';
import { encodeJson } from '../../wire/json-response.ts';
import { ACCOUNT, NOW, openIam, ROOT, type IamUnderTest } from '../iam/iam-suite.ts';
import type { Call, Requirement } from '../operation.ts';
import { ORGANIZATIONS } from '../service.ts';
import { invalidInput } from './invalid-input.ts';

export { ACCOUNT, NOW, ROOT };

/** A document that is a service control policy and no resource control policy, and the reverse. */
export const DENY_DELETION = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' }],
});
export const DENY_READING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
});

/** What a test does with Organizations. */
export interface OrganizationsUnderTest {
  readonly sojourn: Sojourn;
  /** IAM on the same state. */
  readonly iam: IamUnderTest;
  /** Reads, validates, authorizes, handles and encodes; answers with the output. */
  readonly call: <K extends keyof Operations>(
    name: K,
    input: Operations[K]['input'],
    caller?: Caller,
  ) => Promise<Operations[K]['output']>;
  /** The JSON document that a client would read. */
  readonly document: <K extends keyof Operations>(name: K, input: Operations[K]['input']) => Promise<unknown>;
  /** Asserts that the call is refused with this code, and reason when there is one. */
  readonly refused: <K extends keyof Operations>(
    name: K,
    input: Operations[K]['input'],
    refusal: { readonly code: string; readonly reason?: string; readonly message?: string | RegExp },
    caller?: Caller,
  ) => Promise<void>;
  readonly requirements: <K extends keyof Operations>(
    name: K,
    input: Operations[K]['input'],
  ) => Promise<readonly Requirement[]>;
}

/** Organizations on an empty state. */
export async function openOrganizations(test: TestContext): Promise<OrganizationsUnderTest> {
  const iam = await openIam(test);
  const { sojourn } = iam;
  return {
    sojourn,
    iam,
    call: async (name, input, caller = ROOT) => (await perform(sojourn, name, input, caller)).output,
    document: async (name, input) => (await perform(sojourn, name, input, ROOT)).document,
    refused: async (name, input, { code, reason, message }, caller = ROOT) => {
      const error: unknown = await perform(sojourn, name, input, caller).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof ServiceError, `${name} was not refused: ${String(error)}`);
      assert.deepEqual([error.code, error.details['Reason']], [code, reason], error.message);
      if (typeof message === 'string') assert.equal(error.message, message);
      else if (message !== undefined) assert.match(error.message, message);
    },
    requirements: async (name, input) => {
      const permission = ORGANIZATIONS.operations.get(name)?.permission;
      assert.ok(permission?.kind === 'actions');
      return permission.requirements(input, callBy(ROOT, sojourn));
    },
  };
}

/** With an organization of all features; answers its ids. */
export async function withOrganization(
  test: TestContext,
): Promise<OrganizationsUnderTest & { readonly organizationId: string; readonly rootId: string }> {
  const subject = await openOrganizations(test);
  const organizationId = (await subject.call('CreateOrganization', {})).Organization?.Id ?? '';
  const rootId = (await subject.call('ListRoots', {})).Roots?.[0]?.Id ?? '';
  return { ...subject, organizationId, rootId };
}

/** A new member account's id. */
export async function newAccount(subject: OrganizationsUnderTest, name: string): Promise<AccountId> {
  const { AccountId } = await created(subject, { Email: `${name}@example.com`, AccountName: name });
  const account = parseAccountId(AccountId ?? '');
  assert.ok(account !== undefined);
  return account;
}

/** What came of a CreateAccount, asked for as clients do: by the id that its answer has. */
export async function created(
  subject: OrganizationsUnderTest,
  input: Operations['CreateAccount']['input'],
): Promise<CreateAccountStatus> {
  const begun = (await subject.call('CreateAccount', input)).CreateAccountStatus;
  const found = await subject.call('DescribeCreateAccountStatus', { CreateAccountRequestId: begun?.Id ?? '' });
  assert.ok(found.CreateAccountStatus !== undefined);
  return found.CreateAccountStatus;
}

/** Root of a member account: on AWS it has credentials of its own, here it only stands for any of its callers. */
export function rootOf(account: AccountId): Caller {
  return { kind: 'root', account, arn: iamArn(account, 'root'), accessKeyId: 'AKIAMEMBER', session: undefined };
}

async function perform<K extends keyof Operations>(
  sojourn: Sojourn,
  name: K,
  sent: Operations[K]['input'],
  caller: Caller,
): Promise<{ readonly output: Operations[K]['output']; readonly document: unknown }> {
  const operation = ORGANIZATIONS.operations.get(name);
  const row = organizations.operations[name];
  assert.ok(operation !== undefined && row !== undefined, `Organizations has no ${name}`);
  const input = decodeJson(organizations, row, Buffer.from(JSON.stringify(sent)));
  const clauses = validationErrors(organizations, name, input);
  if (clauses.length > 0) throw invalidInput(clauses);
  const call = callBy(caller, sojourn);
  assert.equal(operation.permission.kind, 'actions');
  if (operation.permission.kind === 'actions') {
    for (const needed of await operation.permission.requirements(input, call)) await requireAllowed(needed, call);
  }
  const output = await operation.handle(input, call);
  // The table and the operation of one name agree on the type, as `OperationTable` holds them to.
  return { output: output as Operations[K]['output'], document: JSON.parse(encodeJson(organizations, name, output)) };
}

/** A call by that caller at {@link NOW}. */
export function callBy(caller: Caller, sojourn: Sojourn): Call {
  return {
    caller,
    account: caller.kind === 'anonymous' ? sojourn.account : caller.account,
    region: 'us-east-1',
    requestId: '6f0c3a52-7d3e-4a53-9b1e-1c2d3e4f5a6b',
    now: NOW,
    http: { method: 'POST', headers: {}, query: new Map(), sourceIp: '127.0.0.1', secure: false, trailers: new Map() },
    sojourn,
    notes: auditNotes(),
    reply: { headers: {} },
  };
}
