/** DescribeCreateAccountStatus: what became of one CreateAccount. */
import type {
  DescribeCreateAccountStatusRequest,
  DescribeCreateAccountStatusResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { creationAnswer } from './answers.ts';
import { organizationsError } from './errors.ts';
import { onOrganization } from './permissions.ts';
import { managedOrganization } from './standing.ts';

/** Throws `CreateAccountStatusNotFoundException`. */
export const describeCreateAccountStatus: Operation<
  DescribeCreateAccountStatusRequest,
  DescribeCreateAccountStatusResponse
> = {
  name: 'DescribeCreateAccountStatus',
  permission: onOrganization('organizations:DescribeCreateAccountStatus'),
  handle: async (input, call) => {
    const { state } = call.sojourn;
    const organization = await managedOrganization(state, call.account);
    const creation = await state.accountCreations.get(`${organization.id}/${input.CreateAccountRequestId}`);
    if (creation === undefined) throw organizationsError('CreateAccountStatusNotFoundException');
    return { CreateAccountStatus: creationAnswer(creation) };
  },
};
