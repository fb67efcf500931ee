/** sts:GetAccessKeyInfo. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html */
import { accountOfId } from '../../base/unique-id.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse } from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';

export const getAccessKeyInfo: Operation<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse> = {
  name: 'GetAccessKeyInfo',
  permission: {
    kind: 'actions',
    actions: ['sts:GetAccessKeyInfo'],
    requirements: () => [{ action: 'sts:GetAccessKeyInfo', resource: '*' }],
  },
  async handle(input, call) {
    const { state, rootAccessKey } = call.sojourn;
    // The key id itself carries the account (aws-federation 7.2); a configured root key may not.
    const account =
      input.AccessKeyId === rootAccessKey.accessKeyId
        ? call.sojourn.account
        : (accountOfId(input.AccessKeyId) ?? (await state.accessKeys.get(input.AccessKeyId))?.account);
    // AWS's code and text for a key that names no account are not recorded: the safe, clear way.
    if (account === undefined) throw stsError('ValidationError', 'The access key ID is not valid.');
    return { Account: account };
  },
};
