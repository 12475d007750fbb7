// Which addresses are not the public internet. An address that a user gives us must not reach what only this machine can reach: databases,
// routers, the metadata service of a cloud. Pure.
import { BlockList, isIP } from 'node:net';

/** IANA special-purpose registries (RFC 6890 and its updates), multicast and reserved space included; in doubt an address is special. */
const SPECIAL_NETWORKS = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT, and some clouds' metadata
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local: metadata services
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved and broadcast
  '::/96', // unspecified, loopback, and IPv4 in its old form
  '::ffff:0:0:0/96', // IPv4 as translators write it
  '64:ff9b::/96', // NAT64 and
  '64:ff9b:1::/48', // its local form lead to IPv4
  '100::/64',
  '2001::/23', // Teredo and other protocol assignments
  '2001:db8::/32',
  '2002::/16', // 6to4 leads to IPv4
  '3fff::/20', // documentation
  '5f00::/16',
  'fc00::/7', // unique local
  'fe80::/10', // link-local
  'fec0::/10',
  'ff00::/8', // multicast
];

export type Network = { address: string; prefixBits: number; family: 'ipv4' | 'ipv6' };

/** `10.0.0.0/8` or `fd00::/8`; null when it is none. */
export function parseNetwork(text: string): Network | null {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  const prefixBits = Number(bits);
  if (version === 0 || prefixBits > (version === 4 ? 32 : 128)) return null;
  return { address, prefixBits, family: version === 4 ? 'ipv4' : 'ipv6' };
}

function toBlockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of networks) {
    const network = parseNetwork(text);
    if (network === null) throw new TypeError(`${text} is not a network`);
    list.addSubnet(network.address, network.prefixBits, network.family);
  }
  return list;
}

const SPECIAL = toBlockList(SPECIAL_NETWORKS);
/** IPv6 spellings of IPv4 addresses, `::ffff:127.0.0.1` and the old `::127.0.0.1`: judged as what they lead to. */
const MAPPED = /^::(?:ffff:(?:0:)?)?(\d{1,3}(?:\.\d{1,3}){3})$/i;
const MAPPED_HEX = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i;

function toPlainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '');
  const dotted = MAPPED.exec(bare)?.[1];
  if (dotted !== undefined) return dotted;
  const [, high, low] = MAPPED_HEX.exec(bare) ?? [];
  if (high === undefined || low === undefined) return bare;
  const words = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return words.flatMap((word) => [word >> 8, word & 255]).join('.');
}

/** Whether an address given by a user may be connected to. `allowed`: private networks that the operator has opened, as CIDR. */
export function createAddressRule(allowed: readonly string[]): (address: string) => boolean {
  const opened = toBlockList(allowed);
  return (address) => {
    const plain = toPlainAddress(address);
    const version = isIP(plain);
    if (version === 0) return false;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    return opened.check(plain, family) || !SPECIAL.check(plain, family);
  };
}

/** Whether an address lies in one of these networks; what is no address lies in none. Spellings of one address are judged alike. */
export function createNetworkRule(networks: readonly string[]): (address: string) => boolean {
  const list = toBlockList(networks);
  return (address) => {
    const plain = toPlainAddress(address);
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
}
