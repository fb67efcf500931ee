/** IpAddress, NotIpAddress. */
import { contains, hasHostBits, readAddress, readNetwork, unmapped } from './address.ts';
import { MATCH, NO_MATCH, UNREADABLE, withNegation, type ValueTest } from './operator.ts';

/** Membership in a network. A request value that is no address makes both false (recorded). */
export const [ipAddress, notIpAddress] = withNegation('IpAddress', 'NotIpAddress', networkTest, isStorableNetwork);

function networkTest(value: string): ValueTest {
  const network = readNetwork(value);
  // IPv4 ignores host bits; an IPv6 network with host bits set never matches (recorded).
  const usable = network !== undefined && isStorableNetwork(value) ? network : undefined;
  return (actual) => {
    const address = readAddress(actual);
    if (address === undefined) return UNREADABLE;
    return usable !== undefined && contains(usable, unmapped(address)) ? MATCH : NO_MATCH;
  };
}

function isStorableNetwork(value: string): boolean {
  const network = readNetwork(value);
  return network !== undefined && (network.address.length === 2 || !hasHostBits(network));
}
