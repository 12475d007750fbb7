/** Every figure of a report of a curtailment plan, read off the problem and the solver's answer once. Pure. */
import type { PlanAnswerJson } from '#app/features/curtailment/plan-answer.ts';
import type { PlanMachine, PlanMoney, PlanProblem } from '#engine';
import { W_PER_KW } from '#engine/units/constants.ts';

const MINUTES_PER_HOUR = 60;
const HOURS_PER_DAY = 24;
const KWH_PER_MWH = 1000;
const W_PER_MW = 1e6;

export type PlanInterval = {
  startAt: string;
  priceUsdPerMwh: number;
  loadKw: number;
  fullKw: number;
  energyKwh: number;
  energyUsd: number;
  hashrateThs: number;
  hashpriceUsdPerThDay: number;
  hashingUsd: number;
  /** What the most efficient machine makes of a MWh. */
  worthUsdPerMwh: number;
};

export type PlanGroup = {
  id: string;
  machines: number;
  site: string | null;
  powerKw: number;
  efficiencyJPerTh: number;
  hoursOffEach: number;
  starts: number;
};

export type PlanUnitRuns = { id: string; unit: number; on: [from: number, to: number][] };

/** Answer with a plan in hand. */
export type MadePlan = PlanAnswerJson & {
  valueUsd: number;
  gapUsd: number;
  gapRatio: number;
  money: PlanMoney;
  loadKw: number[];
  shadowPrices: NonNullable<PlanAnswerJson['shadowPrices']>;
};

export type Plan = {
  problem: PlanProblem;
  answer: MadePlan;
  intervals: PlanInterval[];
  groups: PlanGroup[];
  units: PlanUnitRuns[];
  machines: number;
  hoursPerInterval: number;
  energyKwh: number;
  fullEnergyKwh: number;
  peakKw: number;
  /** Index of the interval with the highest load. */
  peakInterval: number;
  machineHours: number;
  machineHoursOff: number;
  starts: number;
  /** Every machine in its strongest mode all the time, limits not looked at. */
  on: PlanMoney & { valueUsd: number };
  gainUsd: number;
};

/** Null: the answer holds no plan. */
export function computePlanFigures(problem: PlanProblem, answer: PlanAnswerJson): Plan | null {
  if (!isMade(answer)) return null;
  const { interval, priceUsdPerMwh } = problem;
  const hours = interval.minutes / MINUTES_PER_HOUR;
  const byId = new Map(problem.machines.map((machine) => [machine.id, machine]));
  const hashrateThs = new Array<number>(interval.count).fill(0);
  const hoursOff = new Map<string, number>();
  const starts = new Map<string, number>();
  const units = answer.machines.map(({ id, unit, runs }): PlanUnitRuns => {
    const machine = byId.get(id)!;
    const on = runs.filter(([, , mode]) => mode !== null && machine.modes[mode]!.hashrateThs > 0);
    for (const [from, to, mode] of on) for (let t = from; t < to; t += 1) hashrateThs[t]! += machine.modes[mode!]!.hashrateThs;
    const joined = joinRuns(on);
    const onIntervals = joined.reduce((sum, [from, to]) => sum + to - from, 0);
    hoursOff.set(id, (hoursOff.get(id) ?? 0) + (interval.count - onIntervals) * hours);
    starts.set(id, (starts.get(id) ?? 0) + joined.filter(([from]) => from > 0 || isOffBefore(machine)).length);
    return { id, unit, on: joined };
  });
  const fullKw = problem.machines.reduce((sum, machine) => sum + ((machine.count ?? 1) * strongest(machine).powerW) / W_PER_KW, 0);
  const fullThs = problem.machines.reduce((sum, machine) => sum + (machine.count ?? 1) * strongest(machine).hashrateThs, 0);
  const bestThsPerW = Math.max(
    ...problem.machines.flatMap(({ modes }) => modes.map((mode) => (mode.powerW > 0 ? mode.hashrateThs / mode.powerW : 0))),
  );
  const startMs = Date.parse(interval.startAt);
  const intervals = priceUsdPerMwh.map((price, t): PlanInterval => {
    const hashprice = hashpriceAt(problem, t);
    const energyKwh = answer.loadKw[t]! * hours;
    return {
      startAt: new Date(startMs + t * interval.minutes * 60_000).toISOString(),
      priceUsdPerMwh: price,
      loadKw: answer.loadKw[t]!,
      fullKw,
      energyKwh,
      energyUsd: (energyKwh * price) / KWH_PER_MWH,
      hashrateThs: hashrateThs[t]!,
      hashpriceUsdPerThDay: hashprice,
      hashingUsd: (hashrateThs[t]! * hashprice * hours) / HOURS_PER_DAY,
      worthUsdPerMwh: (bestThsPerW * W_PER_MW * hashprice) / HOURS_PER_DAY,
    };
  });
  const groups = problem.machines.map((machine): PlanGroup => {
    const mode = strongest(machine);
    const machines = machine.count ?? 1;
    return {
      id: machine.id,
      machines,
      site: machine.site ?? null,
      powerKw: mode.powerW / W_PER_KW,
      efficiencyJPerTh: mode.powerW / mode.hashrateThs,
      hoursOffEach: (hoursOff.get(machine.id) ?? 0) / machines,
      starts: starts.get(machine.id) ?? 0,
    };
  });
  const on = reckonAlwaysOn(problem, fullKw, fullThs, hours);
  const peakKw = Math.max(...answer.loadKw);
  const machines = groups.reduce((sum, group) => sum + group.machines, 0);
  return {
    problem,
    answer,
    intervals,
    groups,
    units,
    machines,
    hoursPerInterval: hours,
    energyKwh: intervals.reduce((sum, { energyKwh }) => sum + energyKwh, 0),
    fullEnergyKwh: fullKw * hours * interval.count,
    peakKw,
    peakInterval: answer.loadKw.indexOf(peakKw),
    machineHours: machines * hours * interval.count,
    machineHoursOff: [...hoursOff.values()].reduce((sum, value) => sum + value, 0),
    starts: [...starts.values()].reduce((sum, value) => sum + value, 0),
    on,
    gainUsd: answer.valueUsd - on.valueUsd,
  };
}

function isMade(answer: PlanAnswerJson): answer is MadePlan {
  return (
    answer.valueUsd !== null && answer.money !== null && answer.loadKw !== null && answer.gapUsd !== null && answer.shadowPrices !== null
  );
}

/** The mode with the highest hash rate. */
function strongest({ modes }: PlanMachine): PlanMachine['modes'][number] {
  return modes.reduce((best, mode) => (mode.hashrateThs > best.hashrateThs ? mode : best));
}

/** A free first state is no start. */
function isOffBefore({ initialMode, modes }: PlanMachine): boolean {
  return initialMode === null || (initialMode !== undefined && modes[initialMode]!.hashrateThs === 0);
}

function joinRuns(runs: readonly (readonly [number, number, number | null])[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [from, to] of runs) {
    const last = joined.at(-1);
    if (last !== undefined && last[1] === from) last[1] = to;
    else joined.push([from, to]);
  }
  return joined;
}

function hashpriceAt({ hashpriceUsdPerThDay }: PlanProblem, t: number): number {
  return typeof hashpriceUsdPerThDay === 'number' ? hashpriceUsdPerThDay : hashpriceUsdPerThDay[t]!;
}

function reckonAlwaysOn(problem: PlanProblem, fullKw: number, fullThs: number, hours: number): PlanMoney & { valueUsd: number } {
  const { priceUsdPerMwh, demandCharge, takeOrPay } = problem;
  const hashingUsd = priceUsdPerMwh.reduce((sum, _, t) => sum + (fullThs * hashpriceAt(problem, t) * hours) / HOURS_PER_DAY, 0);
  const energyUsd = priceUsdPerMwh.reduce((sum, price) => sum + (fullKw * hours * price) / KWH_PER_MWH, 0);
  const energyKwh = fullKw * hours * priceUsdPerMwh.length;
  const demandChargeUsd = demandCharge === undefined ? 0 : demandCharge.usdPerKw * Math.max(demandCharge.peakSoFarKw, fullKw);
  const takeOrPayUsd = takeOrPay === undefined ? 0 : takeOrPay.usdPerMissingKwh * Math.max(0, takeOrPay.minKwh - energyKwh);
  return {
    hashingUsd,
    energyUsd,
    restartUsd: 0,
    capPenaltyUsd: 0,
    takeOrPayUsd,
    demandChargeUsd,
    valueUsd: hashingUsd - energyUsd - demandChargeUsd - takeOrPayUsd,
  };
}
