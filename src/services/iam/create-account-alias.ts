/** CreateAccountAlias: an account has one; a new one takes its place. */
import type { CreateAccountAliasRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { aliasKey } from './account-alias-key.ts';
import { iamError } from './errors.ts';
import { onResource } from './permissions.ts';

export const createAccountAlias: Operation<CreateAccountAliasRequest, Empty> = {
  name: 'CreateAccountAlias',
  permission: onResource('iam:CreateAccountAlias', () => '*'),
  handle: async (input, call) => {
    const alias = input.AccountAlias;
    await call.sojourn.state.write(async ({ accountAliases }) => {
      if (!(await accountAliases.create(aliasKey(alias), { name: call.account }))) {
        throw iamError('EntityAlreadyExists', `The account alias ${alias} already exists.`);
      }
      const before = await accountAliases.get(call.account);
      if (before !== undefined) await accountAliases.delete(aliasKey(before.name));
      await accountAliases.put(call.account, { name: alias });
    });
    return {};
  },
};
