/** GetAccessKeyLastUsed: whose key it is, and when and for which service it last signed a call. */
import { iamArn } from '../../base/arn.ts';
import type { ServiceError } from '../../base/service-error.ts';
import type { Caller } from '../../federation/caller.ts';
import { accessKeyUseKey, latestUse } from '../../federation/last-uses.ts';
import type { GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { useRegion, wholeSecond } from './last-used.ts';
import { userRequirement } from './permissions.ts';

export const getAccessKeyLastUsed: Operation<GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse> = {
  name: 'GetAccessKeyLastUsed',
  permission: {
    kind: 'actions',
    actions: ['iam:GetAccessKeyLastUsed'],
    requirements: async (input, call) => {
      const key = await call.sojourn.state.accessKeys.get(input.AccessKeyId);
      if (key === undefined || key.account !== call.account) {
        return [{ action: 'iam:GetAccessKeyLastUsed', resource: iamArn(call.account, 'user/*') }];
      }
      return [await userRequirement('iam:GetAccessKeyLastUsed', key.userName, call)];
    },
  },
  handle: async (input, call) => {
    const key = await call.sojourn.state.accessKeys.get(input.AccessKeyId);
    if (key === undefined || key.account !== call.account) throw unknownKey(input.AccessKeyId, call.caller);
    const latest = latestUse(await call.sojourn.lastUses.of(accessKeyUseKey(key.id)));
    return {
      UserName: key.userName,
      AccessKeyLastUsed:
        latest === undefined
          ? { ServiceName: 'N/A', Region: 'N/A' }
          : { LastUsedDate: wholeSecond(latest.at), ServiceName: latest.service, Region: useRegion(latest) },
    };
  },
};

/** Who asks about a key that is not there hears what who may not ask hears (observed on AWS in 2026, without a colon after "perform"). */
function unknownKey(accessKeyId: string, caller: Caller): ServiceError {
  const arn = caller.kind === 'anonymous' ? 'anonymous' : caller.arn;
  return iamError(
    'AccessDenied',
    `User: ${arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${accessKeyId}`,
  );
}
