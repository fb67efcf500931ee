/** A page of a simulation: every action on every resource, in that order, evaluated only as far as the page goes. */
import { setImmediate } from 'node:timers/promises';
import { isoSeconds } from '../../base/clock.ts';
import { contextKeysOf, distinctKeys } from '../../federation/policy-context-keys.ts';
import {
  simulate,
  type MatchedStatement,
  type Simulated,
  type SimulatedDocument,
  type SimulatedPolicies,
} from '../../federation/simulation/simulate.ts';
import type { ContextValue } from '../../policy/context.ts';
import { PolicyCache } from '../../policy/policy-cache.ts';
import type { Outcome } from '../../policy/decision.ts';
import type {
  EvaluationResult,
  PolicyEvaluationDecisionType,
  SimulatePolicyResponse,
  Statement,
} from '../../wire/generated/iam-types.ts';
import type { Call } from '../operation.ts';
import { readMarker, writeMarker } from './paging.ts';
import {
  contextInput,
  resourceAccount,
  resourceInput,
  type SimulatedCaller,
  type SimulationRequest,
} from './simulation-input.ts';

/** What the operation gathered: the rest stands in the request. */
export interface SimulationGround {
  readonly caller: SimulatedCaller;
  /** Condition keys beyond the caller's own; those of the request win. */
  readonly keys: Iterable<readonly [string, ContextValue]>;
  readonly identity: readonly SimulatedDocument[];
  readonly boundary: SimulatedDocument | undefined;
  readonly scp: SimulatedPolicies['scp'];
}

const DEFAULT_MAX_ITEMS = 100;
/** Evaluations after which other calls get their turn. */
const IN_ONE_TURN = 16;
const DECISIONS: Readonly<Record<Outcome, PolicyEvaluationDecisionType>> = {
  allow: 'allowed',
  explicitDeny: 'explicitDeny',
  implicitDeny: 'implicitDeny',
};

/** Throws `InvalidInput` for a part of the request that cannot be read, `ValidationError` for a foreign marker. */
export async function simulationPage(
  operation: string,
  request: SimulationRequest,
  ground: SimulationGround,
  call: Call,
): Promise<SimulatePolicyResponse> {
  const policies: SimulatedPolicies = {
    identity: ground.identity,
    boundary: ground.boundary,
    scp: ground.scp,
    resource: resourceInput(request),
  };
  const context = simulatedContext(request, ground, call);
  const wantedKeys = distinctKeys(
    [...policies.identity, policies.boundary, policies.resource].flatMap(
      (document) => (document && contextKeysOf(document.text)) ?? [],
    ),
  );
  const missing = wantedKeys.filter((key) => !context.has(key.toLowerCase()) && key.toLowerCase() !== RESOURCE_ACCOUNT);
  const resources =
    request.ResourceArns === undefined || request.ResourceArns.length === 0 ? ['*'] : request.ResourceArns;
  const begin = Number(readMarker(call, operation, request) ?? 0);
  const total = request.ActionNames.length * resources.length;
  const end = Math.min(total, begin + (request.MaxItems ?? DEFAULT_MAX_ITEMS));
  const results: EvaluationResult[] = [];
  // Of its own: the documents of a simulation must not push those that real calls need out of memory.
  const cache = new PolicyCache(policies.identity.length + 2);
  for (let index = begin; index < end; index++) {
    const action = request.ActionNames[Math.floor(index / resources.length)] ?? '';
    const resource = resources[index % resources.length] ?? '*';
    const account = resourceAccount(resource, request, ground.caller.principal);
    context.set(RESOURCE_ACCOUNT, account);
    const simulated = simulate(
      { principal: ground.caller.principal, action, resource, resourceAccount: account, context },
      policies,
      cache,
    );
    results.push(evaluationResult(action, resource, simulated, missing));
    if (results.length % IN_ONE_TURN === 0) await setImmediate();
  }
  if (end === total) return { EvaluationResults: results, IsTruncated: false };
  return { EvaluationResults: results, IsTruncated: true, Marker: writeMarker(call, operation, String(end)) };
}

const RESOURCE_ACCOUNT = 'aws:resourceaccount';

function simulatedContext(
  request: SimulationRequest,
  { caller, keys }: SimulationGround,
  { now }: Call,
): Map<string, ContextValue> {
  return new Map<string, ContextValue>([
    ['aws:currenttime', isoSeconds(now)],
    ['aws:epochtime', String(Math.floor(now / 1000))],
    ...caller.keys,
    ...keys,
    ...contextInput(request),
  ]);
}

/** Members as recorded (reference aws-federation 8.2): with an ARN the missing keys stand in the resource's own result. */
function evaluationResult(
  action: string,
  resource: string,
  simulated: Simulated,
  missing: readonly string[],
): EvaluationResult {
  const { allowedByBoundary, allowedByOrganizations, outcome } = simulated;
  const statements = simulated.matched.map(statementAnswer);
  const boundary =
    allowedByBoundary === undefined
      ? {}
      : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: allowedByBoundary } };
  const organizations =
    allowedByOrganizations === undefined
      ? {}
      : { OrganizationsDecisionDetail: { AllowedByOrganizations: allowedByOrganizations } };
  const result = {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: DECISIONS[outcome],
    MatchedStatements: statements,
    ...organizations,
    ...boundary,
  };
  if (resource === '*') return { ...result, MissingContextValues: missing };
  const details = allowedByOrganizations === false ? {} : { EvalDecisionDetails: decisionDetails(simulated) };
  return {
    ...result,
    MissingContextValues: [],
    ...details,
    ResourceSpecificResults: [
      {
        EvalResourceName: resource,
        EvalResourceDecision: DECISIONS[outcome],
        MatchedStatements: statements,
        MissingContextValues: missing,
        ...(simulated.sides !== undefined && details),
        ...boundary,
      },
    ],
  };
}

/** Present but empty within one account; across accounts what each side said (API Reference, EvaluationResult). */
function decisionDetails({ sides }: Simulated): Readonly<Record<string, PolicyEvaluationDecisionType>> {
  if (sides === undefined) return {};
  return { 'IAM Policy': DECISIONS[sides.identity], 'Resource Policy': DECISIONS[sides.resource] };
}

function statementAnswer({ document, type, place }: MatchedStatement): Statement {
  return {
    SourcePolicyId: document,
    SourcePolicyType: type === 'resource' || type === 'trust' ? 'Resource Policy' : 'IAM Policy',
    StartPosition: { Line: place.start.line, Column: place.start.column },
    EndPosition: { Line: place.end.line, Column: place.end.column },
  };
}
