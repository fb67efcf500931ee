/**
 * What policies would say to one action on one resource, as IAM's policy simulator answers it: the real engine reads
 * the documents, and the simulator's own rules (observed on AWS, September 2026) weigh what each kind of them says.
 */
import type {
  AttachedPolicy,
  AuthorizationRequest,
  Decision,
  Outcome,
  PolicySet,
  PolicyType,
  StatementOutcome,
} from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import type { StatementPlace } from './statement-place.ts';

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

/**
 * Decides, and says by what.
 *
 * @param fits whether AWS asks the action of such a resource at all
 */
export function simulate(call: AuthorizationRequest, fits: boolean, policies: SimulatedPolicies): Simulated {
  const { identity, boundary, scp, resource } = policies;
  const decision = evaluate(call, policies);
  const said = verdicts(decision);
  // Service control policies do not bind web identities.
  const organizations = call.principal.kind === 'webIdentity' ? undefined : scp && levelsVerdict(scp, said);
  const account = 'account' in call.principal ? call.principal.account : undefined;
  const sides: Sides = {
    identity: together(identity, said),
    resource: together(resource === undefined ? [] : [resource], said),
    boundary: boundary && together([boundary], said),
  };
  const across = resource !== undefined && account !== call.resourceAccount;
  // Trust policies are beyond AWS's simulator: the answer is that of the real call.
  const weighed = resource?.type === 'trust' ? decision.outcome : fits ? weigh(sides, across) : 'implicitDeny';
  const outcome = strictest(organizations === undefined ? [weighed] : [weighed, organizations]) ?? weighed;
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

/** Of several outcomes the one that denies most; undefined of none. */
export function strictest(outcomes: readonly Outcome[]): Outcome | undefined {
  return (['explicitDeny', 'implicitDeny', 'allow'] as const).find((outcome) => outcomes.includes(outcome));
}

/** What each policy says on its own. */
type Verdicts = ReadonlyMap<AttachedPolicy, Outcome>;

function verdicts({ policies }: Decision): Verdicts {
  return new Map(policies.map(({ attached, statements }) => [attached, verdictOf(statements)]));
}

function verdictOf(statements: readonly StatementOutcome[]): Outcome {
  let allows = false;
  for (const { matched, statement } of statements) {
    if (!matched) continue;
    if (statement.effect === 'Deny') return 'explicitDeny';
    allows = true;
  }
  return allows ? 'allow' : 'implicitDeny';
}

/** What several policies say together: one that denies denies, one that allows is enough. */
function together(policies: readonly AttachedPolicy[], said: Verdicts): Outcome {
  const outcomes = policies.map((policy) => said.get(policy));
  return (['explicitDeny', 'allow'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'implicitDeny';
}

/** Every level must allow, and none deny. */
function levelsVerdict(levels: NonNullable<PolicySet['scp']>, said: Verdicts): Outcome {
  return strictest(levels.map((level) => together(level, said))) ?? 'allow';
}

/** Of a denial the denying statements only, of an allowance the allowing ones (API Reference, EvaluationResult). */
function matchedStatements(
  outcome: Outcome,
  { policies }: Decision,
  { placeOf }: SimulatedPolicies,
): readonly MatchedStatement[] {
  if (outcome === 'implicitDeny') return [];
  const effect = outcome === 'allow' ? 'Allow' : 'Deny';
  const matched: MatchedStatement[] = [];
  for (const { attached, statements } of policies) {
    // A boundary never allows, and service control policies are not told.
    if (attached.type === 'scp' || (effect === 'Allow' && attached.type === 'boundary')) continue;
    for (const one of statements) {
      const place = one.matched && one.statement.effect === effect ? placeOf(attached, one) : undefined;
      if (place !== undefined) matched.push({ document: attached.source, type: attached.type, place });
    }
  }
  return matched;
}
