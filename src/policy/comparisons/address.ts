/**
 * IP addresses and networks as IpAddress reads them (recorded rules: reference 5 and 17).
 *
 * The grammar of IPv6 is AWS's, laxer than RFC 4291 in one way and stricter in another: a colon too many is forgiven,
 * an IPv4 tail is not. What nobody has recorded is no address.
 */

/** An address as its 16-bit groups: two for IPv4, eight for IPv6. */
export type Address = readonly number[];

/** An address with the length of its prefix in bits. */
export interface Network {
  readonly address: Address;
  readonly prefix: number;
}

/** Leading zeros are decimal (recorded: `192.000.002.1`). */
const OCTET = /^[0-9]{1,3}$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;
/** Leading zeros and a plus sign are read over (recorded: `/024`, `/+24`). */
const PREFIX = /^\+?[0-9]{1,3}$/;
const MAPPED = '::ffff:';
/** Longer than every spelling that is read. */
const MAX_LENGTH = 64;

/**
 * Reads the address of a request. An IPv4-mapped one (`::ffff:203.0.113.7`, `::FFFF:cb00:7107`) is the IPv4 address it
 * stands for; it is also the only spelling with an IPv4 tail (both recorded).
 */
export function readRequestAddress(text: string): Address | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const mapped =
    text.slice(0, MAPPED.length).toLowerCase() === MAPPED ? readIpv4(text.slice(MAPPED.length)) : undefined;
  if (mapped !== undefined) return mapped;
  const address = readAddress(text);
  return address && unmapped(address);
}

/** Reads an address or `address/prefix` of a policy; a bare address is a network of one, and families stay as written. */
export function readNetwork(text: string): Network | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const slash = text.indexOf('/');
  const address = readAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = address.length * 16;
  if (slash < 0) return { address, prefix: bits };
  const digits = text.slice(slash + 1);
  const prefix = Number(digits);
  return PREFIX.test(digits) && prefix <= bits ? { address, prefix } : undefined;
}

function readAddress(text: string): Address | undefined {
  return text.includes(':') ? readIpv6(text) : readIpv4(text);
}

function unmapped(address: Address): Address {
  const mapped = address.length === 8 && address[5] === 0xffff && address.slice(0, 5).every((group) => group === 0);
  return mapped ? address.slice(6) : address;
}

/** Whether the network holds the address; families never mix. */
export function contains(network: Network, address: Address): boolean {
  if (network.address.length !== address.length) return false;
  return network.address.every((group, index) => {
    const mask = groupMask(network.prefix, index);
    return (group & mask) === ((address[index] ?? 0) & mask);
  });
}

/** Whether bits beyond the prefix are set. */
export function hasHostBits({ address, prefix }: Network): boolean {
  return address.some((group, index) => (group & ~groupMask(prefix, index) & 0xffff) !== 0);
}

function groupMask(prefix: number, index: number): number {
  const bits = Math.min(16, Math.max(0, prefix - index * 16));
  return (0xffff << (16 - bits)) & 0xffff;
}

function readIpv4(text: string): Address | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) < 256)) return undefined;
  const [a, b, c, d] = octets.map(Number);
  return [((a ?? 0) << 8) | (b ?? 0), ((c ?? 0) << 8) | (d ?? 0)];
}

/**
 * Groups with at most one `::`. Recorded beyond RFC 4291: a last colon that ends nothing is dropped (`2001:db8::1:`,
 * `:::`), a single first one follows a zero (`:2001:db8::1` is `0:2001:db8::1`), and `:::` between groups is `::`.
 */
function readIpv6(text: string): Address | undefined {
  const superfluous = text.endsWith(':') && (!text.endsWith('::') || text.endsWith(':::'));
  const trimmed = superfluous ? text.slice(0, -1) : text;
  const [before, after, ...more] = trimmed.split('::');
  if (before === undefined || more.length > 0) return undefined;
  const head = readGroups(before.startsWith(':') ? `0${before}` : before);
  if (head === undefined) return undefined;
  if (after === undefined) return head.length === 8 ? head : undefined;
  const tail = readGroups(after.startsWith(':') && before !== '' ? `0${after}` : after);
  if (tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** Groups between colons; none in an empty text. */
function readGroups(text: string): Address | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  for (const word of text.split(':')) {
    if (!GROUP.test(word)) return undefined;
    groups.push(Number.parseInt(word, 16));
  }
  return groups;
}
