/** GetOutboundWebIdentityFederationInfo: the account's issuer. */
import { issuerUrl, outboundIssuerOf } from '../../federation/outbound/outbound-issuer.ts';
import type { Empty, GetOutboundWebIdentityFederationInfoResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { featureDisabled } from './outbound-federation.ts';
import { onResource } from './permissions.ts';

export const getOutboundWebIdentityFederationInfo: Operation<Empty, GetOutboundWebIdentityFederationInfoResponse> = {
  name: 'GetOutboundWebIdentityFederationInfo',
  permission: onResource('iam:GetOutboundWebIdentityFederationInfo', () => '*'),
  async handle(_input, call) {
    const issuer = await outboundIssuerOf(call.account, call.sojourn.state);
    if (issuer?.enabled !== true) throw featureDisabled(call.account, 'disabled');
    return { IssuerIdentifier: issuerUrl(issuer, call.sojourn), JwtVendingEnabled: true };
  },
};
