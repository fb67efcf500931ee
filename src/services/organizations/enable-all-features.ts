/**
 * EnableAllFeatures: an organization that began with consolidated billing gets control policies. On AWS
 * every invited account has to agree and the management account to finish. Here no account was invited,
 * so it is done when it is answered: the handshake is born accepted, and nothing of it is kept.
 */
import type { Organization } from '../../storage/state/organization-records.ts';
import type { EnableAllFeaturesResponse, Empty, Handshake } from '../../wire/generated/organizations-types.ts';
import type { Call, Operation } from '../operation.ts';
import { allFeaturesEnabled } from './errors.ts';
import { handshakeArn, makeHandshakeId } from './ids.ts';
import { onOrganization } from './permissions.ts';
import { managedOrganization } from './standing.ts';

/** Milliseconds for which AWS leaves such a handshake open: 90 days. */
const HANDSHAKE_LIFE = 90 * 24 * 60 * 60 * 1000;

/** Throws `HandshakeConstraintViolationException` when the organization has all features. */
export const enableAllFeatures: Operation<Empty, EnableAllFeaturesResponse> = {
  name: 'EnableAllFeatures',
  permission: onOrganization('organizations:EnableAllFeatures'),
  handle: (_input, call) =>
    call.sojourn.state.write(async (writers) => {
      const organization = await managedOrganization(writers, call.account);
      if (organization.featureSet === 'ALL') throw allFeaturesEnabled();
      await writers.organizations.put(organization.id, { ...organization, featureSet: 'ALL' });
      return { Handshake: acceptedHandshake(organization, call) };
    }),
};

function acceptedHandshake(organization: Organization, call: Call): Handshake {
  const id = makeHandshakeId(call.sojourn.random);
  return {
    Id: id,
    Arn: handshakeArn(organization, 'ENABLE_ALL_FEATURES', id),
    Parties: [{ Id: organization.id.slice('o-'.length), Type: 'ORGANIZATION' }],
    State: 'ACCEPTED',
    RequestedTimestamp: new Date(call.now),
    ExpirationTimestamp: new Date(call.now + HANDSHAKE_LIFE),
    Action: 'ENABLE_ALL_FEATURES',
    Resources: [{ Type: 'ORGANIZATION', Value: organization.id }],
  };
}
