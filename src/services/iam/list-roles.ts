/** ListRoles: by name, narrowed by a path prefix. */
import { iamArn } from '../../base/arn.ts';
import type { ListRolesRequest, ListRolesResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { listedRole } from './role-answer.ts';
import { pageOfRecords } from './paging.ts';
import { underPath } from './paths.ts';
import { onResource } from './permissions.ts';

export const listRoles: Operation<ListRolesRequest, ListRolesResponse> = {
  name: 'ListRoles',
  permission: onResource('iam:ListRoles', (input, call) => iamArn(call.account, `role${input.PathPrefix ?? '/'}`)),
  handle: async (input, call) => {
    const list = {
      operation: 'ListRoles',
      prefix: `${call.account}/`,
      keyOf: ({ name }: { readonly name: string }) => name.toLowerCase(),
      accepts: underPath(input.PathPrefix),
    };
    const { items, mark } = await pageOfRecords(call, call.sojourn.state.roles, list, input);
    return { Roles: items.map(listedRole), ...mark };
  },
};
