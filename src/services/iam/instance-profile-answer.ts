/** Instance profiles as answers print them, with the role inside. */
import type { InstanceProfile } from '../../storage/state/iam-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { InstanceProfile as ProfileAnswer } from '../../wire/generated/iam-types.ts';
import { roles } from './named-records.ts';
import { embeddedRole } from './role-answer.ts';

/** In lists: no tags. */
export async function listedProfile(readers: Readers, profile: InstanceProfile): Promise<ProfileAnswer> {
  const { account, roleName } = profile;
  const role = roleName === undefined ? undefined : await roles.peek(readers, account, roleName);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: new Date(profile.createDate),
    Roles: role === undefined ? [] : [embeddedRole(role)],
  };
}

/** What CreateInstanceProfile answers: tags only when there are some. */
export async function createdProfile(readers: Readers, profile: InstanceProfile): Promise<ProfileAnswer> {
  return {
    ...(await listedProfile(readers, profile)),
    ...(profile.tags.length === 0 ? {} : { Tags: profile.tags }),
  };
}

/** What GetInstanceProfile answers. */
export async function wholeProfile(readers: Readers, profile: InstanceProfile): Promise<ProfileAnswer> {
  return { ...(await listedProfile(readers, profile)), Tags: profile.tags };
}
