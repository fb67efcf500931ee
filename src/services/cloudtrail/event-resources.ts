/**
 * The resources of an event: those that the event lists, and those that its parameters and its answer
 * name. CloudTrail's own list per call is not published; this is what its event history shows for the
 * calls that Sojourn has.
 */
import type { Resource } from '../../wire/generated/cloudtrail-types.ts';
import { isRecord, textOf, type Json } from './json-value.ts';

/** Parameter → type of what it names. */
const PARAMETERS: readonly (readonly [string, string])[] = [
  ['roleName', 'AWS::IAM::Role'],
  ['roleArn', 'AWS::IAM::Role'],
  ['userName', 'AWS::IAM::User'],
  ['groupName', 'AWS::IAM::Group'],
  ['policyName', 'AWS::IAM::Policy'],
  ['policyArn', 'AWS::IAM::Policy'],
  ['instanceProfileName', 'AWS::IAM::InstanceProfile'],
  ['accessKeyId', 'AWS::IAM::AccessKey'],
  ['openIDConnectProviderArn', 'AWS::IAM::OIDCProvider'],
  ['bucketName', 'AWS::S3::Bucket'],
  ['bucket', 'AWS::S3::Bucket'],
  ['policyId', 'AWS::Organizations::Policy'],
  ['organizationalUnitId', 'AWS::Organizations::OrganizationalUnit'],
];

/** Member of the answer → what is in it: for each type the members that name the thing. */
const ANSWERS: readonly (readonly [string, string, readonly string[]])[] = [
  ['role', 'AWS::IAM::Role', ['roleId', 'arn']],
  ['user', 'AWS::IAM::User', ['userId', 'arn']],
  ['group', 'AWS::IAM::Group', ['groupId', 'arn']],
  ['policy', 'AWS::IAM::Policy', ['policyId', 'arn']],
  ['instanceProfile', 'AWS::IAM::InstanceProfile', ['instanceProfileId', 'arn']],
  ['accessKey', 'AWS::IAM::AccessKey', ['accessKeyId']],
  ['credentials', 'AWS::IAM::AccessKey', ['accessKeyId']],
  ['assumedRoleUser', 'AWS::STS::AssumedRole', ['assumedRoleId', 'arn']],
  ['federatedUser', 'AWS::STS::FederatedUser', ['federatedUserId', 'arn']],
];

/** In order of the event, each name once for its type. */
export function resourcesOf(event: Json): readonly Resource[] {
  const found = new Map<string, Resource>();
  const add = (ResourceType: string, ResourceName: string | undefined): void => {
    if (ResourceName !== undefined) found.set(`${ResourceType} ${ResourceName}`, { ResourceType, ResourceName });
  };
  const listed: readonly unknown[] = Array.isArray(event['resources']) ? event['resources'] : [];
  for (const resource of listed) {
    if (isRecord(resource)) add(textOf(resource, 'type') ?? '', textOf(resource, 'ARN'));
  }
  const parameters = isRecord(event['requestParameters']) ? event['requestParameters'] : {};
  for (const [name, type] of PARAMETERS) add(type, textOf(parameters, name));
  const answer = isRecord(event['responseElements']) ? event['responseElements'] : {};
  for (const [name, type, members] of ANSWERS) {
    const part = answer[name];
    if (isRecord(part)) for (const member of members) add(type, textOf(part, member));
  }
  return [...found.values()];
}
