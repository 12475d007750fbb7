/**
 * A bad day of a site of 96 machines, invented by us and the same every time: two racks of 48, each on a switch of its own, in two containers. Readings come once a minute from
 * midnight; each fault has its hour, so that what an alert came from can be told by its time.
 */
import { drawNormal } from '#collectors/simulator/draw.ts';
import type { Facts } from '../rules/facts.ts';
import type { WatchedMachine } from './watched-site.ts';

export const DAY_BEGIN_S = 1_767_225_600;
export const MACHINES = 96;
const PER_RACK = 48;
const HOUR_S = 3_600;
export const atHour = (hour: number): number => DAY_BEGIN_S + hour * HOUR_S;

/** Which machine has which fault. */
export const CAST = {
  overheating: 5,
  fanDeath: 7,
  boardDeath: 11,
  poolChange: 13,
  firmwareUpdate: 17,
  maintenance: 23,
  rejects: 29,
  slowDecay: 31,
  blip: 37,
  clock: 41,
  garbled: 43,
} as const;

export const RATED_THS = 200;

const isIn = (atS: number, fromHour: number, toHour: number) => atS >= atHour(fromHour) && atS < atHour(toHour);

export function listMachines(atS: number): WatchedMachine[] {
  return Array.from({ length: MACHINES }, (_, number) => {
    const rack = Math.floor(number / PER_RACK);
    // Rack 1 is curtailed from 18:00 to 19:00 as announced; one machine is being worked on from 9:00 to 11:00.
    const isCurtailed = rack === 1 && isIn(atS, 18, 19);
    const isInMaintenance = number === CAST.maintenance && isIn(atS, 9, 11);
    return {
      id: `machine ${number}`,
      number,
      status: isCurtailed ? 'curtailed' : isInMaintenance ? 'maintenance' : 'active',
      model: 'S21',
      ratedHashrateThs: RATED_THS,
      worker: null,
      hasAddress: true,
      groups: [
        { scope: 'site', key: '1' },
        { scope: 'container', key: `container ${rack}` },
        { scope: 'rack', key: `rack ${rack}` },
        { scope: 'subnet', key: `10.0.${rack}.0/24` },
      ],
    };
  });
}

const silent = (atS: number, trouble: 'silent' | 'garbled'): Facts => ({
  ...wellAt(atS, 0),
  trouble,
  observation: 'failed',
  hashrateThs: null,
  acceptedShares: null,
  rejectedShares: null,
  hardwareErrors: null,
  uptimeS: null,
  chipTemperatureC: null,
  boardTemperatureC: null,
  fanRpm: null,
  boardsAlive: null,
  chips: null,
  boardsDead: null,
  chipsMissing: null,
  firmware: null,
  poolHost: null,
  poolHosts: [],
  worker: null,
  clockSkewS: null,
});

function wellAt(atS: number, number: number): Facts {
  const minute = (atS - DAY_BEGIN_S) / 60;
  return {
    atS,
    trouble: 'none',
    observation: 'hashing',
    // Each unit has its own strength, and every minute its noise.
    hashrateThs: RATED_THS * (1 + 0.015 * drawNormal(1, number) + 0.02 * drawNormal(2, number, minute)),
    acceptedShares: 1_000 + minute * 12,
    rejectedShares: 10 + Math.floor(minute * 0.05),
    hardwareErrors: Math.floor(minute * 0.4),
    uptimeS: 900_000 + minute * 60,
    chipTemperatureC: Math.round(72 + 2 * drawNormal(3, number)),
    boardTemperatureC: 62,
    fanRpm: 5_400,
    boardsAlive: 3,
    chips: 324,
    boardsDead: 0,
    chipsMissing: 0,
    mode: 'normal',
    firmware: '2026-03',
    poolHost: 'pool.example',
    poolHosts: ['pool.example'],
    targetThs: null,
    worker: `farm.rig${number}`,
    clockSkewS: 1,
    announced: null,
  };
}

/** What the machine said in that minute; null: it was not asked. */
export function readMachine(number: number, atS: number): Facts | null {
  const rack = Math.floor(number / PER_RACK);
  const well = wellAt(atS, number);
  // The collector itself stands still for half an hour.
  if (isIn(atS, 22, 22.5)) return null;
  // 3:00 to 3:40: the switch of rack 1.
  if (rack === 1 && isIn(atS, 3, 3 + 40 / 60)) return silent(atS, 'silent');
  if (rack === 1 && isIn(atS, 18, 19)) return { ...well, observation: 'sleeping', hashrateThs: 0, fanRpm: 0, boardsAlive: 0 };
  switch (number) {
    case CAST.overheating:
      // Warm from 5:00, critical from 5:30, cooled down at 6:00.
      if (isIn(atS, 5, 5.5)) return { ...well, chipTemperatureC: 95 };
      return isIn(atS, 5.5, 6) ? { ...well, chipTemperatureC: 104 } : well;
    case CAST.fanDeath:
      return isIn(atS, 7, 8) ? { ...well, fanRpm: 0 } : well;
    case CAST.boardDeath:
      return atS >= atHour(8)
        ? { ...well, boardsAlive: 2, boardsDead: 1, chips: 216, chipsMissing: 0, hashrateThs: (well.hashrateThs ?? 0) * 0.66 }
        : well;
    case CAST.maintenance:
      return isIn(atS, 9, 11) ? silent(atS, 'silent') : well;
    case CAST.poolChange:
      return isIn(atS, 12, 13) ? { ...well, poolHost: 'thief.example', poolHosts: ['thief.example'] } : well;
    case CAST.firmwareUpdate:
      // Reboots at 14:00 and is another one afterwards.
      if (isIn(atS, 14, 14 + 3 / 60)) return silent(atS, 'silent');
      return atS >= atHour(14)
        ? { ...well, firmware: '2026-04', uptimeS: atS - atHour(14), ...(isIn(atS, 14, 14.2) ? { hashrateThs: 0 } : {}) }
        : well;
    case CAST.rejects:
      return atS >= atHour(15) && atS < atHour(16)
        ? { ...well, rejectedShares: (well.rejectedShares ?? 0) + Math.floor(((atS - atHour(15)) / 60) * 2) }
        : atS >= atHour(16)
          ? { ...well, rejectedShares: (well.rejectedShares ?? 0) + 120 }
          : well;
    case CAST.slowDecay:
      // Still above 80 % of rated: only its own past and its peers tell.
      return isIn(atS, 16, 17) ? { ...well, hashrateThs: (well.hashrateThs ?? 0) * 0.83 } : well;
    case CAST.blip:
      return isIn(atS, 20, 20 + 2 / 60) ? silent(atS, 'silent') : well;
    case CAST.clock:
      return isIn(atS, 21, 21.5) ? { ...well, clockSkewS: 3_600 } : well;
    case CAST.garbled:
      return isIn(atS, 10, 11) ? silent(atS, 'garbled') : well;
    default:
      return well;
  }
}
