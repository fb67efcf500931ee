/** GetInstanceProfile. */
import type { GetInstanceProfileRequest, GetInstanceProfileResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { wholeProfile } from './instance-profile-answer.ts';
import { instanceProfiles } from './named-records.ts';
import { onInstanceProfile } from './permissions.ts';

export const getInstanceProfile: Operation<GetInstanceProfileRequest, GetInstanceProfileResponse> = {
  name: 'GetInstanceProfile',
  permission: onInstanceProfile('iam:GetInstanceProfile'),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const profile = await instanceProfiles.find(state, call.account, input.InstanceProfileName);
    return { InstanceProfile: await wholeProfile(state, profile) };
  },
};
