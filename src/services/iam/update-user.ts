/** UpdateUser: a new name or path; keys, groups, attachments and policies that name the user follow. */
import { iamArn } from '../../base/arn.ts';
import { renamePrincipal } from '../../federation/renamed-principals.ts';
import type { User } from '../../storage/state/iam-records.ts';
import type { Writers } from '../../storage/state/state.ts';
import type { Empty, UpdateUserRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { memberKey } from './group-members.ts';
import { nameKey, users } from './named-records.ts';
import { pathOf } from './paths.ts';
import { onUser } from './permissions.ts';
import { renameHolder } from './policy-holders.ts';

export const updateUser: Operation<UpdateUserRequest, Empty> = {
  name: 'UpdateUser',
  permission: onUser('iam:UpdateUser'),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const before = await users.find(writers, call.account, input.UserName);
      const name = input.NewUserName ?? before.name;
      const path = input.NewPath === undefined ? before.path : pathOf(input.NewPath);
      await rename(writers, before, { ...before, name, path, arn: iamArn(call.account, `user${path}${name}`) });
    });
    return {};
  },
};

async function rename(writers: Writers, before: User, after: User): Promise<void> {
  const { account } = before;
  const key = nameKey(account, after.name);
  await writers.users.delete(nameKey(account, before.name));
  if (!(await writers.users.create(key, after))) {
    throw iamError('EntityAlreadyExists', `User with name ${after.name} already exists.`);
  }
  for (const id of before.accessKeyIds) {
    const accessKey = await writers.accessKeys.get(id);
    if (accessKey === undefined) continue;
    await writers.accessKeys.put(id, { ...accessKey, userKey: after.name.toLowerCase(), userName: after.name });
  }
  for (const group of before.groups) {
    const member = await writers.groupMembers.get(memberKey(account, group, before.name));
    await writers.groupMembers.delete(memberKey(account, group, before.name));
    if (member === undefined) continue;
    await writers.groupMembers.put(memberKey(account, group, after.name), { ...member, userName: after.name });
  }
  await renameHolder(writers, 'user', before, after);
  await renamePrincipal(before.arn, after.arn, writers);
}
