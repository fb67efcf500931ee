/** ListInstanceProfilesForRole: Terraform asks before it deletes a role. */
import type {
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { listedProfile } from './instance-profile-answer.ts';
import { instanceProfiles, nameKey, roles } from './named-records.ts';
import { pageOfRecords } from './paging.ts';
import { onRole } from './permissions.ts';

export const listInstanceProfilesForRole: Operation<
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse
> = {
  name: 'ListInstanceProfilesForRole',
  permission: onRole('iam:ListInstanceProfilesForRole'),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const role = await roles.find(state, call.account, input.RoleName);
    const list = {
      operation: 'ListInstanceProfilesForRole',
      prefix: `${nameKey(call.account, role.name)}/`,
      keyOf: ({ name }: { readonly name: string }) => name.toLowerCase(),
    };
    const { items, mark } = await pageOfRecords(call, state.instanceProfileRoles, list, input);
    const found = await Promise.all(items.map(({ name }) => instanceProfiles.find(state, call.account, name)));
    return { InstanceProfiles: await Promise.all(found.map((profile) => listedProfile(state, profile))), ...mark };
  },
};
