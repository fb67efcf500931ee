/** Roles as answers print them; which members appear differs by call (reference aws-federation 8.2). */
import type { Role } from '../../storage/state/iam-records.ts';
import type { Role as RoleAnswer, RoleLastUsed } from '../../wire/generated/iam-types.ts';
import type { LatestUse } from '../../federation/last-uses.ts';
import { encodeDocument } from './documents.ts';
import { useRegion, wholeSecond } from './last-used.ts';
import { boundaryAnswer } from './permissions-boundaries.ts';

/** Seconds, when CreateRole did not say. */
export const DEFAULT_MAX_SESSION_DURATION = 3600;

/** Inside instance profiles: neither settings nor tags. */
export function embeddedRole(role: Role): RoleAnswer {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createDate),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
  };
}

/** In lists: no tags, no boundary, no last use. */
export function listedRole(role: Role): RoleAnswer {
  return {
    ...embeddedRole(role),
    ...(role.description === undefined ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionDuration ?? DEFAULT_MAX_SESSION_DURATION,
  };
}

/** What CreateRole answers: tags and boundary, but neither description nor duration, sent or not (observed on AWS in 2026). */
export function createdRole(role: Role): RoleAnswer {
  return { ...embeddedRole(role), ...attributesOf(role) };
}

/** What UpdateRoleDescription answers: the description, and no other setting (observed on AWS, September 2026). */
export function describedRole(role: Role): RoleAnswer {
  return { ...embeddedRole(role), ...(role.description === undefined ? {} : { Description: role.description }) };
}

/**
 * What GetRole answers.
 *
 * @param lastUsed when a session of the role last signed a call
 */
export function wholeRole(role: Role, lastUsed: LatestUse | undefined): RoleAnswer {
  return { ...listedRole(role), ...attributesOf(role), RoleLastUsed: roleLastUsed(lastUsed) };
}

/** `RoleLastUsed`; an empty element for a role that was never used. */
export function roleLastUsed(latest: LatestUse | undefined): RoleLastUsed {
  return latest === undefined ? {} : { LastUsedDate: wholeSecond(latest.at), Region: useRegion(latest) };
}

function attributesOf(role: Role): Pick<RoleAnswer, 'Tags' | 'PermissionsBoundary'> {
  return {
    ...(role.permissionsBoundary === undefined
      ? {}
      : { PermissionsBoundary: boundaryAnswer(role.permissionsBoundary) }),
    ...(role.tags.length === 0 ? {} : { Tags: role.tags }),
  };
}
