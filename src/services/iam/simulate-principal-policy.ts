/** SimulatePrincipalPolicy: what an entity's own policies say to actions on resources, and the given documents beside them. */
import { organizationSide, type OrganizationSide } from '../../federation/organization-side.ts';
import { tagKeys } from '../../federation/request-context.ts';
import type { SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { readExclusions } from './policy-exclusions.ts';
import { simulatedSource, type PolicySource } from './policy-source.ts';
import { simulationPage, type SimulatedEntity } from './simulation-page.ts';
import { boundaryOfSource, documentsOfSource } from './source-documents.ts';
import { onSource } from './source-permission.ts';

/** Throws `InvalidInput`, `NoSuchEntity`. */
export const simulatePrincipalPolicy: Operation<SimulatePrincipalPolicyRequest, SimulatePolicyResponse> = {
  name: 'SimulatePrincipalPolicy',
  permission: onSource('iam:SimulatePrincipalPolicy', ({ PolicySourceArn }) => PolicySourceArn),
  async handle(input, call) {
    const excluded = readExclusions(input.PolicyExclusionList ?? []);
    const source = await simulatedSource(input.PolicySourceArn, call.sojourn.state, call.account);
    const organization = await organizationSide(call.account, undefined, call.sojourn);
    const own = (await documentsOfSource(source, call)).filter((document) => !excluded.document(document));
    const attachedBoundary = excluded.boundary ? undefined : await boundaryOfSource(source, call);
    const entity: SimulatedEntity = {
      arn: source.record.arn,
      keys: [...organization.keys, ...sourceKeys(source)],
      identity: own,
      boundary: attachedBoundary,
      scp: excluded.scp ? undefined : levelsOf(organization),
    };
    return simulationPage('SimulatePrincipalPolicy', input, entity, call);
  },
};

/**
 * An account of an organization is told that its organization allows, also where no service control policy binds it
 * (API Reference, EvaluationResult: "if the simulated user's account is part of an organization").
 */
function levelsOf({ policies, keys }: OrganizationSide): OrganizationSide['policies']['scp'] {
  return policies.scp ?? (keys.length > 0 ? [] : undefined);
}

function sourceKeys(source: PolicySource): ReadonlyMap<string, string | readonly string[]> {
  const keys = new Map<string, string | readonly string[]>();
  if (source.kind !== 'group') tagKeys('aws:PrincipalTag', source.record.tags, keys);
  return keys;
}
