/** UpdateGroup: a new name or path; members and attachments follow. */
import { iamArn } from '../../base/arn.ts';
import type { Group } from '../../storage/state/iam-records.ts';
import type { Writers } from '../../storage/state/state.ts';
import type { Empty, UpdateGroupRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { memberKey, memberPrefix } from './group-members.ts';
import { groups, nameKey, users } from './named-records.ts';
import { pathOf } from './paths.ts';
import { onGroup } from './permissions.ts';
import { renameHolder } from './policy-holders.ts';

export const updateGroup: Operation<UpdateGroupRequest, Empty> = {
  name: 'UpdateGroup',
  permission: onGroup('iam:UpdateGroup'),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const before = await groups.find(writers, call.account, input.GroupName);
      const name = input.NewGroupName ?? before.name;
      const path = input.NewPath === undefined ? before.path : pathOf(input.NewPath);
      const after: Group = { ...before, name, path, arn: iamArn(call.account, `group${path}${name}`) };
      await writers.groups.delete(nameKey(call.account, before.name));
      if (!(await writers.groups.create(nameKey(call.account, name), after))) {
        throw iamError('EntityAlreadyExists', `Group with name ${name} already exists.`);
      }
      await moveMembers(writers, before, after);
      await renameHolder(writers, 'group', before, after);
    });
    return {};
  },
};

/** Members read at a time. */
const STRIDE = 1000;

async function moveMembers(writers: Writers, before: Group, after: Group): Promise<void> {
  const { account } = before;
  if (before.name === after.name) return;
  const [oldKey, newKey] = [before.name.toLowerCase(), after.name.toLowerCase()];
  let cursor: string | undefined;
  for (;;) {
    const members = await writers.groupMembers.list(memberPrefix(account, oldKey), { after: cursor, limit: STRIDE });
    for (const { userName } of members) {
      cursor = memberKey(account, oldKey, userName);
      await writers.groupMembers.delete(cursor);
      await writers.groupMembers.put(memberKey(account, newKey, userName), { groupName: after.name, userName });
      const user = await users.find(writers, account, userName);
      const joined = user.groups.map((group) => (group === oldKey ? newKey : group));
      await writers.users.put(nameKey(account, userName), { ...user, groups: joined });
    }
    if (members.length < STRIDE) return;
  }
}
