/**
 * What policies would say to one action on one resource, as IAM's policy simulator answers it: the real engine reads
 * the documents, and the simulator's own rules (observed on AWS, September 2026) weigh what each kind of them says.
 */
import type {
  AttachedPolicy,
  AuthorizationRequest,
  Decision,
  Outcome,
  PolicyOutcome,
  PolicySet,
  PolicyType,
  StatementOutcome,
} from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { fitsResource } from './known-actions.ts';
import type { StatementPlace } from './statement-place.ts';

/** A document under the name that the simulator gives it. */
export interface SimulatedDocument {
  /** `PolicyInputList.1`, `ResourcePolicy`, the name of a managed policy, `role_{role}_{inline policy}`. */
  readonly id: string;
  readonly text: string;
}

/** The policies of a simulation, ready to be asked; `rcp` and `session` never count. */
export interface SimulatedPolicies extends Pick<PolicySet, 'identity' | 'boundary' | 'resource' | 'scp'> {
  /** The place of a statement; undefined for the documents that are none of the simulation's own. */
  readonly placeOf: (policy: AttachedPolicy, statement: StatementOutcome) => StatementPlace | undefined;
}

/** How an action would have been decided on one resource. */
export interface Simulated {
  readonly outcome: Outcome;
  /** The statements that determined an outcome other than the implicit deny. */
  readonly matched: readonly MatchedStatement[];
  /** Service control policies decided, and nothing else is told. */
  readonly byOrganizations: boolean;
  /** Undefined without a boundary. */
  readonly allowedByBoundary: boolean | undefined;
  /** Undefined without service control policies. */
  readonly allowedByOrganizations: boolean | undefined;
  /** Across accounts, what each kind of policy said; undefined within one. */
  readonly sides: Sides | undefined;
}

/** What each kind of policy said on its own; `boundary` is undefined without one. */
export interface Sides {
  readonly identity: Outcome;
  readonly resource: Outcome;
  readonly boundary: Outcome | undefined;
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

/** Whether an action is decided by trust policies, and so a resource policy beside it may be one. */
export function isTrustAction(action: string): boolean {
  return TRUST_ACTIONS.has(action.toLowerCase());
}

/** Decides, and says by what. */
export function simulate(call: AuthorizationRequest, policies: SimulatedPolicies): Simulated {
  const { boundary, scp, resource } = policies;
  const decision = evaluate(call, policies);
  const isTrust = resource?.type === 'trust';
  // Service control policies do not bind web identities.
  const organizations = call.principal.kind === 'webIdentity' ? undefined : scp && levelsVerdict(decision, scp);
  const account = 'account' in call.principal ? call.principal.account : undefined;
  const sides: Sides = {
    identity: verdict(decision, 'identity'),
    resource: verdict(decision, isTrust ? 'trust' : 'resource'),
    boundary: boundary && verdict(decision, 'boundary'),
  };
  const across = resource !== undefined && account !== call.resourceAccount;
  // Trust policies are beyond AWS's simulator: the answer is that of the real call.
  const weighed = isTrust
    ? decision.outcome
    : fitsResource(call.action, call.resource)
      ? weigh(sides, across)
      : 'implicitDeny';
  const outcome = withOrganizations(weighed, organizations);
  const byOrganizations = organizations !== undefined && organizations !== 'allow' && outcome === organizations;
  return {
    outcome,
    matched: byOrganizations ? [] : matchedStatements(outcome, decision, policies),
    byOrganizations,
    allowedByBoundary: sides.boundary && sides.boundary === 'allow',
    allowedByOrganizations: organizations && organizations === 'allow',
    sides: across && !byOrganizations ? sides : undefined,
  };
}

/** A denial anywhere denies. Within an account the resource's policy allows by itself, across accounts everybody must. */
function weigh({ identity, resource, boundary = 'allow' }: Sides, across: boolean): Outcome {
  if (identity === 'explicitDeny' || resource === 'explicitDeny' || boundary === 'explicitDeny') return 'explicitDeny';
  const own = identity === 'allow' && boundary === 'allow';
  const allowed = across ? own && resource === 'allow' : own || resource === 'allow';
  return allowed ? 'allow' : 'implicitDeny';
}

/** Explicit denials come first, then what no level of the organization allows. */
function withOrganizations(outcome: Outcome, organizations: Outcome | undefined): Outcome {
  if (organizations === 'explicitDeny' || outcome === 'explicitDeny') return 'explicitDeny';
  return organizations === 'implicitDeny' ? 'implicitDeny' : outcome;
}

/** Every level must allow, and none deny. */
function levelsVerdict(decision: Decision, levels: NonNullable<PolicySet['scp']>): Outcome {
  const verdicts = levels.map((level) =>
    verdictOf(decision.policies.filter(({ attached }) => level.includes(attached))),
  );
  return strictest(verdicts) ?? 'allow';
}

/** Of several outcomes the one that denies most; undefined of none. */
export function strictest(outcomes: readonly Outcome[]): Outcome | undefined {
  return (['explicitDeny', 'implicitDeny', 'allow'] as const).find((outcome) => outcomes.includes(outcome));
}

/** What the policies of a type say together, on their own. */
function verdict({ policies }: Decision, type: PolicyType): Outcome {
  return verdictOf(policies.filter(({ attached }) => attached.type === type));
}

function verdictOf(policies: readonly PolicyOutcome[]): Outcome {
  const matches = (effect: 'Allow' | 'Deny'): boolean =>
    policies.some(({ statements }) => statements.some((one) => one.matched && one.statement.effect === effect));
  return matches('Deny') ? 'explicitDeny' : matches('Allow') ? 'allow' : 'implicitDeny';
}

/** Of a denial the denying statements only, of an allowance the allowing ones (API Reference, EvaluationResult). */
function matchedStatements(
  outcome: Outcome,
  { policies }: Decision,
  { placeOf }: SimulatedPolicies,
): readonly MatchedStatement[] {
  if (outcome === 'implicitDeny') return [];
  const effect = outcome === 'allow' ? 'Allow' : 'Deny';
  return policies.flatMap(({ attached, statements }) => {
    // A boundary never allows, and service control policies are not told.
    if (effect === 'Allow' && attached.type === 'boundary') return [];
    return statements.flatMap((one) => {
      const place = one.matched && one.statement.effect === effect ? placeOf(attached, one) : undefined;
      return place === undefined ? [] : { document: attached.source, type: attached.type, place };
    });
  });
}
