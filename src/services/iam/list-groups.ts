/** ListGroups: by name, narrowed by a path prefix. */
import { iamArn } from '../../base/arn.ts';
import type { ListGroupsRequest, ListGroupsResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { groupAnswer } from './group-answer.ts';
import { pageOfRecords } from './paging.ts';
import { underPath } from './paths.ts';
import { onResource } from './permissions.ts';

export const listGroups: Operation<ListGroupsRequest, ListGroupsResponse> = {
  name: 'ListGroups',
  permission: onResource('iam:ListGroups', (input, call) => iamArn(call.account, `group${input.PathPrefix ?? '/'}`)),
  handle: async (input, call) => {
    const list = {
      operation: 'ListGroups',
      prefix: `${call.account}/`,
      keyOf: ({ name }: { readonly name: string }) => name.toLowerCase(),
      accepts: underPath(input.PathPrefix),
    };
    const { items, mark } = await pageOfRecords(call, call.sojourn.state.groups, list, input);
    return { Groups: items.map(groupAnswer), ...mark };
  },
};
