/** What each dialect is asked for, and the driver that reads the answers. A new dialect is a file in `drivers`, a line here and a rule in `identify.ts`. */
import { readAntminer } from './drivers/antminer.ts';
import { readAvalon } from './drivers/avalon.ts';
import { readBraiins } from './drivers/braiins.ts';
import { readCgminer } from './drivers/cgminer.ts';
import type { Driver } from './drivers/complete-snapshot.ts';
import { readLuxos } from './drivers/luxos.ts';
import { readVnish } from './drivers/vnish.ts';
import { readWhatsminer } from './drivers/whatsminer.ts';
import type { Dialect } from './snapshot.ts';
import type { Framing, ReadingCommand } from './transport/reading-commands.ts';

export type CommandPlan = {
  /** Asked at every reading. */
  commands: readonly ReadingCommand[];
  /** What does not change while the machine runs (names, versions, addresses): asked now and then. */
  identity: readonly ReadingCommand[];
  /** One of these must be understood, or nothing was read. */
  needed: readonly ReadingCommand[];
  /** Does the firmware take `summary+stats` over one connection? One that refuses after all is asked one by one from then on. */
  canJoin: boolean;
  /** Connections to one machine at a time. Avalon's manual allows one, Whatsminer's sixteen clients. */
  concurrency: number;
};

export type DialectEntry = { plan: CommandPlan; read: Driver };

const ONE_BY_ONE = { canJoin: false, concurrency: 3 } as const;
const JOINED = { canJoin: true, concurrency: 1 } as const;

export const DIALECT_ENTRIES: Readonly<Record<Dialect, DialectEntry>> = {
  antminer: {
    plan: { ...JOINED, commands: ['summary', 'stats', 'pools'], identity: ['version'], needed: ['stats'] },
    read: readAntminer,
  },
  vnish: {
    plan: { ...JOINED, commands: ['summary', 'stats', 'pools'], identity: ['version'], needed: ['stats'] },
    read: readVnish,
  },
  whatsminer: {
    plan: {
      ...ONE_BY_ONE,
      commands: ['summary', 'devs', 'pools', 'status', 'get_error_code', 'get_psu'],
      identity: ['get_version', 'get_miner_info', 'devdetails'],
      // A machine that is switched off has no summary and still says so in its status.
      needed: ['summary', 'status'],
    },
    read: readWhatsminer,
  },
  avalon: {
    plan: { ...JOINED, commands: ['summary', 'stats', 'pools'], identity: ['version'], needed: ['summary', 'stats'] },
    read: readAvalon,
  },
  braiins: {
    plan: {
      ...JOINED,
      commands: ['summary', 'devs', 'pools', 'temps', 'fans', 'tunerstatus'],
      identity: ['version', 'devdetails'],
      needed: ['summary'],
    },
    read: readBraiins,
  },
  luxos: {
    plan: {
      ...JOINED,
      commands: ['summary', 'devs', 'stats', 'pools', 'temps', 'fans', 'power', 'events', 'config'],
      identity: ['version'],
      needed: ['summary'],
    },
    read: readLuxos,
  },
  cgminer: {
    plan: { ...JOINED, commands: ['summary', 'devs', 'pools'], identity: ['version'], needed: ['summary'] },
    read: readCgminer,
  },
};

/** Whatsminer API v3 speaks the dialect over a port, a framing and commands of its own. */
export const WHATSMINER_V3_PORT = 4433;
export const WHATSMINER_V3_PLAN: CommandPlan = {
  ...ONE_BY_ONE,
  commands: ['get.miner.status', 'get.device.info', 'get.miner.setting'],
  identity: [],
  needed: ['get.miner.status', 'get.device.info'],
};

export const framingOfPort = (port: number): Framing => (port === WHATSMINER_V3_PORT ? 'length-prefixed' : 'text');
