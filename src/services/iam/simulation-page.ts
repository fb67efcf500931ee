/** What the two simulators share: the request in our words, and a page of results in IAM's. */
import type { SimulatedDocuments } from '../../federation/simulation/attached-documents.ts';
import { readInputDocuments } from '../../federation/simulation/input-documents.ts';
import { isTrustSimulation, resourceInput } from '../../federation/simulation/resource-input.ts';
import { runSimulation } from '../../federation/simulation/run-simulation.ts';
import { readCaller } from '../../federation/simulation/simulation-caller.ts';
import {
  readSimulation,
  type SimulationGround,
  type SimulationRequest,
} from '../../federation/simulation/simulation-request.ts';
import { Turns } from '../../federation/simulation/turns.ts';
import type { SimulateCustomPolicyRequest, SimulatePolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';
import { evaluationResult } from './evaluation-result.ts';
import { DEFAULT_MAX_ITEMS, readMarker, writeMarker } from './paging.ts';

/** The members of both requests. */
export interface SimulatorInput extends Omit<SimulateCustomPolicyRequest, 'PolicyInputList'> {
  readonly PolicyInputList?: readonly string[] | undefined;
}

/** Whose policies are simulated, beside those of the request. */
export interface SimulatedEntity extends Pick<SimulatedDocuments, 'identity' | 'boundary' | 'scp'> {
  /** Its ARN: it calls when the request names nobody. Undefined: no entity is meant. */
  readonly arn: string | undefined;
  readonly keys: SimulationGround['keys'];
}

/** Nothing of the account counts. */
export const NO_ENTITY: SimulatedEntity = {
  arn: undefined,
  keys: [],
  identity: [],
  boundary: undefined,
  scp: undefined,
};

/** Throws `InvalidInput` for a part of the request that cannot be read, a foreign marker included. */
export async function simulationPage(
  operation: string,
  input: SimulatorInput,
  entity: SimulatedEntity,
  call: Call,
): Promise<SimulatePolicyResponse> {
  const turns = new Turns();
  const sent = await readInputDocuments(
    {
      identity: input.PolicyInputList ?? [],
      boundary: input.PermissionsBoundaryPolicyInputList ?? [],
      organization: input.OrderedOrganizationPolicyInputList?.map((level) => level.ServiceControlPolicyInputList ?? []),
      resource: input.ResourcePolicy,
    },
    turns,
  );
  const request = simulationRequest(input, entity);
  const isTrust = isTrustSimulation(request);
  const caller = readCaller(request, call.account, isTrust);
  const documents: SimulatedDocuments = {
    identity: [...entity.identity, ...sent.identity],
    // A boundary of the request stands for the attached one.
    boundary: sent.boundary ?? entity.boundary,
    resource: resourceInput(request, isTrust),
    isTrust,
    scp: entity.scp,
    scpInput: sent.organization,
  };
  const read = readSimulation(request, caller, { account: call.account, keys: entity.keys }, call.now);
  // A marker says how many actions were told, and is good for other requests too (observed on AWS, September 2026).
  const begin = Number(readMarker(call, operation, input, invalidMarker) ?? 0);
  const range = { begin, limit: input.MaxItems ?? DEFAULT_MAX_ITEMS };
  const { results, next } = await runSimulation(read, documents, range, turns);
  const answers = results.map(evaluationResult);
  if (next === undefined) return { EvaluationResults: answers, IsTruncated: false };
  return { EvaluationResults: answers, IsTruncated: true, Marker: writeMarker(call, operation, String(next)) };
}

function simulationRequest(input: SimulatorInput, { arn }: SimulatedEntity): SimulationRequest {
  return {
    actions: input.ActionNames,
    resources: input.ResourceArns ?? [],
    resourcePolicy: input.ResourcePolicy,
    resourceOwner: input.ResourceOwner,
    resourceHandling: input.ResourceHandlingOption,
    callerArn: input.CallerArn ?? arn,
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
