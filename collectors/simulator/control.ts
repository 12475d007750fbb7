/** A farm told what to do while it runs: one JSON object a line over TCP on loopback, one line of JSON back for each. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { MachineAct } from './acts.ts';
import type { Farm } from './farm.ts';
import { FAULTS, isFault } from './faults.ts';

export type Control = { port: number; close(): Promise<void> };

const MOST_LINE_CHARACTERS = 1_000_000;

/**
 * Lines: `{"do":"fault","machines":[0,1],"fault":"dead"}` (null heals; "all" for every machine), `{"do":"act","machine":0,"act":{"kind":"sleep"}}`,
 * `{"do":"counters"}` and `{"do":"machines"}`.
 */
export async function startControl(farm: Farm, port: number): Promise<Control> {
  const sockets = new Set<Socket>();
  // One after the other: a fault that is being set must not be overtaken by the next.
  let queue: Promise<void> = Promise.resolve();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setEncoding('utf8');
    let text = '';
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > MOST_LINE_CHARACTERS) socket.destroy(new Error('line too long'));
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines.filter((each) => each.trim() !== '')) {
        queue = queue.then(async () => void socket.write(`${JSON.stringify(await obey(farm, line))}\n`));
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Answer = { ok: true; [detail: string]: unknown } | { ok: false; error: string };

async function obey(farm: Farm, line: string): Promise<Answer> {
  try {
    const order = JSON.parse(line) as Record<string, unknown>;
    switch (order.do) {
      case 'fault': {
        const { fault } = order;
        if (fault !== null && (typeof fault !== 'string' || !isFault(fault)))
          throw new Error(`fault: null or one of ${FAULTS.join(', ')} is needed.`);
        const machines = order.machines === 'all' ? farm.machines.map(({ index }) => index) : order.machines;
        if (!isIndexList(machines)) throw new Error('machines: a list of numbers of machines or "all" is needed.');
        await farm.setFault(machines, fault);
        return { ok: true, machines: machines.length };
      }
      case 'act': {
        if (typeof order.machine !== 'number') throw new Error('machine: the number of a machine is needed.');
        const problem = farm.perform(order.machine, readAct(order.act));
        return problem === null ? { ok: true } : { ok: false, error: problem };
      }
      case 'counters':
        return { ok: true, ...farm.counters() };
      case 'machines':
        return { ok: true, machines: farm.machines.map((machine) => ({ ...machine, fault: farm.faultOf(machine.index) })) };
      default:
        throw new Error('do: one of fault, act, counters, machines is needed.');
    }
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function isIndexList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}

/** Shapes only; whether a number is possible is said by the act itself. */
function readAct(value: unknown): MachineAct {
  if (typeof value !== 'object' || value === null) throw new Error('act: an object with a kind is needed.');
  const act = value as Record<string, unknown>;
  switch (act.kind) {
    case 'restart':
    case 'sleep':
    case 'wake':
    case 'mend':
      return { kind: act.kind };
    case 'limit':
      return { kind: 'limit', ratio: Number(act.ratio) };
    case 'switch-pool':
      return { kind: 'switch-pool', pool: Number(act.pool) };
    case 'add-pool':
      return { kind: 'add-pool', url: String(act.url), worker: String(act.worker) };
    case 'break':
      if (act.part !== 'board' && act.part !== 'fan') throw new Error('part: board or fan is needed.');
      return { kind: 'break', part: act.part, at: Number(act.at) };
    default:
      throw new Error('act.kind: one of restart, sleep, wake, limit, switch-pool, add-pool, break, mend is needed.');
  }
}
