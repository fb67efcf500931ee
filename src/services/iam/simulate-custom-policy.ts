/** SimulateCustomPolicy: what the given documents say to actions on resources. Nothing of the account counts. */
import { boundaryInput, inputDocuments, simulatedCaller } from '../../federation/simulation/simulation-request.ts';
import type { SimulateCustomPolicyRequest, SimulatePolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { onResource } from './permissions.ts';
import { simulationPage, simulationRequest } from './simulation-page.ts';

export const simulateCustomPolicy: Operation<SimulateCustomPolicyRequest, SimulatePolicyResponse> = {
  name: 'SimulateCustomPolicy',
  permission: onResource('iam:SimulateCustomPolicy', () => '*'),
  handle: async (input, call) =>
    simulationPage(
      'SimulateCustomPolicy',
      input,
      {
        caller: simulatedCaller(simulationRequest(input), undefined, call.account),
        keys: [],
        identity: inputDocuments(input.PolicyInputList),
        boundary: boundaryInput(input.PermissionsBoundaryPolicyInputList),
        scp: undefined,
      },
      call,
    ),
};
