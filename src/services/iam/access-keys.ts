/** Access keys as records: each hangs on one user. */
import type { ServiceError } from '../../base/service-error.ts';
import type { AccessKey, User } from '../../storage/state/iam-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { AccessKeyMetadata } from '../../wire/generated/iam-types.ts';
import { iamError } from './errors.ts';

/** The user's key of that id. Throws `NoSuchEntity` when it is not the user's. */
export async function keyOfUser(readers: Readers, user: User, accessKeyId: string): Promise<AccessKey> {
  const key = user.accessKeyIds.includes(accessKeyId) ? await readers.accessKeys.get(accessKeyId) : undefined;
  if (key === undefined) throw keyNotFound(accessKeyId);
  return key;
}

/** `The Access Key with id {id} cannot be found.` */
export function keyNotFound(accessKeyId: string): ServiceError {
  return iamError('NoSuchEntity', `The Access Key with id ${accessKeyId} cannot be found.`);
}

/** Root's key comes from the installation's configuration: no call changes it. */
export function rootKeyFixed(): ServiceError {
  return iamError('UnmodifiableEntity', 'The access key of the root user is set in the configuration of the service.');
}

/** A key as ListAccessKeys prints it: never its secret. */
export function keyMetadata(key: AccessKey): AccessKeyMetadata {
  return {
    UserName: key.userName,
    AccessKeyId: key.id,
    Status: key.status,
    CreateDate: new Date(key.createDate),
  };
}
