/** EnableOutboundWebIdentityFederation: the account gets an issuer of its own, the same one each time. */
import { issuerUrl, switchOutboundIssuer } from '../../federation/outbound/outbound-issuer.ts';
import type { Empty, EnableOutboundWebIdentityFederationResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { onResource } from './permissions.ts';

export const enableOutboundWebIdentityFederation: Operation<Empty, EnableOutboundWebIdentityFederationResponse> = {
  name: 'EnableOutboundWebIdentityFederation',
  permission: onResource('iam:EnableOutboundWebIdentityFederation', () => '*'),
  async handle(_input, call) {
    const issuer = await switchOutboundIssuer(call.account, true, call.sojourn);
    if (issuer === undefined) {
      throw iamError('FeatureEnabled', `Outbound identity federation is already enabled for account ${call.account}`);
    }
    return { IssuerIdentifier: issuerUrl(issuer, call.sojourn) };
  },
};
