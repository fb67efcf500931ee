/** ListAWSServiceAccessForOrganization: the AWS services that the organization was opened to. */
import type {
  ListAWSServiceAccessForOrganizationRequest,
  ListAWSServiceAccessForOrganizationResponse,
} from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { pageOfList } from './paging.ts';
import { onOrganization } from './permissions.ts';
import { managedOrganization } from './standing.ts';

/** By their names, 20 a page. Throws `InvalidInputException` for a token of another list. */
export const listAWSServiceAccessForOrganization: Operation<
  ListAWSServiceAccessForOrganizationRequest,
  ListAWSServiceAccessForOrganizationResponse
> = {
  name: 'ListAWSServiceAccessForOrganization',
  permission: onOrganization('organizations:ListAWSServiceAccessForOrganization'),
  handle: async (input, call) => {
    const { serviceAccess = [] } = await managedOrganization(call.sojourn.state, call.account);
    const enabled = serviceAccess
      .map(({ principal, enableDate }) => ({ ServicePrincipal: principal, DateEnabled: new Date(enableDate) }))
      .sort((a, b) => (a.ServicePrincipal < b.ServicePrincipal ? -1 : 1));
    const { items, next } = pageOfList(call, 'ListAWSServiceAccessForOrganization', enabled, input);
    return { EnabledServicePrincipals: items, ...next };
  },
};
