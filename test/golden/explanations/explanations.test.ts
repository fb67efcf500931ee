/**
 * Explanations as people and programs get them: each case of `explanations.json` against `NAME.txt` and `NAME.json`.
 *
 * `UPDATE_GOLDEN=1 node --test test/golden/explanations/explanations.test.ts` writes them anew; read the difference.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { explain, renderExplanation } from '../../../src/analysis/explain.ts';
import { conditionKeys } from '../../../src/idp/condition-keys.ts';
import { github } from '../../../src/idp/github.ts';
import type { MintOptions } from '../../../src/idp/profile.ts';
import { requestContext, type ContextValue } from '../../../src/policy/context.ts';
import type {
  AttachedPolicy,
  AuthorizationRequest,
  Decision,
  PolicyType,
  Principal,
} from '../../../src/policy/decision.ts';
import { evaluate } from '../../../src/policy/evaluate.ts';
import { PolicyCache } from '../../../src/policy/policy-cache.ts';

/** A GitHub job at a role's door: the trust policy is a file of `policies/` or stands here. */
interface JobCase {
  readonly name: string;
  readonly trust: unknown;
  readonly job: MintOptions;
  /** `null`: the job asks for none. */
  readonly audience: string | null;
}
interface RequestCase {
  readonly name: string;
  readonly policies: {
    readonly identity: readonly unknown[];
    readonly boundary?: unknown;
    readonly session?: readonly unknown[];
    readonly resource?: unknown;
    readonly trust?: unknown;
    readonly scp?: readonly (readonly unknown[])[];
    readonly rcp?: readonly (readonly unknown[])[];
  };
  readonly request: {
    readonly principal: Principal;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount: string;
    readonly context: Readonly<Record<string, ContextValue>>;
  };
}

const FOLDER = import.meta.dirname;
const ISSUER = 'token.actions.githubusercontent.com';
const cases: readonly (JobCase | RequestCase)[] = JSON.parse(readFileSync(join(FOLDER, 'explanations.json'), 'utf8'));
const cache = new PolicyCache(100);

test('there are at least 40, and every policy of the articles has three tokens', () => {
  assert.ok(cases.length >= 40);
  for (const file of readdirSync(join(FOLDER, 'policies'))) {
    assert.ok(cases.filter((one) => 'trust' in one && one.trust === file).length >= 3, file);
  }
});

for (const one of cases) {
  test(one.name, () => {
    const explanation = explain('job' in one ? decideJob(one) : decideRequest(one));
    compare(`${one.name}.txt`, renderExplanation(explanation));
    compare(`${one.name}.json`, `${JSON.stringify(explanation, undefined, 2)}\n`);
  });
}

function compare(name: string, text: string): void {
  const path = join(FOLDER, name);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  assert.equal(text, readFileSync(path, 'utf8'));
}

function decideJob({ trust, job, audience }: JobCase): Decision {
  const minted = github.mint(job, { now: 1_790_000_000, audience: audience ?? undefined, jti: 'x' });
  assert.ok(minted.kind === 'claims', minted.kind === 'impossible' ? minted.why : '');
  const request: AuthorizationRequest = {
    principal: {
      kind: 'webIdentity',
      account: '123456789012',
      provider: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`,
    },
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: 'arn:aws:iam::123456789012:role/deploy',
    resourceAccount: '123456789012',
    context: requestContext(conditionKeys(ISSUER, minted.claims).entries),
  };
  const text =
    typeof trust === 'string'
      ? readFileSync(join(FOLDER, 'policies', trust), 'utf8')
      : JSON.stringify(trust, undefined, 2);
  return evaluate(request, {
    identity: [],
    resource: { type: 'trust', source: 'trust:role/deploy', policy: cache.get(text) },
  });
}

function decideRequest({ policies, request }: RequestCase): Decision {
  const { identity, boundary, session, resource, trust, scp, rcp } = policies;
  return evaluate(
    { ...request, context: requestContext(Object.entries(request.context)) },
    {
      identity: identity.map((document) => attached('identity', 'inline:role/deploy/Sync', document)),
      boundary: attachedIf('boundary', 'arn:aws:iam::123456789012:policy/limit', boundary),
      session: session?.map((document) => attached('session', 'inline:session', document)),
      resource: attachedIf('resource', 'bucket:bucket', resource) ?? attachedIf('trust', 'trust:role/deploy', trust),
      scp: scp?.map((level, index) =>
        level.map((document) => attached('scp', index === 0 ? 'p-europe' : `p-level-${index}`, document)),
      ),
      rcp: rcp?.map((level) => level.map((document) => attached('rcp', 'p-enterprise', document))),
    },
  );
}

function attachedIf(type: PolicyType, source: string, document: unknown): AttachedPolicy | undefined {
  return document === undefined ? undefined : attached(type, source, document);
}

/** A text stands for itself, so that a case can hold one that does not parse. */
function attached(type: PolicyType, source: string, document: unknown): AttachedPolicy {
  const text = typeof document === 'string' ? document : JSON.stringify(document, undefined, 2);
  return { type, source, policy: cache.get(text) };
}
