/** TagInstanceProfile: a key that is there takes the new value; keys that differ in case are two tags. */
import type { Empty, TagInstanceProfileRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { requestTagKeys } from './condition-keys.ts';
import { instanceProfiles } from './named-records.ts';
import { onInstanceProfile } from './permissions.ts';
import { addTags } from './tags.ts';

export const tagInstanceProfile: Operation<TagInstanceProfileRequest, Empty> = {
  name: 'TagInstanceProfile',
  permission: onInstanceProfile('iam:TagInstanceProfile', (input) => requestTagKeys(input.Tags)),
  handle: async (input, call) => {
    await instanceProfiles.change(call, input.InstanceProfileName, (profile) => ({
      ...profile,
      tags: addTags(profile.tags, input.Tags, 'kept'),
    }));
    return {};
  },
};
