/** Actions of AWS STS and the ARNs that they can be asked of (AWS service authorization reference). Roles are IAM's. */
import type { ServiceActions } from '../service-actions.ts';

/** The row of `sts`. */
export const STS_ACTIONS: ServiceActions = {
  prefix: 'sts',
  onResources: [
    {
      beginnings: ['iam:role/'],
      actions: `
        AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity SetSourceIdentity TagSession`,
    },
    {
      beginnings: ['iam:role/', 'sts:self'],
      actions: `
        SetContext`,
    },
    {
      beginnings: ['iam:root'],
      actions: `
        AssumeRoot`,
    },
    {
      beginnings: ['sts:federated-user/'],
      actions: `
        GetFederationToken`,
    },
  ],
  withoutResource: `
    DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetDelegatedAccessToken GetServiceBearerToken
    GetSessionToken GetWebIdentityToken TagGetWebIdentityToken`,
};
