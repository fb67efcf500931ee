/**
 * A simulated action in IAM's words. Which members stand where is as observed on AWS in September 2026: without
 * resources there is one result about everything; with them each has its own, and the action's sums them up.
 */
import type { ActionResult, ResourceResult } from '../../federation/simulation/run-simulation.ts';
import { strictest, type MatchedStatement } from '../../federation/simulation/simulate.ts';
import type {
  EvaluationResult,
  PolicyEvaluationDecisionType,
  ResourceSpecificResult,
  Statement,
} from '../../wire/generated/iam-types.ts';

const DECISIONS: Readonly<Record<ResourceResult['outcome'], PolicyEvaluationDecisionType>> = {
  allow: 'allowed',
  explicitDeny: 'explicitDeny',
  implicitDeny: 'implicitDeny',
};

/** One item of `EvaluationResults`. */
export function evaluationResult({ action, name, outcome, resources, named }: ActionResult): EvaluationResult {
  const byBoundary = everyOne(resources.map(({ allowedByBoundary }) => allowedByBoundary));
  const byOrganizations = everyOne(resources.map(({ allowedByOrganizations }) => allowedByOrganizations));
  return {
    EvalActionName: action,
    ...(name !== undefined && { EvalResourceName: name }),
    EvalDecision: DECISIONS[outcome],
    MatchedStatements: distinctStatements(resources.flatMap(({ matched }) => matched)),
    MissingContextValues: [...new Set(resources.flatMap(({ missing }) => missing))],
    ...(byOrganizations !== undefined && { OrganizationsDecisionDetail: { AllowedByOrganizations: byOrganizations } }),
    ...boundaryDetail(byBoundary),
    ...(named && {
      EvalDecisionDetails: decisionDetails(resources),
      ResourceSpecificResults: resources.map(resourceResult),
    }),
  };
}

function resourceResult(result: ResourceResult): ResourceSpecificResult {
  const { resource, outcome, matched, missing, sides, byOrganizations, allowedByBoundary } = result;
  const decided = { EvalResourceName: resource, EvalResourceDecision: DECISIONS[outcome] };
  // What an organization has decided is told without the rest.
  if (byOrganizations) return decided;
  return {
    ...decided,
    ...(matched.length > 0 && { MatchedStatements: distinctStatements(matched) }),
    ...(missing.length > 0 && { MissingContextValues: missing }),
    ...(sides !== undefined && { EvalDecisionDetails: decisionDetails([result]) }),
    ...boundaryDetail(allowedByBoundary),
  };
}

function boundaryDetail(allowed: boolean | undefined): Pick<EvaluationResult, 'PermissionsBoundaryDecisionDetail'> {
  return allowed === undefined ? {} : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allowed } };
}

/** Undefined where nothing is known of any. */
function everyOne(values: readonly (boolean | undefined)[]): boolean | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.every(Boolean);
}

/** Empty within one account; across accounts what each kind of policy said, the strictest of all resources. */
function decisionDetails(resources: readonly ResourceResult[]): Readonly<Record<string, PolicyEvaluationDecisionType>> {
  const sides = resources.flatMap((result) => result.sides ?? []);
  const kinds = [
    ['IAM Policy', strictest(sides.map(({ identity }) => identity))],
    ['Resource Policy', strictest(sides.map(({ resource }) => resource))],
    ['Permissions Boundary Policy', strictest(sides.flatMap(({ boundary }) => boundary ?? []))],
  ] as const;
  return Object.fromEntries(
    kinds.flatMap(([kind, outcome]) => (outcome === undefined ? [] : [[kind, DECISIONS[outcome]] as const])),
  );
}

/** A statement that matched for several resources is told once. */
function distinctStatements(matched: readonly MatchedStatement[]): readonly Statement[] {
  const statements = new Map<string, Statement>();
  const seen = new Set<MatchedStatement['place']>();
  for (const { document, type, place } of matched) {
    // A statement has one place, whatever it matched for; only of documents of one name may two look the same.
    if (seen.has(place)) continue;
    seen.add(place);
    const { start, end } = place;
    const key = `${document} ${type} ${start.line}:${start.column}-${end.line}:${end.column}`;
    if (statements.has(key)) continue;
    statements.set(key, {
      SourcePolicyId: document,
      SourcePolicyType: sourceType(type),
      StartPosition: { Line: start.line, Column: start.column },
      EndPosition: { Line: end.line, Column: end.column },
    });
  }
  return [...statements.values()];
}

/** As live IAM prints them; the model's enum has other words. */
function sourceType(type: MatchedStatement['type']): string {
  if (type === 'boundary') return 'Permissions Boundary Policy';
  return type === 'resource' || type === 'trust' ? 'Resource Policy' : 'IAM Policy';
}
