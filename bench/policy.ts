/**
 * How fast the policy engine decides, on one core: `npm run bench:policy`.
 *
 * CPU time of this process, best of several rounds after a warm-up; every request is another object, and every
 * decision is looked at, so that nothing is optimised away.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compilePolicy, type CompiledPolicy } from '../src/policy/compile.ts';
import { requestContext } from '../src/policy/context.ts';
import type { AuthorizationRequest, PolicySet } from '../src/policy/decision.ts';
import { evaluate, isAllowed } from '../src/policy/evaluate.ts';
import { parsePolicy } from '../src/policy/parse.ts';

const ROUNDS = 7;
const GITHUB = 'token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${GITHUB}`;

const after = readFileSync(
  join(import.meta.dirname, '../test/golden/explanations/policies/article-2-after.json'),
  'utf8',
);
/** The garbage collector, which a program reaches only by asking for it. */
setFlagsFromString('--expose-gc');
const collectGarbage = (): void => void runInNewContext('gc()');
const requests = Array.from({ length: 256 }, (_, index) => jobRequest(index));

rates();
compileTime();
growth();

/** The second article's policy after the update, asked by jobs of which three in four get in. */
function rates(): void {
  const policies = trust(compile(after));
  const allowed = requests.filter((request) => isAllowed(request, policies)).length;
  assert.equal(allowed, 192);
  const count = 400_000;
  const kept = best(() => ask(count, (request) => evaluate(request, policies).outcome === 'allow'));
  const plain = best(() => ask(count, (request) => isAllowed(request, policies)));
  console.log("the second article's trust policy, evaluations per second on one core");
  console.log(`  whole decision kept   ${perSecond(count, kept)}`);
  console.log(`  allow or deny only    ${perSecond(count, plain)}`);
}

function ask(count: number, decide: (request: AuthorizationRequest) => boolean): void {
  let allowed = 0;
  for (let index = 0; index < count; index++) {
    const request = requests[index & 255];
    if (request !== undefined && decide(request)) allowed++;
  }
  assert.equal(allowed, Math.floor(count / 256) * 192 + Math.min(192, count % 256));
}

function compileTime(): void {
  const text = policyOf(6_144);
  const count = 200;
  const time = best(() => {
    for (let index = 0; index < count; index++) assert.ok(compile(text).statements.length > 0);
  });
  console.log(`\ncompile, a policy of ${text.length} characters`);
  console.log(`  text to compiled      ${((time / count) * 1_000).toFixed(3)} ms`);
}

/** One statement or value more costs as much as the one before. */
function growth(): void {
  console.log('\ngrowth         one decision, kept   plain   memory of the compiled policy');
  for (const count of [1, 10, 100, 1_000]) row('statements', count, statements(count));
  for (const count of [1, 10, 100, 1_000]) row('values', count, values(count));
}

function row(what: string, count: number, document: string): void {
  const policies = trust(compile(document));
  const [request] = requests;
  assert.ok(request !== undefined);
  const repeat = Math.ceil(100_000 / count);
  const kept = best(() => {
    for (let index = 0; index < repeat; index++) assert.equal(evaluate(request, policies).outcome, 'implicitDeny');
  });
  const plain = best(() => {
    for (let index = 0; index < repeat; index++) assert.ok(!isAllowed(request, policies));
  });
  const micro = (time: number): string => `${((time / repeat) * 1e6).toFixed(2)} µs`.padStart(11);
  const size = `${(memory(document, Math.ceil(20_000 / count)) / 1_024).toFixed(1)} KiB`.padStart(11);
  console.log(`  ${String(count).padStart(5)} ${what.padEnd(12)}${micro(kept)}${micro(plain)}${size}`);
}

/** Nothing matches, so every statement is looked at to its last condition. */
function statements(count: number): string {
  return document(
    Array.from({ length: count }, (_, index) => ({ StringLike: { 'sts:RoleSessionName': `x${index}*` } })),
  );
}

function values(count: number): string {
  const patterns = Array.from({ length: count }, (_, index) => `x${index}*`);
  return document([{ StringLike: { 'sts:RoleSessionName': patterns } }]);
}

function document(conditions: readonly unknown[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: conditions.map((Condition) => ({
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Condition,
    })),
  });
}

/** A policy of about that many characters, every statement with actions, resources and conditions. */
function policyOf(length: number): string {
  const statement = (index: number): unknown => ({
    Sid: `S${index}`,
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
    Resource: [`arn:aws:s3:::bucket-${index}`, `arn:aws:s3:::bucket-${index}/\${aws:PrincipalTag/team}/*`],
    Condition: {
      StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] },
      Bool: { 'aws:SecureTransport': 'true' },
    },
  });
  let text = '';
  for (let count = 1; text.length <= length; count++) {
    const next = JSON.stringify({
      Version: '2012-10-17',
      Statement: Array.from({ length: count }, (_, index) => statement(index)),
    });
    if (next.length > length) break;
    text = next;
  }
  return text;
}

function compile(text: string): CompiledPolicy {
  const parsed = parsePolicy(text);
  assert.ok(parsed.kind === 'policy');
  return compilePolicy(parsed.policy);
}

function trust(policy: CompiledPolicy): PolicySet {
  return { identity: [], resource: { type: 'trust', source: 'trust:role/deploy', policy } };
}

function jobRequest(index: number): AuthorizationRequest {
  const environment = index % 256 < 192 ? 'production' : 'staging';
  return {
    principal: { kind: 'webIdentity', account: '123456789012', provider: PROVIDER },
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: 'arn:aws:iam::123456789012:role/deploy',
    resourceAccount: '123456789012',
    context: requestContext([
      [`${GITHUB}:aud`, 'sts.amazonaws.com'],
      [`${GITHUB}:sub`, `repo:my-org/my-repo:environment:${environment}`],
      [`${GITHUB}:repository`, 'my-org/my-repo'],
      [`${GITHUB}:ref`, 'refs/heads/main'],
      [`${GITHUB}:environment`, environment],
      [`${GITHUB}:actor`, `actor-${index}`],
      ['sts:RoleSessionName', `run-${index}`],
    ]),
  };
}

/** Seconds of CPU time of the fastest round, after one that warms up. */
function best(run: () => void): number {
  run();
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}

function perSecond(count: number, seconds: number): string {
  return Math.round(count / seconds)
    .toLocaleString('en')
    .padStart(12);
}

/**
 * Bytes of heap that one compiled policy holds, its tree included: of so many copies that what the collector
 * leaves of other things, some hundred kilobytes either way, does not count.
 */
function memory(text: string, copies: number): number {
  const held: CompiledPolicy[] = [compile(text)];
  const before = heapUsed();
  for (let index = 0; index < copies; index++) held.push(compile(text));
  const after = heapUsed();
  assert.equal(held.length, copies + 1);
  return (after - before) / copies;
}

/** Bytes of heap in use once the garbage is gone; one collection leaves what finalizers held. */
function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
