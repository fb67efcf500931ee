/** AttachRolePolicy: attaching one that is attached changes nothing. */
import type { AttachRolePolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { attachPolicy } from './attachments.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';

export const attachRolePolicy: Operation<AttachRolePolicyRequest, Empty> = {
  name: 'AttachRolePolicy',
  permission: onRole('iam:AttachRolePolicy', (input) => ({ 'iam:PolicyARN': input.PolicyArn })),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, (role, writers) => attachPolicy(writers, 'role', role, input.PolicyArn));
    return {};
  },
};
