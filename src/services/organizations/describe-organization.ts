/** DescribeOrganization: the one call that member accounts may make too. */
import type { DescribeOrganizationResponse, Empty } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { organizationAnswer } from './answers.ts';
import { ownerKey } from './permissions.ts';
import { organizationOf } from './standing.ts';

/** For callers of every account in it. Throws `AWSOrganizationsNotInUseException`. */
export const describeOrganization: Operation<Empty, DescribeOrganizationResponse> = {
  name: 'DescribeOrganization',
  permission: {
    kind: 'actions',
    actions: ['organizations:DescribeOrganization'],
    requirements: async (_input, call) => [
      {
        action: 'organizations:DescribeOrganization',
        resource: '*',
        context: ownerKey(await organizationOf(call.sojourn.state, call.account)),
      },
    ],
  },
  handle: async (_input, call) => ({
    Organization: organizationAnswer(await organizationOf(call.sojourn.state, call.account)),
  }),
};
