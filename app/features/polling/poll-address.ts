/** Which addresses machines may have. They are private by nature, so only those are refused at which no machine can be and something else is. Pure. */
import { createNetworkRule } from '#app/platform/network/special-addresses.ts';

const isLoopback = createNetworkRule(['127.0.0.0/8', '::1/128']);
const isNoMachine = createNetworkRule([
  '0.0.0.0/8', // this computer, as some systems read it
  '::/128',
  '169.254.0.0/16', // link-local: metadata services of clouds
  'fe80::/10',
  '100.100.100.200/32', // metadata services that have other addresses
  '168.63.129.16/32',
  'fd00:ec2::254/128',
  '224.0.0.0/4', // multicast, reserved, broadcast
  '240.0.0.0/4',
  'ff00::/8',
]);

/** Why an address (no name) is not asked; null: it may be. */
export function findAddressRefusal(address: string, { allowsLoopback }: { allowsLoopback: boolean }): string | null {
  if (isLoopback(address)) return allowsLoopback ? null : `${address} is the computer that polls, not a machine`;
  return isNoMachine(address) ? `${address} is not an address that a machine can have` : null;
}
