/** ListAccessKeys: oldest first; for root, the one key that it has. */
import type { ListAccessKeysRequest, ListAccessKeysResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { keyMetadata } from './access-keys.ts';
import { onSubject, subjectOf } from './implied-user.ts';
import { users } from './named-records.ts';
import { pageOfList } from './paging.ts';

export const listAccessKeys: Operation<ListAccessKeysRequest, ListAccessKeysResponse> = {
  name: 'ListAccessKeys',
  permission: onSubject('iam:ListAccessKeys'),
  handle: async (input, call) => {
    const { state, rootAccessKey } = call.sojourn;
    const subject = subjectOf(input.UserName, call);
    if (subject.kind === 'root') {
      return { AccessKeyMetadata: [{ AccessKeyId: rootAccessKey.accessKeyId, Status: 'Active' }], IsTruncated: false };
    }
    const user = await users.find(state, call.account, subject.name);
    const { items, mark } = pageOfList(call, 'ListAccessKeys', user.accessKeyIds, input);
    const keys = await Promise.all(items.map((id) => state.accessKeys.get(id)));
    return { AccessKeyMetadata: keys.filter((key) => key !== undefined).map(keyMetadata), ...mark };
  },
};
