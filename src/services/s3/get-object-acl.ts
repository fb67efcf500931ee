import type { GetObjectAclOutput, GetObjectAclRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { existingBucket } from './existing-bucket.ts';
import { existingObject, READ_ACL } from './missing-object.ts';
import { tellVersion } from './object-versions.ts';
import { ownerAcl } from './owner-grant.ts';
import { onExistingObject } from './permissions.ts';

/** The ACL of an object: its bucket's owner has full control. */
export const getObjectAcl: Operation<GetObjectAclRequest, GetObjectAclOutput> = {
  name: 'GetObjectAcl',
  permission: onExistingObject(['s3:GetObjectAcl']),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const { versionId } = await existingObject(input, call, READ_ACL);
    tellVersion(bucket, versionId, call);
    return ownerAcl(bucket.account);
  },
};
