/** CreateOrganization: the caller's account becomes the management account. */
import type { Organization, OrganizationAccount } from '../../storage/state/organization-records.ts';
import type {
  CreateOrganizationRequest,
  CreateOrganizationResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Call, Operation } from '../operation.ts';
import { organizationAnswer } from './answers.ts';
import { organizationsError } from './errors.ts';
import { makeOrganizationId, makeRootId } from './ids.ts';
import { addChild } from './tree.ts';

/** Sojourn keeps no address of its own account; `.invalid` never resolves (RFC 2606 section 2). */
const MANAGEMENT_EMAIL = 'management@sojourn.invalid';

/**
 * All features unless the input says consolidated billing; no policy type is enabled. Throws
 * `AlreadyInOrganizationException`.
 */
export const createOrganization: Operation<CreateOrganizationRequest, CreateOrganizationResponse> = {
  name: 'CreateOrganization',
  permission: {
    kind: 'actions',
    actions: ['organizations:CreateOrganization'],
    requirements: () => [{ action: 'organizations:CreateOrganization', resource: '*' }],
  },
  handle: async (input, call) => {
    const organization = draftOrganization(input, call);
    await call.sojourn.state.write(async (writers) => {
      if (!(await writers.organizationMembers.create(call.account, { name: organization.id }))) {
        throw organizationsError('AlreadyInOrganizationException');
      }
      await writers.organizations.put(organization.id, organization);
      await addChild(writers, organization, { kind: 'ACCOUNT', record: managementAccount(organization, call) });
    });
    return { Organization: organizationAnswer(organization) };
  },
};

function draftOrganization(input: CreateOrganizationRequest, call: Call): Organization {
  const { random } = call.sojourn;
  return {
    id: makeOrganizationId(random),
    featureSet: input.FeatureSet ?? 'ALL',
    managementAccount: call.account,
    managementEmail: MANAGEMENT_EMAIL,
    createDate: call.now,
    root: { id: makeRootId(random), enabledPolicyTypes: [], policies: [], tags: [] },
  };
}

function managementAccount(organization: Organization, call: Call): OrganizationAccount {
  return {
    id: call.account,
    name: 'management',
    email: organization.managementEmail,
    status: 'ACTIVE',
    joinedMethod: 'INVITED',
    joinDate: call.now,
    parentId: organization.root.id,
    policies: [],
    tags: [],
  };
}
