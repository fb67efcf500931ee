/** CreateAccessKey: the one time that the secret is shown. */
import { issueAccessKey } from '../../federation/issue-access-key.ts';
import type { AccessKey } from '../../storage/state/iam-records.ts';
import type { CreateAccessKeyRequest, CreateAccessKeyResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { rootKeyFixed } from './access-keys.ts';
import { onSubject, subjectOf } from './implied-user.ts';
import { users } from './named-records.ts';
import { quotaExceeded, QUOTAS } from './quotas.ts';

export const createAccessKey: Operation<CreateAccessKeyRequest, CreateAccessKeyResponse> = {
  name: 'CreateAccessKey',
  permission: onSubject('iam:CreateAccessKey'),
  handle: async (input, call) => {
    const subject = subjectOf(input.UserName, call);
    if (subject.kind === 'root') throw rootKeyFixed();
    const issued = issueAccessKey(call.account, call.sojourn);
    const user = await users.change(call, subject.name, async (owner, writers) => {
      if (owner.accessKeyIds.length >= QUOTAS.AccessKeysPerUser) throw quotaExceeded('AccessKeysPerUser');
      const key: AccessKey = {
        id: issued.accessKeyId,
        account: call.account,
        userKey: owner.name.toLowerCase(),
        userName: owner.name,
        sealedSecret: issued.sealedSecret,
        status: 'Active',
        createDate: call.now,
      };
      await writers.accessKeys.put(key.id, key);
      return { ...owner, accessKeyIds: [...owner.accessKeyIds, key.id] };
    });
    return {
      AccessKey: {
        UserName: user.name,
        AccessKeyId: issued.accessKeyId,
        Status: 'Active',
        SecretAccessKey: issued.secretAccessKey,
        CreateDate: new Date(call.now),
      },
    };
  },
};
