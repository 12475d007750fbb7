/** Everything a machine could say at one moment, in canonical units. The dialects write it down each in their own way. */
import { arrivalsUntil } from './arrivals.ts';
import { draw, drawNormal, drift } from './draw.ts';
import { catchUp, rateThs, SILENT_BOOT_S, type SimulatedMachine, WARM_UP_S, workTh } from './machine.ts';
import { CHIPS_LOST_RATIO, DAY_S, troubleOfDay } from './troubles.ts';
import type { SimulatedUnit } from './unit.ts';
import { hallTemperatureC } from './weather.ts';

export type BoardMoment = {
  isAlive: boolean;
  hashrateThs: number;
  averageThs: number;
  ratedThs: number;
  chips: number;
  ratedChips: number;
  frequencyMhz: number;
  powerW: number;
  /** Sensors at the inlet and the outlet end of the board, °C. */
  inletC: number;
  outletC: number;
  chipMinC: number;
  chipMaxC: number;
  hardwareErrors: number;
  accepted: number;
};

export type PoolMoment = {
  url: string;
  worker: string;
  isAlive: boolean;
  isActive: boolean;
  accepted: number;
  rejected: number;
  stale: number;
};

export type Moment = {
  unit: SimulatedUnit;
  /** The machine's own clock, seconds since 1970. */
  whenS: number;
  /** The farm's clock, seconds since 1970. */
  timeS: number;
  uptimeS: number;
  phase: 'booting' | 'starting' | 'hashing' | 'sleeping';
  hashrate5sThs: number;
  hashrate1mThs: number;
  hashrate5mThs: number;
  hashrate15mThs: number;
  hashrate30mThs: number;
  hashrate24hThs: number;
  averageThs: number;
  ratedThs: number;
  workTh: number;
  powerW: number;
  powerLimitW: number;
  limitRatio: number;
  boards: readonly BoardMoment[];
  fansRpm: readonly number[];
  /** Fan speed over full speed. */
  fanRatio: number;
  inletC: number;
  outletC: number;
  accepted: number;
  rejected: number;
  stale: number;
  hardwareErrors: number;
  secondsSinceShare: number;
  bestShare: number;
  pools: readonly PoolMoment[];
};

const HASHES_PER_DIFFICULTY = 2 ** 32;
const STREAM = { accepted: 1000, rejected: 2000, stale: 3000, errors: 4000 } as const;
const CHANNEL = { noise: 51, air: 52, board: 53, boardHeat: 54, fan: 55, power: 56, share: 57 } as const;
const SLEEPING_SHARE = 0.02;
const STANDBY_SHARE = 0.08;

/** State of the machine at `timeS` by the farm's clock; `skewS` is how far its own clock is ahead. */
export function observe(machine: SimulatedMachine, timeS: number, skewS = 0): Moment {
  catchUp(machine, timeS);
  const { unit, stretch } = machine;
  const { model } = unit;
  const uptimeS = Math.max(0, timeS - machine.bootedAtS);
  const phase =
    uptimeS < SILENT_BOOT_S
      ? 'booting'
      : machine.isSleeping
        ? 'sleeping'
        : timeS - stretch.miningFromS < WARM_UP_S
          ? 'starting'
          : 'hashing';
  const rate = rateThs(machine, timeS);
  const work = workTh(machine, timeS);
  const noisy = (valueThs: number, share: number, channel: number, stepS: number) =>
    Math.max(0, valueThs * (1 + share * drift(unit.seed, CHANNEL.noise + channel * 100, timeS, stepS)));
  const over = (windowS: number) => {
    const spanS = Math.min(windowS, uptimeS);
    return spanS > 0 ? (work - workTh(machine, timeS - spanS)) / spanS : 0;
  };
  const load = rate / (model.ratedThs * unit.speedRatio);
  const trouble = troubleOfDay(unit, Math.floor(timeS / DAY_S), machine.troublesPerDay);
  const now = trouble && trouble.fromS <= timeS ? trouble : null;
  const stoppedFan = machine.broken.fan ?? (now?.kind === 'fan' ? now.part : null);
  const deadBoard = machine.broken.board ?? (now?.kind === 'board' ? now.part : null);
  const weakBoard = now?.kind === 'chips' ? now.part : null;
  const inletC = hallTemperatureC(timeS) + unit.placeC + 0.4 * drift(unit.seed, CHANNEL.air, timeS, 300);
  const share = phase === 'sleeping' ? SLEEPING_SHARE : phase === 'hashing' ? 0.04 + 0.96 * load ** (4 / 3) : STANDBY_SHARE;
  const powerW = model.ratedW * unit.powerRatio * share * (1 + 0.004 * drift(unit.seed, CHANNEL.power, timeS, 20));
  const fanRatio = phase === 'hashing' ? Math.min(1, Math.max(0.3, 0.35 + (inletC - 10) / 45)) : 0.2;

  const reach = (work * 1e12) / (unit.shareDifficulty * HASHES_PER_DIFFICULTY);
  const key = unit.seed ^ Math.imul(machine.boots + 1, 0x9e3779b1);
  const accepted = arrivalsUntil(reach * (1 - unit.rejectRatio), key, STREAM.accepted);
  const rejected = arrivalsUntil(reach * unit.rejectRatio, key, STREAM.rejected);
  const stale = arrivalsUntil(reach * unit.rejectRatio * 0.5, key, STREAM.stale);
  const errors = arrivalsUntil(reach * unit.errorsPerShare, key, STREAM.errors);
  const shares = { accepted, rejected, stale };

  const weights = boardWeights(unit);
  const aliveWeight = weights.reduce((sum, weight, at) => sum + (at === deadBoard ? 0 : weight), 0);
  const boards = weights.map((weight, at): BoardMoment => {
    const isAlive = at !== deadBoard;
    const part = isAlive ? weight / aliveWeight : 0;
    const heat = inletC + 2 * drawNormal(unit.seed, CHANNEL.boardHeat, at) + 0.6 * drift(unit.seed, CHANNEL.boardHeat + 10 + at, timeS, 60);
    const riseC = (stoppedFan === null ? 1 : 1.3) * load;
    return {
      isAlive,
      hashrateThs: noisy(rate * part, 0.03, 10 + at, 5),
      averageThs: uptimeS > 0 ? (work * part) / uptimeS : 0,
      ratedThs: model.ratedThs / model.boards,
      chips: !isAlive ? 0 : at === weakBoard ? Math.round(model.chipsPerBoard * (1 - CHIPS_LOST_RATIO)) : model.chipsPerBoard,
      ratedChips: model.chipsPerBoard,
      frequencyMhz: isAlive ? model.frequencyMhz * machine.limitRatio ** 0.75 : 0,
      powerW: isAlive ? powerW / model.boards : 0,
      inletC: heat + 3 + 12 * riseC,
      outletC: heat + 5 + 34 * riseC,
      chipMinC: heat + 6 + 26 * riseC,
      chipMaxC: heat + 9 + 46 * riseC,
      // Whole shares of a count that never falls, and so never falling themselves.
      hardwareErrors: Math.floor(errors * weight),
      accepted: Math.floor(accepted * weight),
    };
  });

  return {
    unit,
    whenS: Math.floor(timeS + skewS),
    timeS,
    uptimeS: Math.floor(uptimeS),
    phase,
    hashrate5sThs: noisy(rate, 0.025, 1, 5),
    hashrate1mThs: noisy(over(60), 0.01, 2, 30),
    hashrate5mThs: noisy(over(300), 0.004, 3, 150),
    hashrate15mThs: noisy(over(900), 0.002, 4, 450),
    hashrate30mThs: over(1800),
    hashrate24hThs: over(DAY_S),
    averageThs: uptimeS > 0 ? work / uptimeS : 0,
    ratedThs: model.ratedThs,
    workTh: work,
    powerW,
    powerLimitW: Math.round(model.ratedW * machine.limitRatio),
    limitRatio: machine.limitRatio,
    boards,
    fansRpm: Array.from({ length: model.fans }, (_, at) =>
      at === stoppedFan
        ? 0
        : Math.round((model.fanRpm * fanRatio * (1 + 0.01 * drift(unit.seed, CHANNEL.fan + 100 * at, timeS, 10))) / 30) * 30,
    ),
    fanRatio,
    inletC,
    outletC: inletC + 14 * load,
    ...shares,
    hardwareErrors: boards.reduce((sum, board) => sum + board.hardwareErrors, 0),
    secondsSinceShare: Math.floor(-Math.log(1 - draw(unit.seed, CHANNEL.share, accepted)) * 5),
    bestShare: Math.floor(unit.shareDifficulty * (1 + accepted) * (0.5 + draw(unit.seed, CHANNEL.share, 1))),
    pools: machine.pools.map((pool, at): PoolMoment => {
      const isActive = at === machine.activePool;
      const since = (kind: 'accepted' | 'rejected' | 'stale') => pool[kind] + (isActive ? shares[kind] - machine.sharesAtChoice[kind] : 0);
      return {
        url: pool.url,
        worker: pool.worker,
        isAlive: true,
        isActive,
        accepted: since('accepted'),
        rejected: since('rejected'),
        stale: since('stale'),
      };
    }),
  };
}

/** Parts of the machine's hash rate that its boards have; they add up to 1. */
function boardWeights(unit: SimulatedUnit): number[] {
  const raw = Array.from({ length: unit.model.boards }, (_, at) => 1 + 0.015 * drawNormal(unit.seed, CHANNEL.board, at));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}
