import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { MachineAddress } from '#collectors/cgminer/reading.ts';

/** Linux queues one connection more than the backlog says. */
const BACKLOG = 1;
const QUEUED = BACKLOG + 1;

/**
 * The thread listens on all addresses and then stands still for good, so that it never takes a connection. Its text is here and not in a file
 * of its own because a thread does not get the loader that reads TypeScript.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { createServer } = require('node:net');
let left = workerData.addresses.length;
const fail = (error) => parentPort.postMessage({ kind: 'failed', detail: error.message });
for (const { host, port } of workerData.addresses) {
  createServer().on('error', fail).listen({ host, port, backlog: workerData.backlog }, () => {
    left -= 1;
    if (left > 0) return;
    parentPort.postMessage({ kind: 'listening' });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
}
`;

export type Tarpit = {
  /** From now on these addresses and no others take no connection and refuse none. */
  hold(addresses: readonly MachineAddress[]): Promise<void>;
  close(): Promise<void>;
};

/**
 * Addresses at which connecting hangs, without rights or packet filters: a listening socket whose queue of waiting connections is full drops every further
 * SYN, as a host without power does, and the caller waits until its own time-out. Nobody empties the queue, because the thread that listens sleeps.
 */
export function createTarpit(): Tarpit {
  let thread: Worker | null = null;
  let fillers: Socket[] = [];

  async function release() {
    for (const filler of fillers) filler.destroy();
    fillers = [];
    await thread?.terminate();
    thread = null;
  }

  async function hold(addresses: readonly MachineAddress[]) {
    await release();
    if (addresses.length === 0) return;
    if (process.platform !== 'linux')
      throw new Error('The fault "dead" needs Linux, which drops connections that a full queue cannot take.');
    const started = new Worker(THREAD, { eval: true, workerData: { addresses, backlog: BACKLOG }, execArgv: [] });
    thread = started;
    await new Promise<void>((resolve, reject) => {
      started.once('error', reject);
      started.once('message', (message: { kind: string; detail?: string }) => {
        if (message.kind === 'listening') resolve();
        else reject(new Error(`The dead machines could not be set up: ${message.detail}`));
      });
    });
    await Promise.all(addresses.flatMap((address) => Array.from({ length: QUEUED }, () => fill(address))));
  }

  function fill({ host, port }: MachineAddress): Promise<void> {
    return new Promise((resolve, reject) => {
      const filler = connect({ host, port });
      fillers.push(filler);
      filler.once('connect', () => resolve());
      // After the connection is made an error only says that the tarpit went away.
      filler.on('error', reject);
    });
  }

  return { hold, close: release };
}
