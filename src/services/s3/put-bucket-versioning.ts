import type { Empty, PutBucketVersioningRequest } from '../../wire/generated/s3-types.ts';
import type { Operation } from '../operation.ts';
import { malformedXml, notImplemented, s3Error } from './errors.ts';
import { changeBucket } from './existing-bucket.ts';
import { onBucket } from './permissions.ts';

/** Enables or suspends the versioning of a bucket; there is no way back to never. */
export const putBucketVersioning: Operation<PutBucketVersioningRequest, Empty> = {
  name: 'PutBucketVersioning',
  permission: onBucket('s3:PutBucketVersioning'),
  async handle(input, call) {
    const { Status, MFADelete } = input.VersioningConfiguration;
    if (MFADelete !== undefined && MFADelete !== 'Enabled' && MFADelete !== 'Disabled') throw malformedXml();
    if (Status === undefined) {
      throw s3Error('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
    }
    if (Status !== 'Enabled' && Status !== 'Suspended') throw malformedXml();
    // There are no MFA devices here: to say otherwise would promise a protection that is not there.
    if (MFADelete === 'Enabled') throw notImplemented('MFA delete');
    await changeBucket(input, call, (bucket) => ({ ...bucket, versioning: Status }));
    return {};
  },
};
