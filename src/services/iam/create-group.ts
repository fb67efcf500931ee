/** CreateGroup: users that share policies. */
import { iamArn } from '../../base/arn.ts';
import { makeUniqueId } from '../../base/unique-id.ts';
import type { Group } from '../../storage/state/iam-records.ts';
import type { CreateGroupRequest, CreateGroupResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { groupAnswer } from './group-answer.ts';
import { nameKey } from './named-records.ts';
import { pathOf } from './paths.ts';
import { onResource } from './permissions.ts';
import { holdToQuota } from './quotas.ts';

export const createGroup: Operation<CreateGroupRequest, CreateGroupResponse> = {
  name: 'CreateGroup',
  permission: onResource('iam:CreateGroup', (input, call) =>
    iamArn(call.account, `group${pathOf(input.Path)}${input.GroupName}`),
  ),
  handle: async (input, call) => {
    const path = pathOf(input.Path);
    const group: Group = {
      account: call.account,
      arn: iamArn(call.account, `group${path}${input.GroupName}`),
      path,
      name: input.GroupName,
      id: makeUniqueId('AGPA', call.account, call.sojourn.random),
      createDate: call.now,
      inlinePolicies: {},
      attachedPolicies: [],
    };
    await call.sojourn.state.write(async ({ groups }) => {
      if (!(await groups.create(nameKey(call.account, group.name), group))) {
        throw iamError('EntityAlreadyExists', `Group with name ${group.name} already exists.`);
      }
      await holdToQuota(call, 'GroupsPerAccount', groups);
    });
    return { Group: groupAnswer(group) };
  },
};
