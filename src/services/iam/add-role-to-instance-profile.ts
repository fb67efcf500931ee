/** AddRoleToInstanceProfile: one role a profile; the caller must be allowed to pass the role to EC2. */
import { iamArn } from '../../base/arn.ts';
import type { AddRoleToInstanceProfileRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { resourceTagKeys } from './condition-keys.ts';
import { instanceProfiles, nameKey, roles } from './named-records.ts';
import { instanceProfileRequirement } from './permissions.ts';
import { quotaExceeded } from './quotas.ts';

export const addRoleToInstanceProfile: Operation<AddRoleToInstanceProfileRequest, Empty> = {
  name: 'AddRoleToInstanceProfile',
  permission: {
    kind: 'actions',
    actions: ['iam:AddRoleToInstanceProfile', 'iam:PassRole'],
    requirements: async (input, call) => {
      const role = await roles.peek(call.sojourn.state, call.account, input.RoleName);
      return [
        await instanceProfileRequirement('iam:AddRoleToInstanceProfile', input.InstanceProfileName, call),
        {
          action: 'iam:PassRole',
          resource: role?.arn ?? iamArn(call.account, `role/${input.RoleName}`),
          context: { ...resourceTagKeys(role?.tags), 'iam:PassedToService': 'ec2.amazonaws.com' },
        },
      ];
    },
  },
  handle: async (input, call) => {
    await instanceProfiles.change(call, input.InstanceProfileName, async (profile, writers) => {
      const role = await roles.find(writers, call.account, input.RoleName);
      if (profile.roleName !== undefined) throw quotaExceeded('InstanceSessionsPerInstanceProfile');
      const key = `${nameKey(call.account, role.name)}/${profile.name.toLowerCase()}`;
      await writers.instanceProfileRoles.put(key, { name: profile.name });
      return { ...profile, roleName: role.name };
    });
    return {};
  },
};
