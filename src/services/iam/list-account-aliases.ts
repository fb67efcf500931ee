/** ListAccountAliases: one or none. */
import type { ListAccountAliasesRequest, ListAccountAliasesResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { pageOfList } from './paging.ts';
import { onResource } from './permissions.ts';

export const listAccountAliases: Operation<ListAccountAliasesRequest, ListAccountAliasesResponse> = {
  name: 'ListAccountAliases',
  permission: onResource('iam:ListAccountAliases', () => '*'),
  handle: async (input, call) => {
    const alias = await call.sojourn.state.accountAliases.get(call.account);
    const { items, mark } = pageOfList(call, 'ListAccountAliases', alias === undefined ? [] : [alias.name], input);
    return { AccountAliases: items, ...mark };
  },
};
