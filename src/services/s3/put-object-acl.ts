import type { PutObjectAclOutput, PutObjectAclRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { writeKeys } from './condition-keys.ts';
import { existingBucket } from './existing-bucket.ts';
import { existingObject, SUBRESOURCE } from './missing-object.ts';
import { tellVersion } from './object-versions.ts';
import { checkAcl } from './owner-grant.ts';
import { onExistingObject } from './permissions.ts';

/** Accepts an ACL that changes nothing, refuses every other. */
export const putObjectAcl: Operation<PutObjectAclRequest, PutObjectAclOutput> = {
  name: 'PutObjectAcl',
  permission: onExistingObject(['s3:PutObjectAcl'], (_input, call) => writeKeys(call)),
  async handle(input, call) {
    const bucket = await existingBucket(input, call);
    const { versionId } = await existingObject(input, call, SUBRESOURCE);
    checkAcl(input, bucket);
    tellVersion(bucket, versionId, call);
    return {};
  },
};
