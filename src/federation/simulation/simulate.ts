/**
 * What policies would say to one action on one resource, as IAM's policy simulator answers it: the
 * real engine on documents and a context that the request brings along.
 */
import type {
  AttachedPolicy,
  Decision,
  Outcome,
  PolicyOutcome,
  PolicySet,
  PolicyType,
  Principal,
} from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import type { RequestContext } from '../../policy/context.ts';
import type { PolicyCache } from '../../policy/policy-cache.ts';
import { statementPlace, type StatementPlace } from './statement-place.ts';

/** A document under the name that the simulator gives it. */
export interface SimulatedDocument {
  /** `PolicyInputList.1`, `ResourcePolicy`, the name of a managed policy, `role_{role}_{inline policy}`. */
  readonly id: string;
  readonly text: string;
}

/** The policies of a simulation. */
export interface SimulatedPolicies {
  readonly identity: readonly SimulatedDocument[];
  readonly boundary: SimulatedDocument | undefined;
  readonly resource: SimulatedDocument | undefined;
  /** Levels of service control policies above the caller's account; undefined when there are none. */
  readonly scp: PolicySet['scp'];
}

/** A call that nobody made. */
export interface SimulatedCall {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly context: RequestContext;
}

/** How it would have been decided. */
export interface Simulated {
  readonly outcome: Outcome;
  /** The statements that determined an outcome other than the implicit deny. */
  readonly matched: readonly MatchedStatement[];
  /** Undefined without a boundary. */
  readonly allowedByBoundary: boolean | undefined;
  /** Undefined without service control policies. */
  readonly allowedByOrganizations: boolean | undefined;
  /** Across accounts, what each side said; undefined within one. */
  readonly sides: { readonly identity: Outcome; readonly resource: Outcome } | undefined;
}

/** A statement that led to the decision, and where it stands. */
export interface MatchedStatement {
  readonly document: string;
  readonly type: PolicyType;
  readonly place: StatementPlace;
}

/** Actions that a role trust policy decides, should the resource policy of a simulation be one. */
const TRUST_ACTIONS: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
]);

/** Whether an action is decided by trust policies, and so a resource policy beside it is one. */
export function isTrustAction(action: string): boolean {
  return TRUST_ACTIONS.has(action.toLowerCase());
}

/** Decides, and says by what. */
export function simulate(call: SimulatedCall, policies: SimulatedPolicies, cache: PolicyCache): Simulated {
  const texts = new Map<AttachedPolicy, string>();
  const attached = (type: PolicyType, { id, text }: SimulatedDocument): AttachedPolicy => {
    const policy = { type, source: id, policy: cache.get(text) };
    texts.set(policy, text);
    return policy;
  };
  const resourceType = isTrustAction(call.action) ? 'trust' : 'resource';
  const decision = evaluate(call, {
    identity: policies.identity.map((document) => attached('identity', document)),
    boundary: policies.boundary && attached('boundary', policies.boundary),
    resource: policies.resource && attached(resourceType, policies.resource),
    scp: policies.scp,
  });
  const account = 'account' in call.principal ? call.principal.account : undefined;
  return {
    outcome: decision.outcome,
    matched: matchedStatements(decision, texts),
    allowedByBoundary: policies.boundary && verdict(decision, ['boundary']) === 'allow',
    allowedByOrganizations: policies.scp && !(decision.decidedBy === 'scp' && decision.outcome !== 'allow'),
    sides:
      account === call.resourceAccount
        ? undefined
        : { identity: verdict(decision, ['identity']), resource: verdict(decision, ['resource', 'trust']) },
  };
}

/** Of a denial the denying statements only, of an allowance the allowing ones (API Reference, EvaluationResult). */
function matchedStatements(
  { outcome, policies }: Decision,
  texts: ReadonlyMap<AttachedPolicy, string>,
): readonly MatchedStatement[] {
  if (outcome === 'implicitDeny') return [];
  const effect = outcome === 'allow' ? 'Allow' : 'Deny';
  return policies.flatMap(({ attached, statements }) => {
    const text = texts.get(attached);
    // Service control policies determine, but are none of the input policies; a boundary never allows.
    if (text === undefined || (effect === 'Allow' && attached.type === 'boundary')) return [];
    return statements
      .filter(({ matched, statement }) => matched && statement.effect === effect)
      .map(({ statement }) => ({
        document: attached.source,
        type: attached.type,
        place: statementPlace(statement.tree, text),
      }));
  });
}

/** What the policies of some types say together, on their own. */
function verdict({ policies }: Decision, types: readonly PolicyType[]): Outcome {
  const matches = (effect: 'Allow' | 'Deny'): boolean =>
    policies.some(({ attached, statements }: PolicyOutcome) =>
      types.includes(attached.type)
        ? statements.some(({ matched, statement }) => matched && statement.effect === effect)
        : false,
    );
  return matches('Deny') ? 'explicitDeny' : matches('Allow') ? 'allow' : 'implicitDeny';
}
