/** IAMFullAccess: IAM, and the view of the organization that goes with it. */
import { managedPolicyFrom } from './aws-managed-policy.ts';

export const iamFullAccess = managedPolicyFrom({
  name: 'IAMFullAccess',
  id: 'ANPAI7XKCFMBPM3QQRRVK',
  description: 'Provides full access to IAM via the AWS Management Console.',
  created: '2015-02-06T18:40:38Z',
  updated: '2019-06-21T19:40:00Z',
  versionId: 'v2',
  statements: [
    {
      Effect: 'Allow',
      Action: [
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:DescribeOrganizationalUnit',
        'organizations:DescribePolicy',
        'organizations:ListChildren',
        'organizations:ListParents',
        'organizations:ListPolicies',
        'organizations:ListPoliciesForTarget',
        'organizations:ListRoots',
        'organizations:ListTargetsForPolicy',
      ],
      Resource: '*',
    },
  ],
});
