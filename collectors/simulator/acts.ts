import { beginStretch, boot, catchUp, createPool, MOST_POOLS, type SimulatedMachine } from './machine.ts';
import { observe } from './moment.ts';

/** What a machine can be told to do. Dialects translate their commands into these; the farm's handle and its control port take them as they are. */
export type MachineAct =
  | { kind: 'restart' }
  | { kind: 'sleep' }
  | { kind: 'wake' }
  /** Power limit over rated power, 0.4 to 1. */
  | { kind: 'limit'; ratio: number }
  | { kind: 'switch-pool'; pool: number }
  | { kind: 'add-pool'; url: string; worker: string }
  | { kind: 'set-pools'; pools: readonly { url: string; worker: string }[] }
  /** A board drops out or a fan stands still, until it is mended. */
  | { kind: 'break'; part: 'board' | 'fan'; at: number }
  | { kind: 'mend' };

export const LIMIT_RANGE = { min: 0.4, max: 1 } as const;

/** Carries an act out. Returns null when done, or why it cannot be. */
export function perform(machine: SimulatedMachine, act: MachineAct, timeS: number): string | null {
  catchUp(machine, timeS);
  switch (act.kind) {
    case 'restart':
      boot(machine, timeS);
      return null;
    case 'sleep':
      if (machine.isSleeping) return null;
      beginStretch(machine, timeS);
      machine.isSleeping = true;
      return null;
    case 'wake':
      if (!machine.isSleeping) return null;
      beginStretch(machine, timeS);
      machine.isSleeping = false;
      machine.stretch.miningFromS = timeS;
      return null;
    case 'limit':
      if (!(act.ratio >= LIMIT_RANGE.min && act.ratio <= LIMIT_RANGE.max)) {
        return `ratio ${act.ratio} is outside ${LIMIT_RANGE.min} to ${LIMIT_RANGE.max}`;
      }
      beginStretch(machine, timeS);
      machine.limitRatio = act.ratio;
      return null;
    case 'switch-pool':
      if (!Number.isInteger(act.pool) || act.pool < 0 || act.pool >= machine.pools.length) {
        return `pool ${act.pool} is outside 0 to ${machine.pools.length - 1}`;
      }
      settlePool(machine, timeS);
      machine.activePool = act.pool;
      return null;
    case 'add-pool':
      if (machine.pools.length >= MOST_POOLS) return `the machine has ${MOST_POOLS} pools already`;
      machine.pools.push(createPool(act.url, act.worker));
      return null;
    case 'set-pools': {
      if (act.pools.length < 1 || act.pools.length > MOST_POOLS) return `pools: ${act.pools.length} is outside 1 to ${MOST_POOLS}`;
      settlePool(machine, timeS);
      machine.pools = act.pools.map(({ url, worker }) => createPool(url, worker));
      machine.activePool = 0;
      return null;
    }
    case 'break': {
      const parts = act.part === 'board' ? machine.unit.model.boards : machine.unit.model.fans;
      if (!Number.isInteger(act.at) || act.at < 0 || act.at >= parts) return `${act.part} ${act.at} is outside 0 to ${parts - 1}`;
      beginStretch(machine, timeS);
      machine.broken = { ...machine.broken, [act.part]: act.at };
      return null;
    }
    case 'mend':
      beginStretch(machine, timeS);
      machine.broken = { board: null, fan: null };
      return null;
  }
}

/** Writes the active pool's shares down, before another takes its place. */
function settlePool(machine: SimulatedMachine, timeS: number): void {
  const moment = observe(machine, timeS);
  const pool = machine.pools[machine.activePool]!;
  const { accepted, rejected, stale } = moment.pools[machine.activePool]!;
  Object.assign(pool, { accepted, rejected, stale });
  machine.sharesAtChoice = { accepted: moment.accepted, rejected: moment.rejected, stale: moment.stale };
}
