/** DetachRolePolicy: one that is not attached is `NoSuchEntity`. */
import type { DetachRolePolicyRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { detachPolicy } from './attachments.ts';
import { roles } from './named-records.ts';
import { onRole } from './permissions.ts';

export const detachRolePolicy: Operation<DetachRolePolicyRequest, Empty> = {
  name: 'DetachRolePolicy',
  permission: onRole('iam:DetachRolePolicy', (input) => ({ 'iam:PolicyARN': input.PolicyArn })),
  handle: async (input, call) => {
    await roles.change(call, input.RoleName, (role, writers) => detachPolicy(writers, 'role', role, input.PolicyArn));
    return {};
  },
};
