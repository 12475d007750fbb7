import { describe, expect, it } from 'vitest';
import { createAddressRule, parseNetwork } from './special-addresses.ts';

describe('an address given by a user', () => {
  const isAllowed = createAddressRule([]);

  it('may be on the public internet', () => {
    for (const address of ['1.1.1.1', '8.8.8.8', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '2a00:1450:4001::1', '::ffff:1.1.1.1']) {
      expect(isAllowed(address), address).toBe(true);
    }
  });

  it('may not lead to this machine, its network or a cloud’s metadata, however it is written', () => {
    const hostile = ['127.0.0.1', '127.1.2.3', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'];
    hostile.push('100.100.100.200', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254', 'ff02::1');
    hostile.push('::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:A9FE:A9FE', '::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1');
    hostile.push('0:0:0:0:0:ffff:7f00:1', '::ffff:0:127.0.0.1', '::7f00:1', '::a9fe:a9fe', '::ffff:0:7f00:1');
    for (const address of hostile) expect(isAllowed(address), address).toBe(false);
  });

  it('is refused when it is no address', () => {
    for (const text of ['', 'localhost', '127.1', '0x7f000001', '2130706433', '1.1.1.1 ', '[::1]'])
      expect(isAllowed(text), text).toBe(false);
  });

  it('may lead into networks that the operator has opened, and no further', () => {
    const rule = createAddressRule(['10.20.0.0/16', 'fd00:1::/32']);
    expect(rule('10.20.3.4')).toBe(true);
    expect(rule('::ffff:10.20.3.4')).toBe(true);
    expect(rule('fd00:1::5')).toBe(true);
    expect(rule('10.21.0.1')).toBe(false);
    expect(rule('127.0.0.1')).toBe(false);
  });
});

describe('parseNetwork', () => {
  it('reads CIDR of both families and nothing else', () => {
    expect(parseNetwork('10.0.0.0/8')).toEqual({ address: '10.0.0.0', prefixBits: 8, family: 'ipv4' });
    expect(parseNetwork('fd00::/8')).toMatchObject({ family: 'ipv6' });
    for (const text of ['10.0.0.0', '10.0.0.0/33', 'fd00::/129', '10/8', '/8', 'x/8', '10.0.0.0/8/8'])
      expect(parseNetwork(text), text).toBeNull();
  });
});
