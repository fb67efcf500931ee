/** AmazonS3FullAccess: every bucket and object. */
import { managedPolicyFrom } from './aws-managed-policy.ts';

export const amazonS3FullAccess = managedPolicyFrom({
  name: 'AmazonS3FullAccess',
  id: 'ANPAIFIR6V6BVTRAHWINE',
  description: 'Provides full access to all buckets via the AWS Management Console.',
  created: '2015-02-06T18:40:58Z',
  updated: '2021-09-27T20:16:00Z',
  versionId: 'v2',
  statements: [{ Effect: 'Allow', Action: ['s3:*', 's3-object-lambda:*'], Resource: '*' }],
});
