/**
 * Members of which live IAM does not print the model's pattern but a sentence of its own, whatever
 * else is wrong with the call: a role's ARN in place of its name, longer than any name, was answered
 * with the sentence alone (reference aws-federation 8.4, and refusals quoted in many public issues).
 */
import type { ServiceModel } from './model.ts';

const NAME = 'It must contain only alphanumeric characters and/or the following: +=,.@_-';
const PATH = 'It must begin and end with / and contain only alphanumeric characters and/or / characters.';
const PATH_PREFIX = 'It must begin with the / character and contain only alphanumeric characters and/or / characters.';

/** Member, as messages print it → what a value of it must be. */
const IAM: ReadonlyMap<string, string> = new Map([
  ['groupName', NAME],
  ['instanceProfileName', NAME],
  ['newGroupName', NAME],
  ['newPath', PATH],
  ['newUserName', NAME],
  ['path', PATH],
  ['pathPrefix', PATH_PREFIX],
  ['policyName', NAME],
  ['roleName', NAME],
  ['userName', NAME],
]);

/**
 * What the service says when the value of a member does not match its pattern; undefined where it
 * prints the pattern.
 *
 * @param path the member, as messages print it: `roleName`, `tags.1.member.key`
 */
export function ownSentence(service: ServiceModel['service'], path: string): string | undefined {
  const rule = service === 'iam' ? IAM.get(path) : undefined;
  return rule === undefined ? undefined : `The specified value for ${path} is invalid. ${rule}`;
}
