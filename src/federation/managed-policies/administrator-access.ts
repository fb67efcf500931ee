/** AdministratorAccess: everything. */
import { managedPolicyFrom } from './aws-managed-policy.ts';

export const administratorAccess = managedPolicyFrom({
  name: 'AdministratorAccess',
  id: 'ANPAIWMBCKSKIEE64ZLYK',
  description: 'Provides full access to AWS services and resources.',
  created: '2015-02-06T18:39:46Z',
  updated: '2015-02-06T18:39:46Z',
  versionId: 'v1',
  statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
