/** What AWS's simulator prints as the name of what was asked, where that is no single ARN (observed in September 2026). */
import { iamArn, parseArn, PARTITION, type AccountId } from '../../base/arn.ts';
import { isKnownAction } from './known-actions.ts';

/** Lists of IAM are named by the path that they list. */
const LISTED: ReadonlyMap<string, string> = new Map([
  ['iam:listgroups', 'group/'],
  ['iam:listinstanceprofiles', 'instance-profile/'],
  ['iam:listpolicies', 'policy/'],
  ['iam:listroles', 'role/'],
  ['iam:listservercertificates', 'server-certificate/'],
  ['iam:listusers', 'user/'],
  ['iam:listvirtualmfadevices', 'mfa/'],
]);

/** What follows `arn:{partition}:` in the name that stands for several ARNs, by the action's service. */
const SEVERAL: ReadonlyMap<string, string> = new Map([
  ['s3', 's3:::${BucketName}/${KeyName}'],
  ['iam', 'iam::${Account}:${ResourceType}/${ResourceName}'],
  ['sts', 'iam::${Account}:${RelativeId}'],
  ['sqs', 'sqs:${Region}:${Account}:${QueueName}'],
  ['kms', 'kms:${Region}:${Account}:${ResourceType}/${Id}'],
  ['lambda', 'lambda:${Region}:${Account}:${ResourceType}:${ResourceId}'],
  ['ec2', 'ec2:${Region}:${Account}:${ResourceType}/${ResourcePath}'],
  ['iot', 'iot:${Region}:${Account}:${Type}/${Name}'],
  ['xray', 'xray:${Region}:${Account}:${ResourceType}/${ResourceId}'],
  ['health', 'health:${Region}::${RelativeId}'],
  ['healthlake', 'healthlake:${Region}:${Account}:${ResourceType}/${ResourceName}'],
]);

/** The name of an action's own result when no resource was named. */
export function nameOfEverything(action: string, account: AccountId): string {
  const listed = LISTED.get(action.toLowerCase());
  return listed === undefined ? '*' : iamArn(account, listed);
}

/**
 * The name over the results of several resources, in the partition of the first. Undefined for services of which no
 * such name has been seen; `*` for actions that AWS does not know.
 */
export function nameOfSeveral(action: string, first: string): string | undefined {
  if (!isKnownAction(action)) return '*';
  const rest = SEVERAL.get(action.split(':', 1)[0]?.toLowerCase() ?? '');
  return rest && `arn:${parseArn(first)?.partition ?? PARTITION}:${rest}`;
}
