/** GetRole. */
import { latestUse, roleUseKey } from '../../federation/last-uses.ts';
import type { GetRoleRequest, GetRoleResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';
import { wholeRole } from './role-answer.ts';

export const getRole: Operation<GetRoleRequest, GetRoleResponse> = {
  name: 'GetRole',
  permission: onRole('iam:GetRole'),
  handle: async (input, call) => {
    const role = await roles.find(call.sojourn.state, call.account, input.RoleName);
    return { Role: wholeRole(role, latestUse(await call.sojourn.lastUses.of(roleUseKey(role)))) };
  },
};
