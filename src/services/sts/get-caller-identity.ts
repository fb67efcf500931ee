/** sts:GetCallerIdentity. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
import type { SignedCaller } from '../../federation/caller.ts';
import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';
import { signed } from '../signed-call.ts';

export const getCallerIdentity: Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> = {
  name: 'GetCallerIdentity',
  permission: {
    kind: 'none',
    why: 'Every signed caller may know who it is; even an explicit deny does not hinder it.',
  },
  async handle(_input, call) {
    const { caller } = signed(call);
    return { UserId: userId(caller), Account: caller.account, Arn: caller.arn };
  },
};

function userId(caller: SignedCaller): string {
  switch (caller.kind) {
    case 'root':
      return caller.account;
    case 'user':
      return caller.user.id;
    case 'role':
      return `${caller.role.id}:${caller.session.sessionName}`;
    case 'federatedUser':
      return `${caller.account}:${caller.session.name}`;
  }
}
