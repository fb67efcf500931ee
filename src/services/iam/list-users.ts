/** ListUsers: by name, narrowed by a path prefix. */
import { iamArn } from '../../base/arn.ts';
import type { ListUsersRequest, ListUsersResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { listedUser } from './user-answer.ts';
import { pageOfRecords } from './paging.ts';
import { underPath } from './paths.ts';
import { onResource } from './permissions.ts';

export const listUsers: Operation<ListUsersRequest, ListUsersResponse> = {
  name: 'ListUsers',
  permission: onResource('iam:ListUsers', (input, call) => iamArn(call.account, `user${input.PathPrefix ?? '/'}`)),
  handle: async (input, call) => {
    const list = {
      operation: 'ListUsers',
      prefix: `${call.account}/`,
      keyOf: ({ name }: { readonly name: string }) => name.toLowerCase(),
      accepts: underPath(input.PathPrefix),
    };
    const { items, mark } = await pageOfRecords(call, call.sojourn.state.users, list, input);
    return { Users: items.map(listedUser), ...mark };
  },
};
