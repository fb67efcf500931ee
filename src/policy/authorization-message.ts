/** What DecodeAuthorizationMessage answers: a denied request as JSON (reference aws-federation 1.8). */
import type { AuthorizationRequest, Decision, Principal, StatementOutcome } from './decision.ts';

/** AWS wraps every list so. */
interface Items {
  readonly items: readonly unknown[];
}

/**
 * The decoded message of a decision: whether a statement denied and which, and the request with its condition keys.
 * Members are those of AWS's message; the form of a matched statement is unconfirmed.
 */
export function authorizationMessage({ outcome, statement, request }: Decision): string {
  return JSON.stringify({
    allowed: outcome === 'allow',
    explicitDeny: outcome === 'explicitDeny',
    matchedStatements: items(
      outcome === 'explicitDeny' && statement !== undefined ? [matchedStatement(statement)] : [],
    ),
    failures: items([]),
    context: {
      principal: principalOf(request),
      action: request.action,
      resource: request.resource,
      conditions: items([...request.context].map(([key, value]) => ({ key, values: values([value].flat()) }))),
    },
  });
}

function matchedStatement({ statement, conditions }: StatementOutcome): unknown {
  const { tree } = statement;
  return {
    statementId: statement.sid ?? '',
    effect: statement.effect.toUpperCase(),
    principals: values((tree.principal?.entries ?? []).flatMap((entry) => entry.values.map(({ text }) => text))),
    principalGroups: items([]),
    actions: values(tree.action.items.map(({ text }) => text)),
    resources: values((tree.resource?.items ?? []).map(({ text }) => text)),
    conditions: items(conditions.map(({ key, expected }) => ({ key, values: values(expected) }))),
  };
}

function principalOf({ principal, context }: AuthorizationRequest): { readonly id: string; readonly arn: string } {
  const id = context.get('aws:userid');
  return { id: typeof id === 'string' ? id : '', arn: arnOf(principal) };
}

function arnOf(principal: Principal): string {
  if (principal.kind === 'webIdentity') return principal.provider;
  if (principal.kind === 'service') return principal.name;
  return principal.kind === 'anonymous' ? '' : principal.arn;
}

function values(texts: readonly string[]): Items {
  return items(texts.map((value) => ({ value })));
}

function items(list: readonly unknown[]): Items {
  return { items: list };
}
