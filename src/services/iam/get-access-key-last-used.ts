/** GetAccessKeyLastUsed: whose key it is. No record of use is kept beside the audit log, so use reads as AWS's "never": `N/A`. */
import { iamArn } from '../../base/arn.ts';
import type { GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { keyNotFound } from './access-keys.ts';
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
    if (key === undefined || key.account !== call.account) throw keyNotFound(input.AccessKeyId);
    return { UserName: key.userName, AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } };
  },
};
