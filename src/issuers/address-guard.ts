/**
 * Which addresses an issuer may live at: a provider's URL is chosen by a tenant, so without this
 * the server would fetch from its own network for anyone who may register a provider.
 */
import { BlockList, isIP } from 'node:net';

/** Says for an address why it may not be reached. */
export interface AddressGuard {
  /**
   * @param address an IPv4 or IPv6 address without brackets
   * @returns why the address is refused, or undefined when it may be reached
   */
  refusal(address: string): string | undefined;
}

/**
 * The special-purpose ranges (IANA's two special-purpose address registries) and the platform
 * addresses of clouds that look public. IPv6 is the other way round: {@link GLOBAL_UNICAST} is
 * what may be reached, less the rows here.
 */
const REFUSED: readonly (readonly [range: string, what: string])[] = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'carrier-grade NAT'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local, where clouds keep instance metadata'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.88.99.0/24', '6to4 relay'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  ['168.63.129.16/32', 'the platform address of Azure'],
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['::ffff:0:0/96', 'IPv4-mapped'],
  ['::/96', 'IPv4-compatible'],
  ['64:ff9b::/96', 'NAT64'],
  ['64:ff9b:1::/48', 'local NAT64'],
  ['100::/64', 'discard-only'],
  ['fc00::/7', 'unique local'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'site-local'],
  ['ff00::/8', 'multicast'],
  ['2001::/23', 'protocol assignments, Teredo among them'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4'],
  ['3fff::/20', 'documentation'],
];

const GLOBAL_UNICAST = '2000::/3';

/** An IPv6 row is not asked about IPv4 addresses: `BlockList` would take each of them for its mapped form. */
const refusedLists = REFUSED.map(([range, what]) => ({ list: listOf([range]), ipv6Only: range.includes(':'), what }));
const globalUnicast = listOf([GLOBAL_UNICAST]);

/**
 * The guard of one server.
 *
 * @param allowed ranges that the operator lists for issuers of the own network: `10.1.0.0/16`,
 *   `fd00:1::/48`, or a single address
 * @throws TypeError when one of them {@link isAddressRange is not a range}
 */
export function addressGuard(allowed: readonly string[]): AddressGuard {
  const allowedList = listOf(allowed);
  return {
    refusal(address) {
      const family = familyOf(address);
      if (family === undefined) return 'it is not an address';
      if (allowedList.check(address, family)) return undefined;
      for (const { list, ipv6Only, what } of refusedLists) {
        if (ipv6Only && family === 'ipv4') continue;
        if (list.check(address, family)) return what;
      }
      return family === 'ipv6' && !globalUnicast.check(address, family) ? 'not global unicast' : undefined;
    },
  };
}

/** Whether `text` is an address or a range in CIDR form. */
export function isAddressRange(text: string): boolean {
  return parseRange(text) !== undefined;
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of ranges) {
    const range = parseRange(text);
    if (range === undefined) throw new TypeError(`'${text}' is not an address or a range such as 10.1.0.0/16`);
    list.addSubnet(range.network, range.prefix, range.family);
  }
  return list;
}

interface Range {
  readonly network: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

function parseRange(text: string): Range | undefined {
  const [network = '', length, ...more] = text.split('/');
  const family = familyOf(network);
  if (family === undefined || more.length > 0) return undefined;
  const bits = family === 'ipv4' ? 32 : 128;
  if (length === undefined) return { network, prefix: bits, family };
  if (!/^(0|[1-9][0-9]{0,2})$/.test(length)) return undefined;
  const prefix = Number(length);
  return prefix <= bits ? { network, prefix, family } : undefined;
}

/** A zone (`fe80::1%eth0`) names an interface of this machine: no issuer has one. */
function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  if (address.includes('%')) return undefined;
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined;
}
