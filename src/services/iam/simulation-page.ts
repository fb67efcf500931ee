/** What the two simulators share: the request in our words, and a page of results in IAM's. */
import type { SimulatedDocuments } from '../../federation/simulation/attached-documents.ts';
import { resourceInput } from '../../federation/simulation/input-documents.ts';
import { runSimulation } from '../../federation/simulation/run-simulation.ts';
import {
  readSimulation,
  type SimulationGround,
  type SimulationRequest,
} from '../../federation/simulation/simulation-request.ts';
import type { SimulateCustomPolicyRequest, SimulatePolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';
import { evaluationResult } from './evaluation-result.ts';
import { readMarker, writeMarker } from './paging.ts';

/** The members that both requests have. */
export type SimulatorInput = Omit<
  SimulateCustomPolicyRequest,
  'PolicyInputList' | 'PermissionsBoundaryPolicyInputList' | 'OrderedOrganizationPolicyInputList'
>;

/** The documents beside the resource policy. */
export type SimulatorDocuments = Omit<SimulatedDocuments, 'resource' | 'isTrust'>;

const DEFAULT_MAX_ITEMS = 100;

/** Throws `InvalidInput` for a part of the request that cannot be read, a foreign marker included. */
export async function simulationPage(
  operation: string,
  input: SimulatorInput,
  ground: SimulationGround,
  documents: SimulatorDocuments,
  call: Call,
): Promise<SimulatePolicyResponse> {
  const request = simulationRequest(input);
  const resource = resourceInput(request);
  const read = readSimulation(request, ground, resource.isTrust, call.now);
  // A marker says how many actions were told, and is good for other requests too (observed on AWS, September 2026).
  const begin = Number(readMarker(call, operation, input, invalidMarker) ?? 0);
  const range = { begin, limit: input.MaxItems ?? DEFAULT_MAX_ITEMS };
  const { results, next } = await runSimulation(read, { ...documents, ...resource }, range);
  const answers = results.map(evaluationResult);
  if (next === undefined) return { EvaluationResults: answers, IsTruncated: false };
  return { EvaluationResults: answers, IsTruncated: true, Marker: writeMarker(call, operation, String(next)) };
}

function simulationRequest(input: SimulatorInput): SimulationRequest {
  return {
    actions: input.ActionNames,
    resources: input.ResourceArns ?? [],
    resourcePolicy: input.ResourcePolicy,
    resourceOwner: input.ResourceOwner,
    resourceHandling: input.ResourceHandlingOption,
    callerArn: input.CallerArn,
    contextEntries: (input.ContextEntries ?? []).map((entry) => ({
      name: entry.ContextKeyName ?? '',
      values: entry.ContextKeyValues ?? [],
      type: entry.ContextKeyType,
    })),
  };
}

function invalidMarker(): ReturnType<typeof iamError> {
  return iamError('InvalidInput', 'Invalid marker for pagination.');
}
