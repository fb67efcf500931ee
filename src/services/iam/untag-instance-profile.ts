/** UntagInstanceProfile: keys that are not there are no error. */
import type { Empty, UntagInstanceProfileRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { untagKeys } from './condition-keys.ts';
import { instanceProfiles } from './named-records.ts';
import { onInstanceProfile } from './permissions.ts';
import { removeTags } from './tags.ts';

export const untagInstanceProfile: Operation<UntagInstanceProfileRequest, Empty> = {
  name: 'UntagInstanceProfile',
  permission: onInstanceProfile('iam:UntagInstanceProfile', (input) => untagKeys(input.TagKeys)),
  handle: async (input, call) => {
    await instanceProfiles.change(call, input.InstanceProfileName, (profile) => ({
      ...profile,
      tags: removeTags(profile.tags, input.TagKeys, 'kept'),
    }));
    return {};
  },
};
