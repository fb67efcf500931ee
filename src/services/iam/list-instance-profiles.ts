/** ListInstanceProfiles: by name, narrowed by a path prefix. */
import { iamArn } from '../../base/arn.ts';
import type { ListInstanceProfilesRequest, ListInstanceProfilesResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { listedProfile } from './instance-profile-answer.ts';
import { pageOfRecords } from './paging.ts';
import { underPath } from './paths.ts';
import { onResource } from './permissions.ts';

export const listInstanceProfiles: Operation<ListInstanceProfilesRequest, ListInstanceProfilesResponse> = {
  name: 'ListInstanceProfiles',
  permission: onResource('iam:ListInstanceProfiles', (input, call) =>
    iamArn(call.account, `instance-profile${input.PathPrefix ?? '/'}`),
  ),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const list = {
      operation: 'ListInstanceProfiles',
      prefix: `${call.account}/`,
      keyOf: ({ name }: { readonly name: string }) => name.toLowerCase(),
      accepts: underPath(input.PathPrefix),
    };
    const { items, mark } = await pageOfRecords(call, state.instanceProfiles, list, input);
    return { InstanceProfiles: await Promise.all(items.map((profile) => listedProfile(state, profile))), ...mark };
  },
};
