/** Addresses in networks. */
import { MATCH, NO_MATCH, UNREADABLE, type ValueTest } from '../operators/operator.ts';
import { contains, hasHostBits, readNetwork, readRequestAddress, type Network } from './address.ts';
import { rememberingLast } from '../remember.ts';

const readAddressOnce = rememberingLast(readRequestAddress);

/** Whether IAM stores the text as a network. An IPv6 one with bits set beyond its prefix is refused (recorded). */
export function isNetwork(value: string): boolean {
  return usableNetwork(value) !== undefined;
}

/** A test of membership. A request value that is no address makes the operator and its negation false (recorded). */
export function withinNetwork(value: string): ValueTest {
  const network = usableNetwork(value);
  return (actual) => {
    const address = readAddressOnce(actual);
    if (address === undefined) return UNREADABLE;
    return network !== undefined && contains(network, address) ? MATCH : NO_MATCH;
  };
}

/** IPv4 ignores host bits; an IPv6 network with host bits set never matches (recorded). */
function usableNetwork(value: string): Network | undefined {
  const network = readNetwork(value);
  return network !== undefined && (network.address.length === 2 || !hasHostBits(network)) ? network : undefined;
}
