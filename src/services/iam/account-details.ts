/** Entities with all that hangs on them, as GetAccountAuthorizationDetails prints them. */
import { latestUse, roleUseKey, type LastUses } from '../../federation/last-uses.ts';
import type { Group, Role, User } from '../../storage/state/iam-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { GroupDetail, ManagedPolicyDetail, RoleDetail, UserDetail } from '../../wire/generated/iam-types.ts';
import type { AccountId } from '../../base/arn.ts';
import { attachedAnswer } from './attachments.ts';
import { encodeDocument } from './documents.ts';
import { groupAnswer } from './group-answer.ts';
import { inlineAnswer } from './inline-policies.ts';
import { listedProfile } from './instance-profile-answer.ts';
import type { PolicyFacts } from './managed-policies.ts';
import { groups, instanceProfiles, nameKey } from './named-records.ts';
import { boundaryAnswer } from './permissions-boundaries.ts';
import { listedPolicy, wholeVersion } from './policy-answer.ts';
import { listedUser } from './user-answer.ts';
import { roleLastUsed } from './role-answer.ts';

/** Profiles of one role that are printed; more would not fit a page. */
const PROFILES_PER_ROLE = 1000;

/** A user with its groups and policies. */
export async function userDetail(readers: Readers, user: User): Promise<UserDetail> {
  const joined = await Promise.all(user.groups.map((name) => groups.peek(readers, user.account, name)));
  return {
    ...listedUser(user),
    // Unlike a group's or role's, a user's is left out when it is empty (observed on AWS in 2026).
    ...(Object.keys(user.inlinePolicies).length === 0 ? {} : { UserPolicyList: inlineAnswer(user) }),
    GroupList: joined.filter((group) => group !== undefined).map((group) => group.name),
    AttachedManagedPolicies: attachedAnswer(user.attachedPolicies),
    ...boundaryOf(user),
    Tags: user.tags,
  };
}

/** A group with its policies. */
export function groupDetail(group: Group): GroupDetail {
  return {
    ...groupAnswer(group),
    GroupPolicyList: inlineAnswer(group),
    AttachedManagedPolicies: attachedAnswer(group.attachedPolicies),
  };
}

/** A role with its trust policy, policies and instance profiles. */
export async function roleDetail(readers: Readers, role: Role, lastUses: LastUses): Promise<RoleDetail> {
  const prefix = `${nameKey(role.account, role.name)}/`;
  const rows = await readers.instanceProfileRoles.list(prefix, { limit: PROFILES_PER_ROLE });
  const profiles = await Promise.all(rows.map(({ name }) => instanceProfiles.find(readers, role.account, name)));
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createDate),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    InstanceProfileList: await Promise.all(profiles.map((profile) => listedProfile(readers, profile))),
    RolePolicyList: inlineAnswer(role),
    AttachedManagedPolicies: attachedAnswer(role.attachedPolicies),
    ...boundaryOf(role),
    Tags: role.tags,
    RoleLastUsed: roleLastUsed(latestUse(await lastUses.of(roleUseKey(role)))),
  };
}

/** A managed policy with all its versions, newest first; neither description nor tags. */
export async function policyDetail(
  readers: Readers,
  account: AccountId,
  policy: PolicyFacts,
): Promise<ManagedPolicyDetail> {
  return {
    ...(await listedPolicy(readers, account, policy)),
    PolicyVersionList: policy.versions.toReversed().map((version) => wholeVersion(policy, version)),
  };
}

function boundaryOf(entity: Role | User): Pick<RoleDetail, 'PermissionsBoundary'> {
  return entity.permissionsBoundary === undefined
    ? {}
    : { PermissionsBoundary: boundaryAnswer(entity.permissionsBoundary) };
}
