/** What the two simulators share: the request in our words, and a page of results in IAM's. */
import {
  runSimulation,
  type SimulationGround,
  type SimulationResult,
} from '../../federation/simulation/run-simulation.ts';
import type { MatchedStatement } from '../../federation/simulation/simulate.ts';
import type { SimulationRequest } from '../../federation/simulation/simulation-request.ts';
import type {
  EvaluationResult,
  PolicyEvaluationDecisionType,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
  Statement,
} from '../../wire/generated/iam-types.ts';
import type { Call } from '../operation.ts';
import { readMarker, writeMarker } from './paging.ts';

/** The members that both requests have. */
export type SimulatorInput = Omit<SimulateCustomPolicyRequest, 'PolicyInputList'>;

const DEFAULT_MAX_ITEMS = 100;
const DECISIONS: Readonly<Record<SimulationResult['outcome'], PolicyEvaluationDecisionType>> = {
  allow: 'allowed',
  explicitDeny: 'explicitDeny',
  implicitDeny: 'implicitDeny',
};

/** The request without its policies. */
export function simulationRequest(input: SimulatorInput): SimulationRequest {
  return {
    actions: input.ActionNames,
    resources: input.ResourceArns ?? [],
    resourcePolicy: input.ResourcePolicy,
    resourceOwner: input.ResourceOwner,
    callerArn: input.CallerArn,
    contextEntries: (input.ContextEntries ?? []).map((entry) => ({
      name: entry.ContextKeyName ?? '',
      values: entry.ContextKeyValues ?? [],
      type: entry.ContextKeyType,
    })),
  };
}

/** Throws `InvalidInput` for a part of the request that cannot be read, `ValidationError` for a foreign marker. */
export async function simulationPage(
  operation: string,
  input: SimulatorInput,
  ground: SimulationGround,
  call: Call,
): Promise<SimulatePolicyResponse> {
  const range = {
    begin: Number(readMarker(call, operation, input) ?? 0),
    limit: input.MaxItems ?? DEFAULT_MAX_ITEMS,
  };
  const { results, missing, next } = await runSimulation(simulationRequest(input), ground, range, call.now);
  const answers = results.map((result) => evaluationResult(result, missing));
  if (next === undefined) return { EvaluationResults: answers, IsTruncated: false };
  return { EvaluationResults: answers, IsTruncated: true, Marker: writeMarker(call, operation, String(next)) };
}

/** Members as recorded (reference aws-federation 8.2): with an ARN the missing keys stand in the resource's own result. */
function evaluationResult(result: SimulationResult, missing: readonly string[]): EvaluationResult {
  const { action, resource, outcome, allowedByOrganizations: byOrganizations, allowedByBoundary: byBoundary } = result;
  const statements = result.matched.map(statementAnswer);
  const boundary =
    byBoundary === undefined ? {} : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: byBoundary } };
  const common = {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: DECISIONS[outcome],
    MatchedStatements: statements,
    ...(byOrganizations !== undefined && { OrganizationsDecisionDetail: { AllowedByOrganizations: byOrganizations } }),
    ...boundary,
  };
  if (resource === '*') return { ...common, MissingContextValues: missing };
  const details = byOrganizations === false ? {} : { EvalDecisionDetails: decisionDetails(result) };
  return {
    ...common,
    MissingContextValues: [],
    ...details,
    ResourceSpecificResults: [
      {
        EvalResourceName: resource,
        EvalResourceDecision: DECISIONS[outcome],
        MatchedStatements: statements,
        MissingContextValues: missing,
        ...(result.sides !== undefined && details),
        ...boundary,
      },
    ],
  };
}

/** Present but empty within one account; across accounts what each side said (API Reference, EvaluationResult). */
function decisionDetails({ sides }: SimulationResult): Readonly<Record<string, PolicyEvaluationDecisionType>> {
  if (sides === undefined) return {};
  return { 'IAM Policy': DECISIONS[sides.identity], 'Resource Policy': DECISIONS[sides.resource] };
}

/** As live IAM prints them; the model's enum has other words (reference aws-federation 8.2). */
function sourceType(type: MatchedStatement['type']): string {
  if (type === 'boundary') return 'Permissions Boundary Policy';
  return type === 'resource' || type === 'trust' ? 'Resource Policy' : 'IAM Policy';
}

function statementAnswer({ document, type, place }: MatchedStatement): Statement {
  return {
    SourcePolicyId: document,
    SourcePolicyType: sourceType(type),
    StartPosition: { Line: place.start.line, Column: place.start.column },
    EndPosition: { Line: place.end.line, Column: place.end.column },
  };
}
