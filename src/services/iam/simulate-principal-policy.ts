/** SimulatePrincipalPolicy: what an entity's own policies say to actions on resources, and the given documents beside them. */
import type { Arn } from '../../base/arn.ts';
import { organizationSide } from '../../federation/organization-side.ts';
import { managedPolicyDocument } from '../../federation/policies-of.ts';
import { tagKeys } from '../../federation/request-context.ts';
import type { SimulatedDocument } from '../../federation/simulation/simulate.ts';
import { boundaryInput, inputDocuments, simulatedCaller } from '../../federation/simulation/simulation-request.ts';
import type { SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Call, Operation } from '../operation.ts';
import { onResource } from './permissions.ts';
import { documentsOfSource, policySource, type PolicySource } from './policy-source.ts';
import { simulationPage, simulationRequest } from './simulation-page.ts';

export const simulatePrincipalPolicy: Operation<SimulatePrincipalPolicyRequest, SimulatePolicyResponse> = {
  name: 'SimulatePrincipalPolicy',
  permission: onResource('iam:SimulatePrincipalPolicy', (input) => input.PolicySourceArn),
  async handle(input, call) {
    const source = await policySource(input.PolicySourceArn, call.sojourn.state, call.account);
    const organization = await organizationSide(call.account, undefined, call.sojourn);
    return simulationPage(
      'SimulatePrincipalPolicy',
      input,
      {
        caller: simulatedCaller(simulationRequest(input), callerOf(source), call.account),
        keys: [...organization.keys, ...sourceKeys(source)],
        identity: [...(await documentsOfSource(source, call)), ...inputDocuments(input.PolicyInputList ?? [])],
        boundary: boundaryInput(input.PermissionsBoundaryPolicyInputList) ?? (await boundaryOf(source, call)),
        scp: organization.policies.scp,
      },
      call,
    );
  },
};

/** A group never calls: its policies are asked as for a member. */
function callerOf(source: PolicySource): string | undefined {
  return source.kind === 'group' ? undefined : source.record.arn;
}

function sourceKeys(source: PolicySource): ReadonlyMap<string, string | readonly string[]> {
  const keys = new Map<string, string | readonly string[]>();
  if (source.kind === 'group') return keys;
  tagKeys('aws:PrincipalTag', source.record.tags, keys);
  if (source.kind === 'user') keys.set('aws:userid', source.record.id);
  return keys;
}

async function boundaryOf(source: PolicySource, call: Call): Promise<SimulatedDocument | undefined> {
  const arn: Arn | undefined = source.kind === 'group' ? undefined : source.record.permissionsBoundary;
  if (arn === undefined) return undefined;
  // A boundary that is gone allows nothing, as in real calls.
  return { id: arn.slice(arn.lastIndexOf('/') + 1), text: (await managedPolicyDocument(arn, call.sojourn)) ?? '' };
}
