/** DeleteAccessKey. */
import { accessKeyUseKey } from '../../federation/last-uses.ts';
import type { DeleteAccessKeyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { keyOfUser, rootKeyFixed } from './access-keys.ts';
import { onSubject, subjectOf } from './implied-user.ts';
import { users } from './named-records.ts';

export const deleteAccessKey: Operation<DeleteAccessKeyRequest, Empty> = {
  name: 'DeleteAccessKey',
  permission: onSubject('iam:DeleteAccessKey'),
  handle: async (input, call) => {
    const subject = subjectOf(input.UserName, call);
    if (subject.kind === 'root') throw rootKeyFixed();
    await users.change(call, subject.name, async (user, writers) => {
      const key = await keyOfUser(writers, user, input.AccessKeyId);
      await writers.lastUses.delete(accessKeyUseKey(key.id));
      await writers.accessKeys.delete(key.id);
      return { ...user, accessKeyIds: user.accessKeyIds.filter((id) => id !== key.id) };
    });
    return {};
  },
};
