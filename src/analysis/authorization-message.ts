/**
 * A decision in the form of AWS's decoded authorization messages (STS API Reference,
 * DecodeAuthorizationMessage; reference aws-federation 1.8). AWS publishes examples but no schema:
 * member names and nesting are theirs.
 */
import type { RequestContext } from '../policy/context.ts';
import type { Decision, Principal, StatementOutcome } from '../policy/decision.ts';
import { renderExplanation, type Explanation } from './explain.ts';

interface Items<T> {
  readonly items: readonly T[];
}
interface Value {
  readonly value: string;
}
interface KeyValues {
  readonly key: string;
  readonly values: Items<Value>;
}

interface MatchedStatement {
  readonly statementId: string;
  readonly effect: 'ALLOW' | 'DENY';
  readonly principals: Items<Value>;
  readonly principalGroups: Items<Value>;
  readonly actions: Items<Value>;
  readonly resources: Items<Value>;
  readonly conditions: Items<KeyValues>;
}

/** What DecodeAuthorizationMessage prints as JSON. */
export interface AuthorizationMessage {
  readonly allowed: boolean;
  readonly explicitDeny: boolean;
  /** The statements with effect Deny that applied. */
  readonly matchedStatements: Items<MatchedStatement>;
  /** Policies that could not be read, each with the first thing wrong in it. */
  readonly failures: Items<Value>;
  readonly context: {
    readonly principal: { readonly id: string; readonly arn: string };
    readonly action: string;
    readonly resource: string;
    readonly conditions: Items<KeyValues>;
  };
  /** Beyond AWS: the explanation for people. */
  readonly explanation?: string;
}

/** The whole message; its parts grow with the policies and with the request, so callers that have little room cut it. */
export function authorizationMessage(decision: Decision, explanation: Explanation): AuthorizationMessage {
  const { outcome, request, policies } = decision;
  const id = principalId(request.principal);
  const denies = policies.flatMap(({ statements }) =>
    statements.filter(({ matched, statement }) => matched && statement.effect === 'Deny'),
  );
  return {
    allowed: outcome === 'allow',
    explicitDeny: outcome === 'explicitDeny',
    matchedStatements: { items: denies.map((statement) => matchedStatement(statement, id)) },
    failures: {
      items: policies.flatMap(({ attached }) =>
        attached.policy.problems.slice(0, 1).map(({ message }) => ({ value: `${attached.source}: ${message}` })),
      ),
    },
    context: {
      principal: { id, arn: principalArn(request.principal) },
      action: request.action,
      resource: request.resource,
      conditions: { items: contextItems(request.context) },
    },
    explanation: renderExplanation(explanation),
  };
}

function matchedStatement({ statement }: StatementOutcome, principal: string): MatchedStatement {
  const { action, resource, conditions } = statement.tree;
  return {
    statementId: statement.sid ?? '',
    effect: statement.effect === 'Deny' ? 'DENY' : 'ALLOW',
    principals: values([principal]),
    principalGroups: { items: [] },
    actions: values(action.items.map(({ text }) => text)),
    resources: values((resource?.items ?? []).map(({ text }) => text)),
    conditions: {
      items: conditions.map((condition) => ({
        key: condition.key.text,
        values: values(condition.values.map(({ text }) => text)),
      })),
    },
  };
}

function contextItems(context: RequestContext): readonly KeyValues[] {
  return [...context].map(([key, value]) => ({ key, values: values(typeof value === 'string' ? [value] : value) }));
}

function values(texts: readonly string[]): Items<Value> {
  return { items: texts.map((value) => ({ value })) };
}

/** `aws:userid` of the caller (reference iam-policy-evaluation 6.1). */
function principalId(principal: Principal): string {
  switch (principal.kind) {
    case 'root':
      return principal.account;
    case 'user':
      return principal.id;
    case 'assumedRole':
      return `${principal.id}:${lastPart(principal.arn)}`;
    case 'federatedUser':
      return `${principal.account}:${lastPart(principal.arn)}`;
    case 'webIdentity':
      return principal.provider;
    case 'service':
      return principal.name;
    case 'anonymous':
      return 'anonymous';
  }
}

function principalArn(principal: Principal): string {
  return 'arn' in principal ? principal.arn : principalId(principal);
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
