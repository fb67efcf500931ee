/** A resource that a simulation asks about: read once, for all the actions that are asked of it. */
import { parseArn, type ArnParts } from '../../base/arn.ts';
import { accountOfResource, type ReadSimulation } from './simulation-request.ts';

/** Every resource has its own. */
export const RESOURCE_ACCOUNT = 'aws:resourceaccount';

/** An ARN of the request, or everything. */
export interface AskedResource {
  readonly text: string;
  /** Undefined for `*`. */
  readonly arn: ArnParts | undefined;
  readonly account: string;
}

/** Those of the request; without one that is an ARN, everything is meant. */
export function askedResources(read: ReadSimulation): readonly AskedResource[] {
  const named = read.resources.some((resource) => resource !== '*');
  return (named ? read.resources : ['*']).map((text) => {
    const arn = parseArn(text);
    return { text, arn, account: accountOfResource(arn, read) };
  });
}
