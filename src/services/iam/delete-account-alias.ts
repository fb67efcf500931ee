/** DeleteAccountAlias: the alias must be the account's. */
import type { DeleteAccountAliasRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { aliasKey } from './account-alias-key.ts';
import { iamError } from './errors.ts';
import { onResource } from './permissions.ts';

export const deleteAccountAlias: Operation<DeleteAccountAliasRequest, Empty> = {
  name: 'DeleteAccountAlias',
  permission: onResource('iam:DeleteAccountAlias', () => '*'),
  handle: async (input, call) => {
    const alias = input.AccountAlias;
    await call.sojourn.state.write(async ({ accountAliases }) => {
      const held = await accountAliases.get(call.account);
      if (held?.name !== alias) throw iamError('NoSuchEntity', `The account alias ${alias} cannot be found.`);
      await accountAliases.delete(aliasKey(alias));
      await accountAliases.delete(call.account);
    });
    return {};
  },
};
