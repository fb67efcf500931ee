/** DeleteRole: ends the role's sessions, which are bound to its id. */
import { roleUseKey } from '../../federation/last-uses.ts';
import { renamePrincipal } from '../../federation/renamed-principals.ts';
import type { DeleteRoleRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { deleteConflict } from './delete-conflict.ts';
import { nameKey, roles } from './named-records.ts';
import { onRole } from './permissions.ts';
import { withoutBoundary } from './permissions-boundaries.ts';

export const deleteRole: Operation<DeleteRoleRequest, Empty> = {
  name: 'DeleteRole',
  permission: onRole('iam:DeleteRole'),
  handle: async (input, call) => {
    const key = nameKey(call.account, input.RoleName);
    await call.sojourn.state.write(async (writers) => {
      const role = await roles.find(writers, call.account, input.RoleName);
      if ((await writers.instanceProfileRoles.count(`${key}/`)) > 0) {
        throw deleteConflict('remove roles from instance profile');
      }
      if (role.attachedPolicies.length > 0) throw deleteConflict('detach all policies');
      if (Object.keys(role.inlinePolicies).length > 0) throw deleteConflict('delete policies');
      await withoutBoundary(writers, 'role', role);
      await writers.lastUses.delete(roleUseKey(role));
      await writers.roles.delete(key);
      await renamePrincipal(role.arn, role.id, writers);
    });
    return {};
  },
};
