/** DeleteGroup: users and policies must go first. */
import type { DeleteGroupRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { deleteConflict } from './delete-conflict.ts';
import { memberPrefix } from './group-members.ts';
import { groups, nameKey } from './named-records.ts';
import { onGroup } from './permissions.ts';

export const deleteGroup: Operation<DeleteGroupRequest, Empty> = {
  name: 'DeleteGroup',
  permission: onGroup('iam:DeleteGroup'),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const group = await groups.find(writers, call.account, input.GroupName);
      if ((await writers.groupMembers.count(memberPrefix(call.account, group.name))) > 0) {
        throw deleteConflict('remove users from group');
      }
      if (group.attachedPolicies.length > 0) throw deleteConflict('detach all policies');
      if (Object.keys(group.inlinePolicies).length > 0) throw deleteConflict('delete policies');
      await writers.groups.delete(nameKey(call.account, group.name));
    });
    return {};
  },
};
