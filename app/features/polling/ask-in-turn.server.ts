/** One address is asked by one at a time in this process: two sites, or a name and an address, may lead to the same machine, and some take one connection. */
import type { MachineReading, ReadMachine } from '#collectors/cgminer/reading.ts';
import { addressKey } from '#collectors/poller/host.ts';

/** Whoever asks an address that is being asked waits for its turn, first come, first served. Rejects with the reason of `signal` when that is aborted, waiting or not. */
export function askInTurn(read: ReadMachine): ReadMachine {
  /** By address: settled when the last of those that asked so far has ended. */
  const lastTurns = new Map<string, Promise<void>>();

  return async (address, signal): Promise<MachineReading> => {
    const key = addressKey(address);
    const before = lastTurns.get(key);
    let end: () => void = () => {};
    const own = new Promise<void>((resolve) => {
      end = resolve;
    });
    // One that gives up while it waits does not let the next one in before its time.
    const turn = before === undefined ? own : before.then(() => own);
    lastTurns.set(key, turn);
    try {
      if (before !== undefined) await orAborted(before, signal);
      return await read(address, signal);
    } finally {
      end();
      void turn.then(() => {
        if (lastTurns.get(key) === turn) lastTurns.delete(key);
      });
    }
  };
}

function orAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    void wait.then(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}
