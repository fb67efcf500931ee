/** Actions of AWS IAM and the ARNs that they can be asked of (AWS service authorization reference). An ARN of another type than the action's never fits (observed in September 2026). */
import type { ServiceActions } from '../service-actions.ts';

/** The row of `iam`. */
export const IAM_ACTIONS: ServiceActions = {
  prefix: 'iam',
  onResources: [
    {
      beginnings: ['iam:access-report/'],
      actions: `
        GenerateOrganizationsAccessReport`,
    },
    {
      beginnings: ['iam:delegation-request/'],
      actions: `
        AcceptDelegationRequest AssociateDelegationRequest CreateDelegationRequest GetDelegationRequest
        GetHumanReadableSummary RejectDelegationRequest SendDelegationToken`,
    },
    {
      beginnings: ['iam:group/'],
      actions: `
        AddUserToGroup AttachGroupPolicy CreateGroup DeleteGroup DeleteGroupPolicy DetachGroupPolicy GetGroup
        GetGroupPolicy ListAttachedGroupPolicies ListGroupPolicies PutGroupPolicy RemoveUserFromGroup UpdateGroup`,
    },
    {
      beginnings: ['iam:group/', 'iam:policy/', 'iam:role/', 'iam:user/'],
      actions: `
        GenerateServiceLastAccessedDetails`,
    },
    {
      beginnings: ['iam:group/', 'iam:role/', 'iam:user/'],
      actions: `
        GetContextKeysForPrincipalPolicy ListPoliciesGrantingServiceAccess SimulatePrincipalPolicy`,
    },
    {
      beginnings: ['iam:instance-profile/'],
      actions: `
        AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile
        ListInstanceProfileTags RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile`,
    },
    {
      beginnings: ['iam:mfa/'],
      actions: `
        CreateVirtualMFADevice ListMFADeviceTags TagMFADevice UntagMFADevice`,
    },
    {
      beginnings: ['iam:mfa/', 'iam:sms-mfa/'],
      actions: `
        DeleteVirtualMFADevice`,
    },
    {
      beginnings: ['iam:oidc-provider/'],
      actions: `
        AddClientIDToOpenIDConnectProvider CreateOpenIDConnectProvider DeleteOpenIDConnectProvider
        GetOpenIDConnectProvider ListOpenIDConnectProviderTags RemoveClientIDFromOpenIDConnectProvider
        TagOpenIDConnectProvider UntagOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint`,
    },
    {
      beginnings: ['iam:policy/'],
      actions: `
        CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion
        ListEntitiesForPolicy ListPolicyTags ListPolicyVersions SetDefaultPolicyVersion TagPolicy UntagPolicy`,
    },
    {
      beginnings: ['iam:role/'],
      actions: `
        AttachRolePolicy CreateRole CreateServiceLinkedRole DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy
        DeleteServiceLinkedRole DetachRolePolicy GetRole GetRolePolicy GetServiceLinkedRoleDeletionStatus
        ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies ListRoleTags PassRole
        PutRolePermissionsBoundary PutRolePolicy TagRole UntagRole UpdateAssumeRolePolicy UpdateRole
        UpdateRoleDescription`,
    },
    {
      beginnings: ['iam:saml-provider/'],
      actions: `
        CreateSAMLProvider DeleteSAMLProvider GetSAMLProvider ListSAMLProviderTags TagSAMLProvider UntagSAMLProvider
        UpdateSAMLProvider`,
    },
    {
      beginnings: ['iam:server-certificate/'],
      actions: `
        DeleteServerCertificate GetServerCertificate ListServerCertificateTags TagServerCertificate
        UntagServerCertificate UpdateServerCertificate UploadServerCertificate`,
    },
    {
      beginnings: ['iam:user/'],
      actions: `
        AttachUserPolicy ChangePassword CreateAccessKey CreateLoginProfile CreateServiceSpecificCredential CreateUser
        DeactivateMFADevice DeleteAccessKey DeleteLoginProfile DeleteSSHPublicKey DeleteServiceSpecificCredential
        DeleteSigningCertificate DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy DetachUserPolicy
        EnableMFADevice GetAccessKeyLastUsed GetLoginProfile GetMFADevice GetSSHPublicKey GetUser GetUserPolicy
        ListAccessKeys ListAttachedUserPolicies ListGroupsForUser ListMFADevices ListSSHPublicKeys
        ListServiceSpecificCredentials ListSigningCertificates ListUserPolicies ListUserTags
        PutUserPermissionsBoundary PutUserPolicy ResetServiceSpecificCredential ResyncMFADevice TagUser UntagUser
        UpdateAccessKey UpdateLoginProfile UpdateSSHPublicKey UpdateServiceSpecificCredential UpdateSigningCertificate
        UpdateUser UploadSSHPublicKey UploadSigningCertificate`,
    },
  ],
  withoutResource: `
    CreateAccountAlias DeleteAccountAlias DeleteAccountPasswordPolicy DeleteCloudFrontPublicKey
    DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions
    DisableOutboundWebIdentityFederation EnableOrganizationsRootCredentialsManagement
    EnableOrganizationsRootSessions EnableOutboundWebIdentityFederation GenerateCredentialReport
    GetAccountAuthorizationDetails GetAccountEmailAddress GetAccountName GetAccountPasswordPolicy
    GetAccountSummary GetCloudFrontPublicKey GetContextKeysForCustomPolicy GetCredentialReport
    GetOrganizationsAccessReport GetOutboundWebIdentityFederationInfo GetServiceLastAccessedDetails
    GetServiceLastAccessedDetailsWithEntities ListAccountAliases ListCloudFrontPublicKeys ListDelegationRequests
    ListGroups ListInstanceProfiles ListOpenIDConnectProviders ListOrganizationsFeatures ListPolicies ListRoles
    ListSAMLProviders ListSTSRegionalEndpointsStatus ListServerCertificates ListUsers ListVirtualMFADevices
    SetSTSRegionalEndpointStatus SetSecurityTokenServicePreferences SimulateCustomPolicy UpdateAccountEmailAddress
    UpdateAccountName UpdateAccountPasswordPolicy UpdateCloudFrontPublicKey UploadCloudFrontPublicKey`,
};
