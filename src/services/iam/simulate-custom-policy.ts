/** SimulateCustomPolicy: what the given documents say to actions on resources. Nothing of the account counts. */
import type { SimulateCustomPolicyRequest, SimulatePolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { onResource } from './permissions.ts';
import { NO_ENTITY, simulationPage } from './simulation-page.ts';

/** Throws `InvalidInput`. */
export const simulateCustomPolicy: Operation<SimulateCustomPolicyRequest, SimulatePolicyResponse> = {
  name: 'SimulateCustomPolicy',
  permission: onResource('iam:SimulateCustomPolicy', () => '*'),
  handle: (input, call) => simulationPage('SimulateCustomPolicy', input, NO_ENTITY, call),
};
