/** Users as answers print them. */
import type { User } from '../../storage/state/iam-records.ts';
import type { User as UserAnswer } from '../../wire/generated/iam-types.ts';
import { boundaryAnswer } from './permissions-boundaries.ts';

/** In lists: no tags, no boundary. */
export function listedUser(user: User): UserAnswer {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: new Date(user.createDate),
  };
}

/** What CreateUser and GetUser answer. */
export function wholeUser(user: User): UserAnswer {
  return {
    ...listedUser(user),
    ...(user.permissionsBoundary === undefined
      ? {}
      : { PermissionsBoundary: boundaryAnswer(user.permissionsBoundary) }),
    ...(user.tags.length === 0 ? {} : { Tags: user.tags }),
  };
}
