/** No edit that is named opens a role to everybody whom a shared issuer issues tokens to, and AWS would store each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addedStatements } from '../../src/analysis/explain/added-statement.ts';
import { nearMisses } from '../../src/analysis/explain/near-misses.ts';
import { editedStatement } from '../../src/analysis/explain/policy-step.ts';
import { WorkBudget } from '../../src/analysis/explain/work-budget.ts';
import { unscopedProvider } from '../../src/federation/shared-provider-guard.ts';
import { compilePolicy } from '../../src/policy/compile.ts';
import { requestContext } from '../../src/policy/context.ts';
import type { AuthorizationRequest, Decision } from '../../src/policy/decision.ts';
import { evaluate, isAllowed } from '../../src/policy/evaluate.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

const RUNS = { numRuns: 5_000 };
const ISSUER = 'token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`;

const OPERATORS = ['StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'StringNotLike', 'ArnLike'];
const operator = fc
  .tuple(
    fc.constantFrom('', '', '', 'ForAnyValue:', 'ForAllValues:'),
    fc.constantFrom(...OPERATORS),
    fc.constantFrom('', '', 'IfExists'),
  )
  .map((parts) => parts.join(''));
const key = fc.constantFrom(
  ...['sub', 'sub', 'sub', 'aud', 'actor', 'job_workflow_ref', 'subject', 'environment'].map(
    (claim) => `${ISSUER}:${claim}`,
  ),
  'token.actions.githubuserconten.com:sub',
);
const part = fc.constantFrom(
  ...['*', '?', 'repo:', 'acme', 'acme/app', '/', ':', 'ref:refs/heads/main', '@8', 'environment:', '${*}', 'sts.'],
  `\${${ISSUER}:sub}`,
  `\${${ISSUER}:actor}`,
  "${k:none, 'acme'}",
);
const value = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  fc.constantFrom('*', 'repo:*', 'repo:acme/*', 'repo:*/*', 'repo:*:ref:refs/heads/main', 'sts.amazonaws.com'),
);
const conditions = fc.dictionary(
  operator,
  fc.dictionary(key, fc.array(value, { minLength: 1, maxLength: 3 }), { maxKeys: 3, minKeys: 1 }),
  { maxKeys: 3 },
);
const sub = fc.constantFrom(
  'repo:acme/app:ref:refs/heads/main',
  'repo:acme@8/app@7:environment:prod',
  'ref:refs/heads/main',
  'environment:prod',
  'repository_owner:acme:environment:prod',
);

test('an edit that lets a job of GitHub in lets nobody else in, and can be stored', () => {
  let edited = 0;
  fc.assert(
    fc.property(conditions, sub, fc.boolean(), (condition, subject, named) => {
      const decision = decide(condition, subject, named);
      if (decision.outcome === 'allow') return;
      const near = nearMisses(decision).map((placed) => editedStatement(decision, placed, new WorkBudget()));
      // Beside a statement that AWS would refuse none can be stored, so they are added to one about another caller.
      for (const step of [...near, ...addedStatements(decision, named)]) {
        if (step === undefined || !isAllowed(decision.request, step.policySet)) continue;
        edited++;
        for (const other of others(subject)) assert.ok(!isAllowed(other, step.policySet), step.edits.join('; '));
        const { resource } = step.policySet;
        assert.equal(resource && unscopedProvider(resource.policy.policy), undefined, step.edits.join('; '));
      }
    }),
    RUNS,
  );
  assert.ok(edited > RUNS.numRuns / 4, `only ${edited} edits`);
});

function decide(condition: object, subject: string, named: boolean): Decision {
  const statement = {
    Effect: 'Allow',
    Principal: named ? { Federated: PROVIDER } : { Service: 'ec2.amazonaws.com' },
    Action: named ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole',
    ...(named && { Condition: condition }),
  };
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  assert.ok(parsed.kind === 'policy');
  const resource = { type: 'trust', source: 'trust:role/deploy', policy: compilePolicy(parsed.policy) } as const;
  return evaluate(job(subject, 'acme'), { identity: [], resource });
}

/** Jobs of others with the same audience, branch and environment: classic, immutable and customised subjects. */
function others(subject: string): readonly AuthorizationRequest[] {
  const context = subject.replace(/^repo:[^:]*:|^repository_owner:[^:]*:/, '');
  return [
    `repo:someone-else/other:${context}`,
    `repo:someone-else/app:${context}`,
    `repo:another@1/other@2:${context}`,
    'repo:someone-else/other:ref:refs/heads/x',
    'repo:another@1/other@2:ref:refs/heads/x',
    `repository_owner:someone-else:${context}`,
    context,
  ].map((other) => job(other, 'someone-else'));
}

function job(subject: string, owner: string): AuthorizationRequest {
  return {
    principal: { kind: 'webIdentity', account: '123456789012', provider: PROVIDER },
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: 'arn:aws:iam::123456789012:role/deploy',
    resourceAccount: '123456789012',
    context: requestContext([
      [`${ISSUER}:sub`, subject],
      [`${ISSUER}:aud`, 'sts.amazonaws.com'],
      [`${ISSUER}:actor`, owner],
      [`${ISSUER}:job_workflow_ref`, `${owner}/app/.github/workflows/ci.yml@refs/heads/main`],
    ]),
  };
}
