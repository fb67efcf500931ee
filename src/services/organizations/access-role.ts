/** The role that AWS makes in every created account: administrators of the management account get in through it. */
import { iamArn, type AccountId } from '../../base/arn.ts';
import { makeUniqueId } from '../../base/unique-id.ts';
import { administratorAccess } from '../../federation/managed-policies/administrator-access.ts';
import type { Role } from '../../storage/state/iam-records.ts';
import type { Writers } from '../../storage/state/state.ts';
import { holdPolicy } from '../iam/policy-holders.ts';
import type { Call } from '../operation.ts';

/** Its name unless CreateAccount asks for another. */
export const DEFAULT_ROLE_NAME = 'OrganizationAccountAccessRole';

/** Creates the role in `account`, trusting `management`. */
export async function createAccessRole(
  writers: Writers,
  account: AccountId,
  management: AccountId,
  name: string,
  call: Call,
): Promise<void> {
  const role: Role = {
    account,
    arn: iamArn(account, `role/${name}`),
    path: '/',
    name,
    id: makeUniqueId('AROA', account, call.sojourn.random),
    createDate: call.now,
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: iamArn(management, 'root') }, Action: 'sts:AssumeRole' }],
    }),
    description: undefined,
    maxSessionDuration: undefined,
    permissionsBoundary: undefined,
    tags: [],
    inlinePolicies: {},
    attachedPolicies: [administratorAccess.arn],
  };
  await writers.roles.put(`${account}/${name.toLowerCase()}`, role);
  await holdPolicy(writers, 'role', role, administratorAccess.arn, 'attached');
}
