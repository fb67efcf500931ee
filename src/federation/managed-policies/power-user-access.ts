/** PowerUserAccess: everything but the management of identities, organizations and accounts. */
import { managedPolicyFrom } from './aws-managed-policy.ts';

export const powerUserAccess = managedPolicyFrom({
  name: 'PowerUserAccess',
  id: 'ANPAJYRXTHIB4FOVS3ZXS',
  description: 'Provides full access to AWS services and resources, but does not allow management of Users and groups.',
  created: '2015-02-06T18:39:47Z',
  updated: '2023-07-06T22:04:00Z',
  versionId: 'v5',
  statements: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: [
        'account:GetAccountInformation',
        'account:GetPrimaryEmail',
        'account:ListRegions',
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeOrganization',
      ],
      Resource: '*',
    },
  ],
});
