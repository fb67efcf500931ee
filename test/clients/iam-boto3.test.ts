/** boto3 against every operation of IAM and STS: each with success, refused for want of permission, and once per documented error. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { whyAbsent, wireError } from '../../scripts/reference/absent-errors.ts';
import { openDataDirectory } from '../../src/cli/data-directory.ts';
import { loadDevelopmentKeys } from '../../src/cli/development-parts.ts';
import { github } from '../../src/idp/github.ts';
import { IAM, STS } from '../../src/services/service.ts';
import { signToken } from '../../src/tokens/mint.ts';
import type { Member, ServiceModel } from '../../src/wire/model.ts';
import {
  check,
  isRecord,
  readCases,
  readDocuments,
  runCases,
  type ClientCase,
  type Seen,
  type TokenChange,
} from './client-cases.ts';
import { missingPython } from './programs.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missingPython('boto3');

/** In the order in which they run: later ones find what earlier ones made. */
const FILES = [
  'callers',
  'providers',
  'roles',
  'policies',
  'users',
  'groups',
  'instance-profiles',
  'trust-policies',
  'permission-policies',
  'account',
  'denials',
  'assume-role',
  'web-identity',
  'wire',
  'pages',
];
const files = FILES.map((name) => ({ name, ...readCases(name) }));
/** Operations that no case can be answered: what they are about is never there. */
const ALWAYS_REFUSED = new Set([
  'AssumeRoleWithSAML',
  'AssumeRoot',
  'DeleteLoginProfile',
  'GetDelegatedAccessToken',
  'GetLoginProfile',
]);
/** Errors that need more than cases make: `src/services/iam/quotas.test.ts`, `sts-rest.test.ts`. */
const ELSEWHERE = new Set([
  'iam CreateGroup LimitExceeded',
  'iam CreateInstanceProfile LimitExceeded',
  'iam CreateUser LimitExceeded',
  'sts GetWebIdentityToken JWTPayloadSizeExceededException',
  'sts GetWebIdentityToken SessionDurationEscalationException',
]);
/** Live IAM answers texts here that its model does not list (recorded: reference aws-federation 8.2, and 2026). */
const RECORDED: Readonly<Record<string, readonly string[]>> = {
  PermissionsBoundaryAttachmentType: ['Policy'],
  PolicySourceType: ['IAM Policy', 'Resource Policy', 'Permissions Boundary Policy'],
};
/** The user without any permission, made by the first file. */
const OUTSIDER = 'outsider';
/** Calls that answer the same when they are made again. */
const READS = /^(iam (Get|List|Simulate)|sts Get(CallerIdentity|AccessKeyInfo)$)/;

const { plan, denied, odd } = planOf(files.flatMap(({ cases }) => cases));
const seen = new Map<ClientCase, Seen>();
let sojourn: RunningSojourn;

before(async () => {
  if (skip !== false) return;
  sojourn = await startSojourn();
  const kept = { ...readDocuments(), ...(await mintedTokens()) };
  const answers = await runCases(plan, kept, sojourn.env);
  for (const [index, one] of plan.entries()) {
    const answer = answers[index];
    if (answer !== undefined) seen.set(one, answer);
  }
});
after(async () => sojourn?.dispose());

for (const { name, about, cases } of files) {
  describe(`${name}: ${about}`, { skip }, () => {
    for (const one of cases) {
      test(`${one.call}: ${one.name} (${one.source})`, () => {
        const answer = seen.get(one);
        assert.ok(answer !== undefined);
        if (one.walk === undefined) check(one, answer);
        else checkWalk(one, answer);
      });
    }
  });
}

describe('a caller without permission is told which action it lacks', { skip }, () => {
  for (const one of denied) {
    test(one.call, () => {
      const answer = seen.get(one);
      assert.ok(answer !== undefined);
      check(one, answer);
    });
  }
});

describe('by GET, in reverse order, with repeated and unknown parameters, a read answers the same', { skip }, () => {
  for (const one of odd) {
    test(one.call, () => {
      const answer = seen.get(one)?.answer;
      assert.ok(isRecord(answer) && isRecord(answer['straight']) && isRecord(answer['odd']));
      // Each answer has its own request id, and a marker is sealed anew each time.
      const { ResponseMetadata: _, Marker: marker, ...straight } = answer['straight'];
      const { ResponseMetadata: __, Marker: oddMarker, ...turned } = answer['odd'];
      assert.ok(!('Error' in straight), JSON.stringify(straight));
      assert.deepEqual(turned, straight);
      assert.equal(typeof oddMarker, typeof marker);
    });
  }
});

test('every operation of the tables is called with success and refused', () => {
  for (const service of [IAM, STS]) {
    for (const operation of service.operations.keys()) {
      const own = plan.filter(({ call }) => call === `${service.name} ${operation}`);
      assert.ok(
        ALWAYS_REFUSED.has(operation) || own.some(({ expect }) => 'answer' in expect),
        `${operation} is never answered`,
      );
      assert.ok(
        own.some(({ expect }) => 'code' in expect),
        `${operation} is never refused`,
      );
    }
  }
});

test('every error of the models is met, or known never to occur', () => {
  const faults: string[] = [];
  for (const service of [IAM, STS]) {
    for (const operation of service.operations.keys()) {
      for (const shape of service.model.operations[operation]?.errors ?? []) {
        const { code } = wireError(service, shape);
        const one = `${service.name} ${operation}`;
        const met = plan.some(({ call, expect }) => call === one && 'code' in expect && expect.code === code);
        const why = whyAbsent(service.name, operation, code);
        if (!met && why === undefined && !ELSEWHERE.has(`${one} ${code}`)) faults.push(`${one} is never ${code}`);
        if (met && why !== undefined) faults.push(`${one} is ${code}, though: ${why}`);
      }
    }
  }
  assert.deepEqual(faults, []);
});

test('every answer has the members that its model requires, in the shapes of the model, and no others', () => {
  for (const { call } of plan) {
    const [service, operation = ''] = call.split(' ');
    const { model } = service === 'iam' ? IAM : STS;
    for (const { answer } of answersOf(call)) {
      const { ResponseMetadata: _, ...members } = answer;
      const output = model.operations[operation]?.output;
      if (output === undefined) assert.deepEqual(members, {}, call);
      else conforms(model, output, members, call);
    }
  }
});

test('every paged operation of IAM is walked page by page', () => {
  for (const operation of IAM.operations.keys()) {
    const input = IAM.model.shapes[IAM.model.operations[operation]?.input ?? ''];
    const paged = input?.type === 'structure' && 'Marker' in input.members;
    assert.ok(!paged || plan.some((one) => one.walk !== undefined && one.call === `iam ${operation}`), operation);
  }
});

/**
 * Around the first success of each operation stand two more calls: before it the same by a user who has
 * no permission, and after it, when it is a read, the same sent as no client sends it.
 */
function planOf(cases: readonly ClientCase[]): {
  readonly plan: readonly ClientCase[];
  readonly denied: readonly ClientCase[];
  readonly odd: readonly ClientCase[];
} {
  const met = new Set<string>();
  const plan: ClientCase[] = [];
  const denied: ClientCase[] = [];
  const odd: ClientCase[] = [];
  for (const one of cases) {
    const isFirst = met.has(OUTSIDER) && 'answer' in one.expect && one.with !== undefined && !met.has(one.call);
    const denial = isFirst ? deniedCall(one) : undefined;
    const again = isFirst && READS.test(one.call) ? oddCall(one) : undefined;
    plan.push(...[denial, one, again].filter((call) => call !== undefined));
    if (denial !== undefined) denied.push(denial);
    if (again !== undefined) odd.push(again);
    if (isFirst) met.add(one.call);
    if (one.keep?.[OUTSIDER] !== undefined) met.add(OUTSIDER);
  }
  return { plan, denied, odd };
}

/** What came back of the calls of that name that succeeded, as the real client parsed it. */
function answersOf(call: string): readonly { readonly answer: Readonly<Record<string, unknown>> }[] {
  return [...seen].flatMap(([one, { answer }]) =>
    one.call === call && 'answer' in one.expect && one.walk === undefined && one.odd === undefined && isRecord(answer)
      ? [{ answer }]
      : [],
  );
}

/** Asserts that a value is of its shape; policy documents come out of botocore as what their JSON says. */
function conforms(model: ServiceModel, name: string, value: unknown, at: string): void {
  const shape = model.shapes[name];
  if (shape?.type === 'structure') {
    assert.ok(isRecord(value), `${at} is no structure: ${JSON.stringify(value)}`);
    for (const member of shape.required ?? []) assert.ok(member in value, `${at} has no ${member}`);
    for (const [member, part] of Object.entries(value)) {
      const known: Member | undefined = shape.members[member];
      assert.ok(known !== undefined, `${at} has a member ${member}`);
      conforms(model, known.shape, part, `${at}.${member}`);
    }
  } else if (shape?.type === 'list') {
    assert.ok(Array.isArray(value), `${at} is no list: ${JSON.stringify(value)}`);
    for (const [index, item] of value.entries()) conforms(model, shape.member.shape, item, `${at}.${index}`);
  } else if (shape?.type === 'boolean') {
    assert.equal(typeof value, 'boolean', at);
  } else if (shape?.type === 'integer' || shape?.type === 'long') {
    assert.ok(Number.isSafeInteger(value), at);
  } else if (shape?.type === 'string' && shape.enum !== undefined) {
    assert.ok([...shape.enum, ...(RECORDED[name] ?? [])].includes(String(value)), `${at} is ${JSON.stringify(value)}`);
  }
}

function deniedCall({ keep: _, ...one }: ClientCase): ClientCase | undefined {
  const [service, operation = ''] = one.call.split(' ');
  const permission = (service === 'iam' ? IAM : STS).operations.get(operation)?.permission;
  if (permission?.kind !== 'actions') return undefined;
  const user = `arn:aws:iam::000000000000:user/${OUTSIDER}`;
  const like = `^User: ${user} is not authorized to perform: ${permission.actions[0]} on resource: `;
  return { ...one, as: OUTSIDER, expect: { code: 'AccessDenied', status: 403, message: { like } } };
}

function oddCall({ with: parameters, keep: _, ...one }: ClientCase): ClientCase {
  return { ...one, odd: parameters };
}

function checkWalk({ expect }: ClientCase, { answer }: Seen): void {
  assert.ok(isRecord(answer) && Array.isArray(answer['whole']) && Array.isArray(answer['pages']));
  assert.ok('answer' in expect && isRecord(expect.answer));
  const least = Number(expect.answer['atLeast']);
  const { whole, pages } = answer;
  assert.ok(whole.length >= least, `the list has ${whole.length} items, not ${least}`);
  assert.ok(
    pages.every((page: unknown) => Array.isArray(page) && page.length <= 1),
    'a page has more than was asked for',
  );
  // Answers of several lists (users, groups, roles) come out in the order of the lists all the same.
  assert.deepEqual(sorted(pages.flat()), sorted(whole));
  if (expect.answer['ordered'] !== false) assert.deepEqual(pages.flat(), whole);
}

function sorted(items: readonly unknown[]): readonly string[] {
  return items.map((item) => JSON.stringify(item)).sort();
}

/** The tokens that the files name, as `token.{name}`. */
async function mintedTokens(): Promise<Readonly<Record<string, string>>> {
  const keys = await (await loadDevelopmentKeys(openDataDirectory(sojourn.data))).keysOf(github);
  const now = Math.floor(Date.now() / 1000);
  const good = {
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:my-org/my-repo:ref:refs/heads/main',
    aud: 'sts.amazonaws.com',
    iat: now,
    nbf: now - 600,
    exp: now + 300,
  };
  const mint = (change: TokenChange): string => {
    if (change.text !== undefined) return change.text;
    const claims = Object.entries({ ...good, ...change.set })
      .filter(([name]) => change.without?.includes(name) !== true)
      .map(([name, value]) => [name, timeOf(value, now)]);
    const header = { typ: 'JWT', alg: 'RS256', kid: keys.kid, ...change.header };
    return signToken(header, Object.fromEntries(claims), keys.privateKey);
  };
  return Object.fromEntries(
    files.flatMap(({ tokens = {} }) => Object.entries(tokens).map(([name, change]) => [`token.${name}`, mint(change)])),
  );
}

/** `now`, `now+400`, `now-3600` as seconds since the epoch; anything else as it is. */
function timeOf(value: unknown, now: number): unknown {
  const offset = typeof value === 'string' ? /^now([+-]\d+)?$/.exec(value) : null;
  return offset === null ? value : now + Number(offset[1] ?? 0);
}
