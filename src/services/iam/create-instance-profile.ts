/** CreateInstanceProfile: a holder for one role. */
import { iamArn } from '../../base/arn.ts';
import { makeUniqueId } from '../../base/unique-id.ts';
import type { InstanceProfile } from '../../storage/state/iam-records.ts';
import type { CreateInstanceProfileRequest, CreateInstanceProfileResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { createdProfile } from './instance-profile-answer.ts';
import { nameKey } from './named-records.ts';
import { pathOf } from './paths.ts';
import { onCreation } from './permissions.ts';
import { holdToQuota } from './quotas.ts';
import { newTags } from './tags.ts';

export const createInstanceProfile: Operation<CreateInstanceProfileRequest, CreateInstanceProfileResponse> = {
  name: 'CreateInstanceProfile',
  permission: onCreation({ create: 'iam:CreateInstanceProfile', tag: 'iam:TagInstanceProfile' }, (input, call) =>
    iamArn(call.account, `instance-profile${pathOf(input.Path)}${input.InstanceProfileName}`),
  ),
  handle: async (input, call) => {
    const path = pathOf(input.Path);
    const profile: InstanceProfile = {
      account: call.account,
      arn: iamArn(call.account, `instance-profile${path}${input.InstanceProfileName}`),
      path,
      name: input.InstanceProfileName,
      id: makeUniqueId('AIPA', call.account, call.sojourn.random),
      createDate: call.now,
      tags: newTags(input.Tags, 'kept'),
      roleName: undefined,
    };
    await call.sojourn.state.write(async ({ instanceProfiles }) => {
      if (!(await instanceProfiles.create(nameKey(call.account, profile.name), profile))) {
        throw iamError('EntityAlreadyExists', `Instance Profile ${profile.name} already exists.`);
      }
      await holdToQuota(call, 'InstanceProfilesPerAccount', instanceProfiles);
    });
    return { InstanceProfile: await createdProfile(call.sojourn.state, profile) };
  },
};
