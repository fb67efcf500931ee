/** AmazonS3ReadOnlyAccess: reading every bucket and object. */
import { managedPolicyFrom } from './aws-managed-policy.ts';

export const amazonS3ReadOnlyAccess = managedPolicyFrom({
  name: 'AmazonS3ReadOnlyAccess',
  id: 'ANPAIZTJ4DXE7G6AGAE6M',
  description: 'Provides read only access to all buckets via the AWS Management Console.',
  created: '2015-02-06T18:40:59Z',
  updated: '2023-08-10T21:31:00Z',
  versionId: 'v3',
  statements: [
    {
      Effect: 'Allow',
      Action: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
      Resource: '*',
    },
  ],
});
