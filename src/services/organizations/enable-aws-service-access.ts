/**
 * EnableAWSServiceAccess: opens the organization to an AWS service. None of those that would come in is
 * here, so it is noted and listed, as Terraform and consoles read it, and nobody acts on it.
 */
import type { EnableAWSServiceAccessRequest, Empty } from '../../wire/generated/organizations-types.ts';
import type { Operation } from '../operation.ts';
import { invalidParameter } from './errors.ts';
import { onOrganization, servicePrincipalKey } from './permissions.ts';
import { SERVICES_PER_ORGANIZATION } from './quotas.ts';
import { managedOrganization } from './standing.ts';

/** What the principals of all of AWS's services end with; which of them there are is not known here. */
const SERVICE_DOMAIN = '.amazonaws.com';

/** A service that has access keeps its date. Throws `InvalidInputException` for what is no principal of a service. */
export const enableAWSServiceAccess: Operation<EnableAWSServiceAccessRequest, Empty> = {
  name: 'EnableAWSServiceAccess',
  permission: onOrganization('organizations:EnableAWSServiceAccess', (input) =>
    servicePrincipalKey(input.ServicePrincipal),
  ),
  handle: async (input, call) => {
    const principal = input.ServicePrincipal;
    if (!principal.endsWith(SERVICE_DOMAIN)) throw invalidParameter('UNRECOGNIZED_SERVICE_PRINCIPAL');
    await call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      const enabled = organization.serviceAccess ?? [];
      if (enabled.some((access) => access.principal === principal)) return;
      if (enabled.length >= SERVICES_PER_ORGANIZATION) throw invalidParameter('UNRECOGNIZED_SERVICE_PRINCIPAL');
      const serviceAccess = [...enabled, { principal, enableDate: call.now }];
      await writers.organizations.put(organization.id, { ...organization, serviceAccess });
    });
    return {};
  },
};
