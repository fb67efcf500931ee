/** Actions of AWS Organizations and the ARNs that they can be asked of (AWS service authorization reference). */
import type { ServiceActions } from '../service-actions.ts';

/** The row of `organizations`. */
export const ORGANIZATIONS_ACTIONS: ServiceActions = {
  prefix: 'organizations',
  onResources: [
    {
      beginnings: ['organizations:account/'],
      actions: `
        CloseAccount DeregisterDelegatedAdministrator DescribeAccount DescribeEffectivePolicy
        InviteAccountToOrganization InviteOrganizationToTransferResponsibility ListDelegatedServicesForAccount
        ListEffectivePolicyValidationErrors RegisterDelegatedAdministrator RemoveAccountFromOrganization`,
    },
    {
      beginnings: ['organizations:account/', 'organizations:ou/'],
      actions: `
        ListParents`,
    },
    {
      beginnings: [
        'organizations:account/',
        'organizations:ou/',
        'organizations:policy/',
        'organizations:resourcepolicy/',
        'organizations:root/',
        'organizations:transfer/',
      ],
      actions: `
        ListTagsForResource TagResource UntagResource`,
    },
    {
      beginnings: ['organizations:account/', 'organizations:ou/', 'organizations:policy/', 'organizations:root/'],
      actions: `
        AttachPolicy DetachPolicy`,
    },
    {
      beginnings: ['organizations:account/', 'organizations:ou/', 'organizations:root/'],
      actions: `
        ListPoliciesForTarget MoveAccount`,
    },
    {
      beginnings: ['organizations:handshake/'],
      actions: `
        AcceptHandshake CancelHandshake DeclineHandshake DescribeHandshake`,
    },
    {
      beginnings: ['organizations:ou/'],
      actions: `
        DeleteOrganizationalUnit DescribeOrganizationalUnit UpdateOrganizationalUnit`,
    },
    {
      beginnings: ['organizations:ou/', 'organizations:root/'],
      actions: `
        CreateOrganizationalUnit ListAccountsForParent ListChildren ListOrganizationalUnitsForParent`,
    },
    {
      beginnings: ['organizations:policy/'],
      actions: `
        DeletePolicy DescribePolicy ListTargetsForPolicy UpdatePolicy`,
    },
    {
      beginnings: ['organizations:resourcepolicy/'],
      actions: `
        PutResourcePolicy`,
    },
    {
      beginnings: ['organizations:root/'],
      actions: `
        DisablePolicyType EnablePolicyType`,
    },
    {
      beginnings: ['organizations:transfer/'],
      actions: `
        DescribeResponsibilityTransfer TerminateResponsibilityTransfer UpdateResponsibilityTransfer`,
    },
  ],
  withoutResource: `
    CreateAccount CreateGovCloudAccount CreateOrganization CreatePolicy DeleteOrganization DeleteResourcePolicy
    DescribeCreateAccountStatus DescribeOrganization DescribeResourcePolicy DisableAWSServiceAccess
    EnableAWSServiceAccess EnableAllFeatures LeaveOrganization ListAWSServiceAccessForOrganization ListAccounts
    ListAccountsWithInvalidEffectivePolicy ListCreateAccountStatus ListDelegatedAdministrators
    ListHandshakesForAccount ListHandshakesForOrganization ListInboundResponsibilityTransfers
    ListOutboundResponsibilityTransfers ListPolicies ListRoots`,
};
