/** SimulateCustomPolicy: what the given documents say to actions on resources. Nothing of the account counts. */
import { boundaryInput, identityInput, organizationInput } from '../../federation/simulation/input-documents.ts';
import type { SimulateCustomPolicyRequest, SimulatePolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { onResource } from './permissions.ts';
import { simulationPage } from './simulation-page.ts';

/** Throws `InvalidInput`. */
export const simulateCustomPolicy: Operation<SimulateCustomPolicyRequest, SimulatePolicyResponse> = {
  name: 'SimulateCustomPolicy',
  permission: onResource('iam:SimulateCustomPolicy', () => '*'),
  handle: async (input, call) =>
    simulationPage(
      'SimulateCustomPolicy',
      input,
      { account: call.account, source: undefined, keys: [] },
      {
        identity: identityInput(input.PolicyInputList),
        boundary: boundaryInput(input.PermissionsBoundaryPolicyInputList),
        scp: undefined,
        scpInput: organizationInput(input.OrderedOrganizationPolicyInputList),
      },
      call,
    ),
};
