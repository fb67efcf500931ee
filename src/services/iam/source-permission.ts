/** What a call that reads the policies of an entity needs permission for: the entity itself, whatever its ARN was written. */
import { iamArn } from '../../base/arn.ts';
import type { Call, Permission, Requirement } from '../operation.ts';
import { entityKeys } from './permissions.ts';
import { entityNamed, peekSource } from './policy-source.ts';

/** One action on the user, group or role that the input names by ARN. */
export function onSource<I>(action: string, arnOf: (input: I) => string): Permission<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => [await sourceRequirement(action, arnOf(input), call)],
  };
}

/**
 * The requirement of one action on the entity of that ARN: on its own ARN with its tags and boundary, or, when there is
 * none, on the ARN that it would have without a path. What names no entity of the account is asked on `*`, and refused
 * afterwards as what it is.
 */
export async function sourceRequirement(action: string, arn: string, call: Call): Promise<Requirement> {
  const named = entityNamed(arn);
  if (named === undefined || named.account !== call.account) return { action, resource: '*' };
  const source = await peekSource(named, call.sojourn.state, call.account);
  return {
    action,
    resource: source?.record.arn ?? iamArn(call.account, `${named.kind}/${named.name}`),
    // Groups have neither tags nor boundary.
    context: source === undefined || source.kind === 'group' ? {} : entityKeys(source.record),
  };
}
