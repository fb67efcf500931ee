/** Groups as answers print them. */
import type { Group } from '../../storage/state/iam-records.ts';
import type { Group as GroupAnswer } from '../../wire/generated/iam-types.ts';

/** All that IAM says of a group. */
export function groupAnswer(group: Group): GroupAnswer {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: group.arn,
    CreateDate: new Date(group.createDate),
  };
}
