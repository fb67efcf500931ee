/** IP addresses and networks as IpAddress reads them (recorded rules: reference 5 and 17). */

/** An address as its 16-bit groups: two for IPv4, eight for IPv6. */
export type Address = readonly number[];

/** An address with the length of its prefix in bits. */
export interface Network {
  readonly address: Address;
  readonly prefix: number;
}

const OCTET = /^[0-9]{1,4}$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;
const PREFIX = /^[0-9]{1,4}$/;
/** The longest spelling of an IPv6 address with an IPv4 tail and padded octets. */
const MAX_LENGTH = 64;

/** Reads `203.0.113.7` (leading zeros are decimal) or any RFC 4291 text of an IPv6 address. */
export function readAddress(text: string): Address | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  return text.includes(':') ? readIpv6(text) : readIpv4(text);
}

/** Reads an address or `address/prefix`; a bare address is a network of one. */
export function readNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const address = readAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = address.length * 16;
  if (slash < 0) return { address, prefix: bits };
  const digits = text.slice(slash + 1);
  const prefix = Number(digits);
  return PREFIX.test(digits) && prefix <= bits ? { address, prefix } : undefined;
}

/** An IPv4-mapped IPv6 address (`::ffff:203.0.113.7`) as the IPv4 address it stands for; others as they are. */
export function unmapped(address: Address): Address {
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

function readIpv6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [before, after] = halves.map((half) => readGroups(half));
  if (before === undefined || (halves.length === 2 && after === undefined)) return undefined;
  if (after === undefined) return before.length === 8 ? before : undefined;
  const missing = 8 - before.length - after.length;
  return missing < 1 ? undefined : [...before, ...new Array<number>(missing).fill(0), ...after];
}

/** Groups between colons; the last may be an IPv4 address. */
function readGroups(text: string): Address | undefined {
  if (text === '') return [];
  const words = text.split(':');
  const groups: number[] = [];
  for (const [index, word] of words.entries()) {
    const tail = index === words.length - 1 && word.includes('.') ? readIpv4(word) : undefined;
    if (tail !== undefined) groups.push(...tail);
    else if (GROUP.test(word)) groups.push(Number.parseInt(word, 16));
    else return undefined;
  }
  return groups;
}
