import { describe, expect, it } from 'vitest';
import { findAddressRefusal } from './poll-address.ts';

const refusalOf = (address: string, allowsLoopback = false) => findAddressRefusal(address, { allowsLoopback });

describe('findAddressRefusal', () => {
  it('lets private and public addresses through: machines stand on them', () => {
    for (const address of ['10.1.2.3', '192.168.1.20', '172.16.9.9', '100.64.1.1', '203.0.113.9', 'fd12:3456::1', '2001:db8::7']) {
      expect(refusalOf(address), address).toBeNull();
    }
  });

  it('refuses what leads to the computer itself, however it is spelled', () => {
    for (const address of ['127.0.0.1', '127.16.0.1', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1']) {
      expect(refusalOf(address), address).toMatch(/is the computer that polls/);
    }
  });

  it('opens the computer itself where simulated machines are allowed, and nothing else with it', () => {
    expect(refusalOf('127.16.0.1', true)).toBeNull();
    expect(refusalOf('169.254.169.254', true)).not.toBeNull();
  });

  it('refuses metadata services, link-local, multicast and unspecified addresses', () => {
    for (const address of [
      '169.254.169.254',
      '100.100.100.200',
      '168.63.129.16',
      'fd00:ec2::254',
      'fe80::1%eth0',
      '0.0.0.0',
      '::',
      '255.255.255.255',
      'ff02::1',
    ]) {
      expect(refusalOf(address), address).toMatch(/is not an address that a machine can have/);
    }
  });
});
