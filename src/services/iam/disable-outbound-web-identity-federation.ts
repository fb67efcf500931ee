/** DisableOutboundWebIdentityFederation: no more tokens; those that are out stay verifiable until they expire. */
import { switchOutboundIssuer } from '../../federation/outbound/outbound-issuer.ts';
import type { Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { featureDisabled } from './outbound-federation.ts';
import { onResource } from './permissions.ts';

export const disableOutboundWebIdentityFederation: Operation<Empty, Empty> = {
  name: 'DisableOutboundWebIdentityFederation',
  permission: onResource('iam:DisableOutboundWebIdentityFederation', () => '*'),
  async handle(_input, call) {
    if ((await switchOutboundIssuer(call.account, false, call.sojourn)) === undefined)
      throw featureDisabled(call.account, 'already disabled');
    return {};
  },
};
