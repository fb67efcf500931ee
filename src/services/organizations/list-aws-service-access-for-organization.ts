/** ListAWSServiceAccessForOrganization: no other service reaches into an organization here, so none is listed. */
import type {
  ListAWSServiceAccessForOrganizationRequest,
  ListAWSServiceAccessForOrganizationResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { pageOfList } from './paging.ts';
import { onOrganization } from './permissions.ts';
import { managedOrganization } from './standing.ts';

/** Always an empty list. Throws `InvalidInputException` for any token, since no page has one. */
export const listAWSServiceAccessForOrganization: Operation<
  ListAWSServiceAccessForOrganizationRequest,
  ListAWSServiceAccessForOrganizationResponse
> = {
  name: 'ListAWSServiceAccessForOrganization',
  permission: onOrganization('organizations:ListAWSServiceAccessForOrganization'),
  handle: async (input, call) => {
    await managedOrganization(call.sojourn.state, call.account);
    const { items, next } = pageOfList(call, 'ListAWSServiceAccessForOrganization', [], input);
    return { EnabledServicePrincipals: items, ...next };
  },
};
