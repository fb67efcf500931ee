/**
 * Throws random and mutated documents and requests at the policy engine.
 *
 * By hand: `node scripts/fuzz-policy.ts [documents] [seed]` (1,000,000 documents unless told). The test
 * `test/properties/policy-fuzz.test.ts` runs a short one.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isArn, type Arn } from '../src/base/arn.ts';
import { explain, renderExplanation } from '../src/analysis/explain.ts';
import { compilePolicy } from '../src/policy/compile.ts';
import { requestContext } from '../src/policy/context.ts';
import type { AuthorizationRequest, PolicyType, Principal } from '../src/policy/decision.ts';
import { denialReason } from '../src/policy/denial.ts';
import { evaluate, isAllowed } from '../src/policy/evaluate.ts';
import { OPERATORS } from '../src/policy/operators/table.ts';
import { parsePolicy } from '../src/policy/parse.ts';
import { printPolicy } from '../src/policy/print.ts';
import { validatePolicy, type PolicyUse } from '../src/policy/validate.ts';
import { cpuTime } from '../test/properties/cpu-time.ts';
import { DOCUMENT_LIMIT, HOSTILE_CASES } from '../test/properties/hostile-policies.ts';

/** No document within AWS's size limits may take longer, reading and one decision together. */
const MAX_MILLISECONDS = 10;
/** The largest quota of all: a bucket policy's. */
const MAX_SIZE = DOCUMENT_LIMIT;

/** What a run did. */
export interface FuzzReport {
  readonly documents: number;
  /** How many of them were policies. */
  readonly policies: number;
  readonly allowed: number;
  readonly slowest: { readonly milliseconds: number; readonly text: string };
}

/**
 * Runs `documents` of them; throws, with the document and the seed in the message, on the first that breaks a rule:
 * a crash, a disagreement of plain and kept decision, a print that reads differently, or too much time.
 */
export function fuzzPolicies(documents: number, seed: number): FuzzReport {
  const chance = new Chance(seed);
  const seeds = seedDocuments();
  // What the compiler of JavaScript has not seen yet is slow for its own reasons.
  for (const text of seeds) decide(text, randomRequest(chance));
  let policies = 0;
  let allowed = 0;
  let slowest = { milliseconds: 0, text: '' };
  for (let index = 0; index < documents; index++) {
    const text = mutate(chance.pick(seeds), chance);
    const request = randomRequest(chance);
    try {
      const milliseconds = timed(() => decide(text, request));
      if (milliseconds > slowest.milliseconds) slowest = { milliseconds, text };
      const outcome = check(text, request, index % 16 === 0);
      if (outcome !== undefined) policies++;
      if (outcome === 'allow') allowed++;
    } catch (cause) {
      throw new Error(`seed ${seed}, document ${index}: ${JSON.stringify(text).slice(0, 30_000)}`, { cause });
    }
  }
  assert.ok(
    slowest.milliseconds <= MAX_MILLISECONDS,
    `seed ${seed}: ${slowest.milliseconds} ms for ${JSON.stringify(slowest.text).slice(0, 2_000)}`,
  );
  return { documents, policies, allowed, slowest };
}

/** The least of up to 25: collecting garbage, or a neighbour on the same core, is no slowness of the engine. */
function timed(run: () => void): number {
  let best = Infinity;
  for (let attempt = 0; attempt < 25; attempt++) {
    best = Math.min(best, cpuTime(run));
    if (best <= MAX_MILLISECONDS) return best;
  }
  return best;
}

function decide(text: string, request: AuthorizationRequest): void {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'policy') {
    isAllowed(request, { identity: [{ type: 'identity', source: 'x', policy: compilePolicy(parsed.policy) }] });
  }
}

const USES: readonly PolicyUse[] = ['identity', 'session', 'trust', 'resource', 'scp', 'rcp'];

function check(text: string, request: AuthorizationRequest, thoroughly: boolean): string | undefined {
  for (const use of USES) if (thoroughly || use === 'trust') validatePolicy(text, use);
  const parsed = parsePolicy(text);
  if (parsed.kind === 'malformed') {
    assert.ok(parsed.problems.length > 0);
    return undefined;
  }
  JSON.parse(text);
  const policy = compilePolicy(parsed.policy);
  const type: PolicyType = text.includes('"Principal"') ? 'resource' : 'identity';
  const attached = { type, source: 'fuzz', policy };
  const set = type === 'resource' ? { identity: [], resource: attached } : { identity: [attached] };
  const decision = evaluate(request, set);
  assert.equal(isAllowed(request, set), decision.outcome === 'allow');
  assert.equal(denialReason(decision) === '', decision.outcome === 'allow');
  if (thoroughly) {
    const printed = printPolicy(parsed.policy);
    const again = parsePolicy(printed);
    assert.ok(again.kind === 'policy' && printPolicy(again.policy) === printed);
    renderExplanation(explain(decision));
  }
  return decision.outcome;
}

/** Every document of the policy cases, and those that are as large and as slow as may be. */
function seedDocuments(): readonly string[] {
  const folder = join(import.meta.dirname, '../test/cases/policy');
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('Statement' in value) found.add(JSON.stringify(value));
    else if ('condition' in value) found.add(conditionDocument(value.condition));
    else for (const member of Object.values(value)) collect(member);
  };
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    collect(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  }
  const stars = Array.from({ length: 150 }, (_, index) => `*a?${'ab'.repeat(index % 12)}*b`);
  found.add(conditionDocument({ StringLike: { 'k:one': stars } }));
  for (const { condition } of HOSTILE_CASES) found.add(conditionDocument(condition));
  return [...found];
}

function conditionDocument(condition: unknown): string {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

const WORDS = [
  ...OPERATORS.map(({ name }) => name),
  'ForAllValues:',
  'ForAnyValue:',
  'IfExists',
  'Allow',
  'Deny',
  'Principal',
  'NotPrincipal',
  'NotAction',
  'NotResource',
  '*',
  '?',
  '*a?*',
  '${aws:username}',
  '${*}',
  "${k:one, 'x'}",
  'arn:aws:s3:::',
  '"',
  '\\u0000',
  '\\',
  '{}',
  '[]',
  'null',
  'k:one',
  ':',
  '𝄞',
  '__proto__',
];

function mutate(document: string, chance: Chance): string {
  let text = document;
  for (let count = chance.below(5); count > 0; count--) {
    const at = chance.below(text.length + 1);
    const end = Math.min(text.length, at + chance.below(20));
    switch (chance.below(6)) {
      case 0:
        text = text.slice(0, at) + text.slice(end);
        break;
      case 1:
        text = text.slice(0, end) + text.slice(at);
        break;
      case 2:
        text = text.slice(0, at) + chance.pick(WORDS) + text.slice(at);
        break;
      case 3:
        text =
          text.slice(0, at) +
          String.fromCharCode(chance.below(chance.below(2) === 0 ? 128 : 65_536)) +
          text.slice(at + 1);
        break;
      default:
        // A word inside a text keeps the document a policy most of the time.
        text = text.replace(/"[^"]{1,40}"(?!:)/, (found) =>
          chance.below(3) === 0 ? `"${chance.pick(WORDS)}"` : found,
        );
    }
  }
  return text.slice(0, MAX_SIZE);
}

const PRINCIPALS: readonly Principal[] = [
  { kind: 'user', account: '123456789012', arn: arn('arn:aws:iam::123456789012:user/alice'), id: 'AIDAX' },
  { kind: 'webIdentity', account: '123456789012', provider: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
  { kind: 'service', name: 'ec2.amazonaws.com' },
  { kind: 'anonymous' },
];
const KEYS = [
  'k:one',
  'k:a',
  'k:b',
  'aws:username',
  'aws:SourceIp',
  'aws:TagKeys',
  'gitlab.com:sub',
  'aws:CurrentTime',
  'aws:referer',
];
const LONG = ['a'.repeat(2_000), 'ab'.repeat(1_000), 'a*'.repeat(500), 'a'.repeat(16_000), 'Σ'.repeat(8_000)];

function randomRequest(chance: Chance): AuthorizationRequest {
  const text = (): string =>
    chance.below(8) === 0 ? chance.pick(LONG) : chance.pick([...WORDS, '10.0.0.1', '1', 'true']);
  const context = KEYS.filter(() => chance.below(2) === 0).map(
    (key) => [key, chance.below(4) === 0 ? [text(), text()] : text()] as const,
  );
  return {
    principal: chance.pick(PRINCIPALS),
    action: chance.pick(['s3:GetObject', 'test:Act', 'sts:AssumeRoleWithWebIdentity', '']),
    resource: chance.pick([
      '*',
      'arn:aws:s3:::bucket/a',
      'arn:aws:iam::123456789012:role/x',
      `arn:aws:s3:::b/${text()}`,
      '',
    ]),
    resourceAccount: chance.below(2) === 0 ? '123456789012' : undefined,
    context: requestContext(context),
  };
}

function arn(text: string): Arn {
  assert.ok(isArn(text));
  return text;
}

/** mulberry32: small, seeded, good enough to wander with. */
class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  }
  pick<Item extends string | object>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    assert.ok(item !== undefined);
    return item;
  }
}

if (process.argv[1] === import.meta.filename) {
  const [documents = '1000000', seed = '1'] = process.argv.slice(2);
  const start = performance.now();
  const report = fuzzPolicies(Number(documents), Number(seed));
  const { milliseconds, text } = report.slowest;
  console.log(`${report.documents} documents, ${report.policies} of them policies, ${report.allowed} requests allowed`);
  console.log(`slowest ${milliseconds.toFixed(2)} ms (${text.length} characters)`);
  console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
}
