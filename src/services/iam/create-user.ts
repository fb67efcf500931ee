/** CreateUser: an identity with long-term access keys of its own. */
import { iamArn } from '../../base/arn.ts';
import { makeUniqueId } from '../../base/unique-id.ts';
import type { User } from '../../storage/state/iam-records.ts';
import type { CreateUserRequest, CreateUserResponse } from '../../wire/generated/iam-types.ts';
import type { Call, Operation } from '../operation.ts';
import { boundaryKey } from './condition-keys.ts';
import { iamError } from './errors.ts';
import { nameKey } from './named-records.ts';
import { pathOf } from './paths.ts';
import { onCreation } from './permissions.ts';
import { withBoundary } from './permissions-boundaries.ts';
import { holdToQuota } from './quotas.ts';
import { newTags } from './tags.ts';
import { wholeUser } from './user-answer.ts';

export const createUser: Operation<CreateUserRequest, CreateUserResponse> = {
  name: 'CreateUser',
  permission: onCreation(
    { create: 'iam:CreateUser', tag: 'iam:TagUser' },
    (input, call) => iamArn(call.account, `user${pathOf(input.Path)}${input.UserName}`),
    (input) => boundaryKey(input.PermissionsBoundary),
  ),
  handle: async (input, call) => {
    const draft = draftUser(input, call);
    const user = await call.sojourn.state.write(async (writers) => {
      const bounded =
        input.PermissionsBoundary === undefined
          ? draft
          : await withBoundary(writers, 'user', draft, input.PermissionsBoundary);
      if (!(await writers.users.create(nameKey(call.account, draft.name), bounded))) {
        throw iamError('EntityAlreadyExists', `User with name ${draft.name} already exists.`);
      }
      await holdToQuota(call, 'UsersPerAccount', writers.users);
      return bounded;
    });
    return { User: wholeUser(user) };
  },
};

function draftUser(input: CreateUserRequest, call: Call): User {
  const path = pathOf(input.Path);
  return {
    account: call.account,
    arn: iamArn(call.account, `user${path}${input.UserName}`),
    path,
    name: input.UserName,
    id: makeUniqueId('AIDA', call.account, call.sojourn.random),
    createDate: call.now,
    permissionsBoundary: undefined,
    tags: newTags(input.Tags, 'ignored'),
    inlinePolicies: {},
    attachedPolicies: [],
    groups: [],
    accessKeyIds: [],
  };
}
