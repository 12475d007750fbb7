// The address cell of a machine list: an address, a name, either with a port, or a range of addresses. Pure.
import { normaliseHost } from '../machines/normalise.ts';

/** A /22 at most: more is a typing error. */
export const MAX_RANGE_HOSTS = 1_024;
const MAX_PORT = 65_535;

export type HostReading =
  | { kind: 'hosts'; hosts: string[]; port: number | null }
  | { kind: 'unreadable' }
  /** Longer than `MAX_RANGE_HOSTS`, or its end lies before its beginning. */
  | { kind: 'bad-range' };

const WITH_PORT = /^([^:]*):(\d{1,5})$/;
const RANGE = /^(\d+\.\d+\.\d+\.\d+)\s*[-–~]\s*(\d+\.\d+\.\d+\.\d+|\d{1,3})$/;

/** "10.0.0.5", "miner-7:4029", "10.0.0.5-10.0.0.9", "10.0.0.5-9:4028". */
export function readHosts(text: string): HostReading {
  const whole = text.trim();
  const withPort = WITH_PORT.exec(whole);
  const port = withPort === null ? null : Number(withPort[2]);
  const address = withPort?.[1] ?? whole;
  if (port !== null && (port < 1 || port > MAX_PORT)) return { kind: 'unreadable' };
  const ends = RANGE.exec(address.trim());
  if (ends === null) {
    const host = normaliseHost(address);
    return host === null ? { kind: 'unreadable' } : { kind: 'hosts', hosts: [host], port };
  }
  const first = normaliseHost(ends[1] ?? '');
  if (first === null) return { kind: 'unreadable' };
  const last = normaliseHost((ends[2] ?? '').includes('.') ? (ends[2] ?? '') : first.replace(/\d+$/, ends[2] ?? ''));
  if (last === null) return { kind: 'unreadable' };
  const from = toNumber(first);
  const count = toNumber(last) - from + 1;
  if (count < 1 || count > MAX_RANGE_HOSTS) return { kind: 'bad-range' };
  return { kind: 'hosts', hosts: Array.from({ length: count }, (_, index) => toAddress(from + index)), port };
}

/** Four bytes of an IPv4 address as one number; its callers have checked it. */
const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const toAddress = (value: number): string => [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join('.');
