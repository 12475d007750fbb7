// The reader of machines behind the rule of addresses. A name is resolved here and the address is asked, so that what was judged is what is connected to.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { MachineReading, ReadMachine } from '#collectors/cgminer/reading.ts';
import { findAddressRefusal } from './poll-address.ts';

export type GuardOptions = {
  allowsLoopback: boolean;
  /** Addresses of a name; the system's unless a test says otherwise. */
  resolve?: (name: string) => Promise<string>;
  nowMs?: () => number;
};

const resolveName = async (name: string) => (await lookup(name)).address;

/** What may not be asked is a reading that failed with the reason, as with a machine that is not there. */
export function guardRead(read: ReadMachine, { allowsLoopback, resolve = resolveName, nowMs = Date.now }: GuardOptions): ReadMachine {
  const fail = (detail: string): MachineReading => ({
    kind: 'failed',
    trouble: 'unreachable',
    detail,
    observedAtMs: nowMs(),
    raw: [],
    latencyMs: 0,
  });
  return async ({ host, port }, signal) => {
    let address = host;
    if (isIP(host) === 0) {
      try {
        address = await resolve(host);
      } catch (error) {
        return fail(`${host} has no address: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
      }
      signal.throwIfAborted();
    }
    const refusal = findAddressRefusal(address, { allowsLoopback });
    return refusal === null ? read({ host: address, port }, signal) : fail(refusal);
  };
}
