/**
 * What IAM's operations need permission for: action, resource ARN and condition keys as the AWS
 * service authorization reference lists them. An entity that does not exist is named by the ARN that
 * it would have without a path.
 */
import { iamArn } from '../../base/arn.ts';
import type { Tag } from '../../base/tags.ts';
import { deniedResource } from '../../federation/denied-resource.ts';
import type { Role, User } from '../../storage/state/iam-records.ts';
import type { Call, Permission, Requirement } from '../operation.ts';
import { boundaryKey, type ConditionKeys, requestTagKeys, resourceTagKeys } from './condition-keys.ts';
import { groups, instanceProfiles, roles, users } from './named-records.ts';

/** One action on `*`, or on one ARN that needs no look into the state. */
export function onResource<I>(
  action: string,
  resource: (input: I, call: Call) => string,
  keys: (input: I) => ConditionKeys = () => ({}),
): Permission<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: (input, call) => [{ action, resource: resource(input, call), context: keys(input) }],
  };
}

/** One action on a role; with its tags and, unless `keys` says otherwise, its boundary. */
export function onRole<I extends { readonly RoleName: string }>(
  action: string,
  keys: (input: I) => ConditionKeys = () => ({}),
): Permission<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => {
      const role = await roles.peek(call.sojourn.state, call.account, input.RoleName);
      return [
        {
          action,
          resource: role?.arn ?? iamArn(call.account, `role/${input.RoleName}`),
          context: { ...entityKeys(role), ...keys(input) },
        },
      ];
    },
  };
}

/** One action on a user, named in the input. */
export function onUser<I extends { readonly UserName: string }>(
  action: string,
  keys: (input: I) => ConditionKeys = () => ({}),
): Permission<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => [await userRequirement(action, input.UserName, call, keys(input))],
  };
}

/** The requirement of one action on the user of that name. */
export async function userRequirement(
  action: string,
  userName: string,
  call: Call,
  keys: ConditionKeys = {},
): Promise<Requirement> {
  const user = await users.peek(call.sojourn.state, call.account, userName);
  return {
    action,
    resource: user?.arn ?? iamArn(call.account, `user/${userName}`),
    context: { ...entityKeys(user), ...keys },
  };
}

/** One action on a group; groups have neither tags nor boundary. */
export function onGroup<I extends { readonly GroupName: string }>(
  action: string,
  keys: (input: I) => ConditionKeys = () => ({}),
): Permission<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => {
      const group = await groups.peek(call.sojourn.state, call.account, input.GroupName);
      return [
        { action, resource: group?.arn ?? iamArn(call.account, `group/${input.GroupName}`), context: keys(input) },
      ];
    },
  };
}

/** One action on an instance profile. */
export function onInstanceProfile<I extends { readonly InstanceProfileName: string }>(
  action: string,
  keys: (input: I) => ConditionKeys = () => ({}),
): Permission<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => [
      await instanceProfileRequirement(action, input.InstanceProfileName, call, keys(input)),
    ],
  };
}

/** The requirement of one action on the instance profile of that name. */
export async function instanceProfileRequirement(
  action: string,
  name: string,
  call: Call,
  keys: ConditionKeys = {},
): Promise<Requirement> {
  const profile = await instanceProfiles.peek(call.sojourn.state, call.account, name);
  return {
    action,
    resource: profile?.arn ?? iamArn(call.account, `instance-profile/${name}`),
    context: { ...resourceTagKeys(profile?.tags), ...keys },
  };
}

/**
 * Creating a tagged entity needs the permission to tag it as well, whose denial prints what the creation's does: `policy
 * deploy` of a policy, of a role its ARN (observed on AWS).
 *
 * @param resource ARN that the new entity will have
 */
export function onCreation<I extends { readonly Tags?: readonly Tag[] | undefined }>(
  actions: { readonly create: string; readonly tag: string },
  resource: (input: I, call: Call) => string,
  keys: (input: I) => ConditionKeys = () => ({}),
): Permission<I> {
  return {
    kind: 'actions',
    actions: [actions.create, actions.tag],
    requirements: (input, call) => {
      const needed = { resource: resource(input, call), context: { ...requestTagKeys(input.Tags), ...keys(input) } };
      const tagged = input.Tags !== undefined && input.Tags.length > 0;
      const printed = deniedResource(actions.create, needed.resource);
      return [{ action: actions.create, ...needed }, ...(tagged ? [{ action: actions.tag, ...needed, printed }] : [])];
    },
  };
}

/** The tags and the boundary of a role or user; none of one that does not exist. */
export function entityKeys(entity: Role | User | undefined): ConditionKeys {
  return { ...resourceTagKeys(entity?.tags), ...boundaryKey(entity?.permissionsBoundary) };
}
