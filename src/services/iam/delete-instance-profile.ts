/** DeleteInstanceProfile: the role must be taken out first. */
import type { DeleteInstanceProfileRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { deleteConflict } from './delete-conflict.ts';
import { instanceProfiles, nameKey } from './named-records.ts';
import { onInstanceProfile } from './permissions.ts';

export const deleteInstanceProfile: Operation<DeleteInstanceProfileRequest, Empty> = {
  name: 'DeleteInstanceProfile',
  permission: onInstanceProfile('iam:DeleteInstanceProfile'),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const profile = await instanceProfiles.find(writers, call.account, input.InstanceProfileName);
      if (profile.roleName !== undefined) throw deleteConflict('remove roles from instance profile');
      await writers.instanceProfiles.delete(nameKey(call.account, profile.name));
    });
    return {};
  },
};
