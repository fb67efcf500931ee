/**
 * S3 without its socket, for the tests beside the operations: requests are routed, decoded,
 * authorized, handled and encoded by the real parts, on the real stores in a directory of its own.
 * Only HTTP itself and the signature are left out: the test says who calls.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type AccountId, iamArn, isAccountId, stsArn } from '../../base/arn.ts';
import { ServiceError } from '../../base/service-error.ts';
import { makeKeyRing } from '../../credentials/key-ring.ts';
import { makeSigningKeyCache } from '../../credentials/signature-v4/signing-key.ts';
import { auditNotes, type AuditNotes } from '../../federation/audit-notes.ts';
import type { Caller } from '../../federation/caller.ts';
import { requireAllowed } from '../../federation/require-allowed.ts';
import { LastUses } from '../../federation/last-uses.ts';
import type { Sojourn } from '../../federation/sojourn.ts';
import { PolicyCache } from '../../policy/policy-cache.ts';
import { openFileObjects } from '../../storage/objects/files/file-objects.ts';
import { openSqliteState } from '../../storage/state/sqlite/sqlite-state.ts';
import type { Body } from '../../wire/body.ts';
import { s3 } from '../../wire/generated/s3.ts';
import { decodeRest, payloadKind } from '../../wire/rest-request.ts';
import { encodeRest, encodeRestError, type RestAnswer } from '../../wire/rest-response.ts';
import { makeS3Router } from '../../wire/rest-route.ts';
import type { Call } from '../operation.ts';
import { S3 } from '../service.ts';

/** What a test may say of a request beyond method and target. */
export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Body;
  /** Root of the first account unless told. */
  readonly as?: Caller;
  /** As a chunked body would leave them. */
  readonly trailers?: Readonly<Record<string, string>>;
  readonly region?: string;
  /** The signature is in the query, not in a header. */
  readonly presigned?: true;
}

/** The answer as a client sees it. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  /** Of the error document; undefined when there is none. */
  readonly code: string | undefined;
  readonly notes: AuditNotes;
}

/** S3 in process. */
export interface InProcess {
  readonly sojourn: Sojourn;
  /** Sends `PUT /bucket/key?query`. */
  readonly send: (request: string, sending?: Sending) => Promise<Answer>;
  /** A role session with this one identity policy, of the first account unless told. */
  readonly role: (statements: readonly object[], account?: AccountId) => Caller;
  /** Moves the clock on, by milliseconds. */
  readonly wait: (milliseconds: number) => void;
}

/** The account of the tests, and Sojourn's own. */
export const ACCOUNT = accountId('111122223333');
/** An account that owns nothing unless the test makes it. */
export const OTHER_ACCOUNT = accountId('444455556666');

/** The root user of an account. */
export function rootOf(account: AccountId): Caller {
  return { kind: 'root', account, arn: iamArn(account, 'root'), accessKeyId: 'AKIAEXAMPLE', session: undefined };
}

/** Opens an empty S3 that is closed and removed when the test ends. */
export async function openS3(t: TestContext): Promise<InProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'sojourn-s3-'));
  const time = { now: Date.parse('2026-11-22T12:00:00.250Z') };
  const clock = { now: () => time.now };
  const random = { bytes: (count: number): Uint8Array => randomBytes(count) };
  const state = openSqliteState(join(directory, 'state.sqlite'));
  const objects = await openFileObjects(join(directory, 'objects'), clock);
  t.after(async () => {
    await objects.close();
    await state.close();
    await rm(directory, { recursive: true });
  });
  const sojourn: Sojourn = {
    state,
    objects,
    issuerKeys: {
      keysOf: () => ({ kind: 'unavailable', why: 'no issuer is asked in these tests' }),
      thumbprintOf: async () => ({ kind: 'unavailable', why: 'no issuer is asked in these tests' }),
    },
    keyRing: makeKeyRing(random),
    policies: new PolicyCache(100),
    signingKeys: makeSigningKeyCache(),
    rootAccessKey: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' },
    clock,
    random,
    account: ACCOUNT,
    region: 'us-east-1',
    publicUrl: () => 'http://127.0.0.1:4566',
    lastUses: new LastUses(state),
    auditTrail: { backwards: async function* () {} },
  };
  return {
    sojourn,
    send: (request, sending = {}) => send(request, sending, sojourn),
    role: (statements, account = ACCOUNT) => roleWith(statements, account),
    wait: (milliseconds) => void (time.now += milliseconds),
  };
}

/** The text between the first `<name>` and its end, entities as they are. */
export function element(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  return start < 0 ? undefined : xml.slice(start + name.length + 2, xml.indexOf(`</${name}>`, start));
}

/** Every text between `<name>` and its end. */
export function elements(xml: string, name: string): readonly string[] {
  return xml
    .split(`<${name}>`)
    .flatMap((rest, index) => (index === 0 ? [] : [rest.slice(0, rest.indexOf(`</${name}>`))]));
}

const route = makeS3Router(s3, ['s3.localhost']);

async function send(request: string, sending: Sending, sojourn: Sojourn): Promise<Answer> {
  const call = callOf(request, sending, sojourn);
  const [path = '', query = ''] = (request.split(' ', 2)[1] ?? '').split('?', 2);
  const answer = await answerOf(path, new URLSearchParams(query), sending, call);
  const text = await textOf(answer.body);
  return {
    status: call.reply.status !== undefined && answer.status < 300 ? call.reply.status : answer.status,
    headers: new Map([
      ...answer.headers.map(([name, value]) => [name.toLowerCase(), value] as const),
      ...Object.entries(call.reply.headers),
    ]),
    text,
    code: text.includes('<Error>') ? element(text, 'Code') : undefined,
    notes: call.notes,
  };
}

async function answerOf(path: string, query: URLSearchParams, sending: Sending, call: Call): Promise<RestAnswer> {
  const { headers, method } = call.http;
  try {
    const found = route({ method, path, host: 'localhost', query: new Map(query), headers });
    const operation = S3.operations.get(found.operation);
    assert.ok(operation, `${found.operation} is in the table`);
    const streams = payloadKind(s3, found.operation) === 'stream';
    const payload = streams ? bodyOf(sending.body) : Buffer.from(await textOf(bodyOf(sending.body)));
    const input = decodeRest(s3, found.operation, { ...found, query: new Map(query), headers, payload });
    if (operation.permission.kind === 'actions') {
      for (const requirement of await operation.permission.requirements(input, call)) {
        assert.ok(operation.permission.actions.includes(requirement.action), `${requirement.action} is declared`);
        await requireAllowed(requirement, call);
      }
    }
    return encodeRest(s3, found.operation, await operation.handle(input, call));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return encodeRestError(error, { requestId: 'R', hostId: 'H', method });
  }
}

function callOf(request: string, sending: Sending, sojourn: Sojourn): Call {
  const [method = 'GET', target = ''] = request.split(' ', 2);
  const caller = sending.as ?? rootOf(ACCOUNT);
  const body = typeof sending.body === 'string' ? Buffer.from(sending.body) : (sending.body ?? Buffer.alloc(0));
  const length = body instanceof Uint8Array ? body.length : undefined;
  return {
    caller,
    account: caller.kind === 'anonymous' ? sojourn.account : caller.account,
    region: sending.region ?? sojourn.region,
    requestId: 'R',
    now: sojourn.clock.now(),
    http: {
      method,
      headers: {
        host: 'localhost',
        ...(sending.presigned === undefined && { authorization: 'signed' }),
        ...(length !== undefined && { 'content-length': String(length) }),
        ...sending.headers,
      },
      query: new Map(new URLSearchParams(target.split('?', 2)[1] ?? '')),
      sourceIp: '192.0.2.1',
      secure: false,
      trailers: new Map(Object.entries(sending.trailers ?? {})),
    },
    sojourn,
    notes: auditNotes(),
    reply: { headers: {} },
  };
}

async function* bodyOf(body: Sending['body']): Body {
  if (typeof body === 'string') yield Buffer.from(body);
  else if (body instanceof Uint8Array) yield body;
  else if (body !== undefined) yield* body;
}

async function textOf(body: RestAnswer['body']): Promise<string> {
  if (body === undefined || typeof body === 'string') return body ?? '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function roleWith(statements: readonly object[], account: AccountId): Caller {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return {
    kind: 'role',
    account,
    arn: stsArn(account, 'assumed-role/deploy/session'),
    accessKeyId: 'ASIAEXAMPLE',
    role: {
      account,
      arn: iamArn(account, 'role/deploy'),
      path: '/',
      name: 'deploy',
      id: 'AROAEXAMPLE',
      createDate: 0,
      trustPolicy: '{}',
      description: undefined,
      maxSessionDuration: undefined,
      permissionsBoundary: undefined,
      tags: [],
      inlinePolicies: { test: policy },
      attachedPolicies: [],
    },
    session: {
      kind: 'role',
      account,
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'unused',
      issuedAt: 0,
      expiresAt: 4_000_000_000,
      roleId: 'AROAEXAMPLE',
      roleName: 'deploy',
      sessionName: 'session',
    },
  };
}

function accountId(text: string): AccountId {
  assert.ok(isAccountId(text));
  return text;
}
