/** DisableAWSServiceAccess: closes the organization to an AWS service. */
import type { DisableAWSServiceAccessRequest, Empty } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { onOrganization, servicePrincipalKey } from './permissions.ts';
import { managedOrganization } from './standing.ts';

/** A service that has no access is no error. */
export const disableAWSServiceAccess: Operation<DisableAWSServiceAccessRequest, Empty> = {
  name: 'DisableAWSServiceAccess',
  permission: onOrganization('organizations:DisableAWSServiceAccess', (input) =>
    servicePrincipalKey(input.ServicePrincipal),
  ),
  handle: async (input, call) => {
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const serviceAccess = (organization.serviceAccess ?? []).filter(
        ({ principal }) => principal !== input.ServicePrincipal,
      );
      await writers.organizations.put(organization.id, { ...organization, serviceAccess });
    });
    return {};
  },
};
