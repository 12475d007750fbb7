import { describe, expect, it } from 'vitest';
import { MAX_RANGE_HOSTS, readHosts } from './read-hosts.ts';

describe('readHosts', () => {
  it.each([
    ['  127.0.0.1', ['127.0.0.1'], null],
    ['127.0.0.2:8080', ['127.0.0.2'], 8080],
    ['127.0.0.3-127.0.0.4', ['127.0.0.3', '127.0.0.4'], null],
    ['127.0.0.5-127.0.0.7:9999', ['127.0.0.5', '127.0.0.6', '127.0.0.7'], 9999],
    ['10.0.0.254 - 10.0.1.1', ['10.0.0.254', '10.0.0.255', '10.0.1.0', '10.0.1.1'], null],
    ['10.0.0.8-9:4028', ['10.0.0.8', '10.0.0.9'], 4028],
    ['another.host', ['another.host'], null],
    ['one.more:12345', ['one.more'], 12345],
  ])('reads %s', (text, hosts, port) => expect(readHosts(text)).toEqual({ kind: 'hosts', hosts, port }));

  it.each(['10.0.0.300', '10.0.0.1:0', '10.0.0.1:70000', 'two words', 'http://10.0.0.1/'])('reads no %s', (text) =>
    expect(readHosts(text)).toEqual({ kind: 'unreadable' }));

  it('takes ranges up to their bound, and none that end before they begin', () => {
    expect(readHosts('10.0.0.0-10.0.3.255')).toMatchObject({ hosts: { length: MAX_RANGE_HOSTS } });
    for (const text of ['10.0.0.0-10.0.4.0', '10.0.0.9-10.0.0.8']) expect(readHosts(text), text).toEqual({ kind: 'bad-range' });
  });
});
