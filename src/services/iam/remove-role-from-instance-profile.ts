/** RemoveRoleFromInstanceProfile: a role that is not in the profile is `NoSuchEntity`. */
import type { Empty, RemoveRoleFromInstanceProfileRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { instanceProfiles, nameKey, roles } from './named-records.ts';
import { onInstanceProfile } from './permissions.ts';

export const removeRoleFromInstanceProfile: Operation<RemoveRoleFromInstanceProfileRequest, Empty> = {
  name: 'RemoveRoleFromInstanceProfile',
  permission: onInstanceProfile('iam:RemoveRoleFromInstanceProfile'),
  handle: async (input, call) => {
    await instanceProfiles.change(call, input.InstanceProfileName, async (profile, writers) => {
      if (profile.roleName?.toLowerCase() !== input.RoleName.toLowerCase()) {
        const { name } = await roles.find(writers, call.account, input.RoleName);
        throw iamError('NoSuchEntity', `Role ${name} in Instance Profile ${profile.name} cannot be found.`);
      }
      const key = `${nameKey(call.account, input.RoleName)}/${profile.name.toLowerCase()}`;
      await writers.instanceProfileRoles.delete(key);
      return { ...profile, roleName: undefined };
    });
    return {};
  },
};
