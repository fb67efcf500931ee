/** UpdateAccessKey: an inactive key is refused like one that does not exist. */
import type { Empty, UpdateAccessKeyRequest } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { keyOfUser, rootKeyFixed } from './access-keys.ts';
import { iamError } from './errors.ts';
import { onSubject, subjectOf } from './implied-user.ts';
import { users } from './named-records.ts';

export const updateAccessKey: Operation<UpdateAccessKeyRequest, Empty> = {
  name: 'UpdateAccessKey',
  permission: onSubject('iam:UpdateAccessKey'),
  handle: async (input, call) => {
    const { Status: status } = input;
    if (status === 'Expired') throw iamError('InvalidInput', 'Operation does not support status Expired');
    const subject = subjectOf(input.UserName, call);
    if (subject.kind === 'root') throw rootKeyFixed();
    await call.sojourn.state.write(async (writers) => {
      const user = await users.find(writers, call.account, subject.name);
      const key = await keyOfUser(writers, user, input.AccessKeyId);
      await writers.accessKeys.put(key.id, { ...key, status });
    });
    return {};
  },
};
