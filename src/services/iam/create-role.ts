/** CreateRole: a role, and the policy that says who may assume it. */
import { iamArn } from '../../base/arn.ts';
import { makeUniqueId } from '../../base/unique-id.ts';
import { checkTrustPolicy } from '../../federation/trust-policy.ts';
import type { Role } from '../../storage/state/iam-records.ts';
import type { CreateRoleRequest, CreateRoleResponse } from '../../wire/generated/iam-types.ts';
import type { Call, Operation } from '../operation.ts';
import { boundaryKey } from './condition-keys.ts';
import { iamError } from './errors.ts';
import { nameKey } from './named-records.ts';
import { pathOf } from './paths.ts';
import { onCreation } from './permissions.ts';
import { withBoundary } from './permissions-boundaries.ts';
import { holdToQuota } from './quotas.ts';
import { createdRole } from './role-answer.ts';
import { newTags } from './tags.ts';
import { checkTrustPolicySize } from './trust-policy-size.ts';

export const createRole: Operation<CreateRoleRequest, CreateRoleResponse> = {
  name: 'CreateRole',
  permission: onCreation(
    { create: 'iam:CreateRole', tag: 'iam:TagRole' },
    (input, call) => iamArn(call.account, `role${pathOf(input.Path)}${input.RoleName}`),
    (input) => boundaryKey(input.PermissionsBoundary),
  ),
  handle: async (input, call) => {
    const draft = draftRole(input, call);
    checkTrustPolicySize(draft.trustPolicy);
    const role = await call.sojourn.state.write(async (writers) => {
      await checkTrustPolicy(draft.trustPolicy, { readers: writers, accounts: [call.account, call.sojourn.account] });
      const bounded =
        input.PermissionsBoundary === undefined
          ? draft
          : await withBoundary(writers, 'role', draft, input.PermissionsBoundary);
      if (!(await writers.roles.create(nameKey(call.account, draft.name), bounded))) {
        throw iamError('EntityAlreadyExists', `Role with name ${draft.name} already exists.`);
      }
      await holdToQuota(call, 'RolesPerAccount', writers.roles);
      return bounded;
    });
    return { Role: createdRole(role) };
  },
};

function draftRole(input: CreateRoleRequest, call: Call): Role {
  const path = pathOf(input.Path);
  return {
    account: call.account,
    arn: iamArn(call.account, `role${path}${input.RoleName}`),
    path,
    name: input.RoleName,
    id: makeUniqueId('AROA', call.account, call.sojourn.random),
    createDate: call.now,
    trustPolicy: input.AssumeRolePolicyDocument,
    description: input.Description,
    maxSessionDuration: input.MaxSessionDuration,
    permissionsBoundary: undefined,
    tags: newTags(input.Tags, 'ignored'),
    inlinePolicies: {},
    attachedPolicies: [],
  };
}
