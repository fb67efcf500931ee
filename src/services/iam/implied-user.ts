/** Calls that may leave out the user name then mean the caller's own user. */
import type { Call, Permission, Requirement } from '../operation.ts';
import { iamError } from './errors.ts';
import { userRequirement } from './permissions.ts';

/** Who a call is about: a user of that name, or the account's root. */
export type Subject = { readonly kind: 'user'; readonly name: string } | { readonly kind: 'root' };

/** The user named, or the caller. Throws `ValidationError` when the caller is a session without a user of its own. */
export function subjectOf(userName: string | undefined, call: Call): Subject {
  if (userName !== undefined) return { kind: 'user', name: userName };
  const { caller } = call;
  switch (caller.kind) {
    case 'user':
      return { kind: 'user', name: caller.user.name };
    case 'root':
      return { kind: 'root' };
    case 'role':
    case 'federatedUser':
    case 'anonymous':
      throw iamError('ValidationError', 'Must specify userName when calling with non-User credentials');
    default:
      return caller satisfies never;
  }
}

/** One action on the user named or implied; root itself needs no permission beyond being root. */
export function onSubject<I extends { readonly UserName?: string | undefined }>(action: string): Permission<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: (input, call) => subjectRequirements(action, input, call),
  };
}

/**
 * Of the caller's own keys AWS's denial prints the path, which the request does not have, before the name: `user
 * nullalice` (observed on AWS; of GetUser and ListSigningCertificates it is `user alice`).
 */
const PATH_BEFORE_NAME = new Set(['iam:CreateAccessKey', 'iam:ListAccessKeys']);

/** What that action needs of the user named or implied. */
export async function subjectRequirements(
  action: string,
  input: { readonly UserName?: string | undefined },
  call: Call,
): Promise<readonly Requirement[]> {
  const subject = subjectOf(input.UserName, call);
  if (subject.kind === 'root') return [{ action, resource: '*' }];
  const needed = await userRequirement(action, subject.name, call);
  const pathless = input.UserName === undefined && PATH_BEFORE_NAME.has(action);
  return [pathless ? { ...needed, printed: `user null${subject.name}` } : needed];
}
