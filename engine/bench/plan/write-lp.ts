/**
 * A plan problem as a mixed integer programme in CPLEX LP format, for solvers that know nothing of curtailment. It is written from the checker's integers, so
 * that every solver gets exactly the problem that the checker judges its answer by. Columns: x{unit}_{t}_{mode} runs in a mode (0/1), s{unit}_{t}_{mode} starts into it, l{site}_{t} load in kW,
 * o{site}_{t} kW over a soft cap, short kW x intervals missing of take-or-pay, peak kW billed.
 */
import { type ExactMachine, type ExactProblem, isRunning, offPowerW, startCostPusd } from '../../checker/exact-problem.ts';

export type LinearProgramme = {
  text: string;
  /** Added to the objective: what sleeping machines cost whatever is done. USD. */
  constantUsd: number;
};

type Term = readonly [coefficient: string, column: string];

export function writeLp(problem: ExactProblem): LinearProgramme {
  const writer = new LpWriter();
  let constantPusd = 0n;
  for (const [unit, machine] of listUnits(problem).entries()) constantPusd += writeUnit(writer, problem, machine, unit);
  writeSites(writer, problem);
  writeShared(writer, problem);
  return { text: writer.toText(), constantUsd: Number(constantPusd) / 1e12 };
}

/** Units in the order of the problem: entries of `count` units follow each other. */
export function listUnits(problem: ExactProblem): ExactMachine[] {
  return problem.machines.flatMap((machine) => new Array<ExactMachine>(machine.count).fill(machine));
}

export function runningModes(machine: ExactMachine): number[] {
  return [...machine.modes.keys()].filter((mode) => isRunning(machine, mode));
}

/** Rows of one unit; returns the constant of its objective. */
function writeUnit(writer: LpWriter, problem: ExactProblem, machine: ExactMachine, unit: number): bigint {
  const modes = runningModes(machine);
  const T = problem.intervalCount;
  const on = (t: number, sign: '' | '-' = ''): Term[] => modes.map((mode) => [`${sign}1`, `x${unit}_${t}_${mode}`] as const);
  const starts = (t: number): Term[] => modes.map((mode) => [`1`, `s${unit}_${t}_${mode}`] as const);
  const startsIn = (from: number, to: number) => Array.from({ length: to - from }, (_none, index) => starts(from + index)).flat();
  const isStartPossible = (t: number) => t > 0 || machine.initial?.isOn === false;
  let constantPusd = 0n;
  for (let t = 0; t < T; t++) {
    const offPusd = -offPowerW(machine) * problem.energyPusdPerW[t]!;
    constantPusd += offPusd;
    for (const mode of modes) {
      const { powerW, hashrateGhs } = machine.modes[mode]!;
      const onPusd = hashrateGhs * problem.hashPusdPerGhs[t]! - powerW * problem.energyPusdPerW[t]!;
      writer.earn(onPusd - offPusd, `x${unit}_${t}_${mode}`);
      writer.binary(`x${unit}_${t}_${mode}`, machine.mustStop[t]! ? 0 : null);
      const startPusd = startCostPusd(machine, machine.modes[mode]!, problem.hashPusdPerGhs[t]!);
      if (startPusd < 0n) throw new Error('a start that pays would have to be a binary of its own');
      if (!isStartPossible(t)) continue;
      writer.earn(-startPusd, `s${unit}_${t}_${mode}`);
      if (modes.length > 1)
        writer.row(
          [
            ['1', `s${unit}_${t}_${mode}`],
            ['-1', `x${unit}_${t}_${mode}`],
          ],
          '<=',
          '0',
        );
    }
    const held =
      machine.initial === null
        ? 0
        : (machine.initial.isOn ? machine.minUpIntervals : machine.minDownIntervals) - machine.initial.ageIntervals;
    const mustRun = machine.mustRun[t]! || (machine.initial?.isOn === true && t < held);
    if (mustRun) writer.row(on(t), '=', '1');
    else if (modes.length > 1) writer.row(on(t), '<=', '1');
    if (machine.initial?.isOn === false && t < held) writer.row(on(t), '=', '0');
    if (t > 0) writer.row([...on(t), ...on(t - 1, '-'), ...starts(t).map(negate)], '<=', '0');
    else if (isStartPossible(0)) writer.row([...on(0), ...starts(0).map(negate)], '<=', '0');
    const first = isStartPossible(0) ? 0 : 1;
    if (machine.minUpIntervals > 1) {
      writer.row([...startsIn(Math.max(first, t - machine.minUpIntervals + 1), t + 1), ...on(t, '-')], '<=', '0');
    }
    const before = t - machine.minDownIntervals;
    if (machine.minDownIntervals > 1 && before >= 0) writer.row([...startsIn(before + 1, t + 1), ...on(before)], '<=', '1');
    if (machine.minDownIntervals > 1 && before === -1 && machine.initial?.isOn === true) writer.row(startsIn(first, t + 1), '<=', '0');
  }
  if (machine.maxStarts !== null) writer.row(startsIn(isStartPossible(0) ? 0 : 1, T), '<=', String(machine.maxStarts));
  return constantPusd;
}

function writeSites(writer: LpWriter, problem: ExactProblem): void {
  const units = listUnits(problem);
  const needsAllLoads = problem.takeOrPay !== null || problem.demandCharge !== null;
  for (const [s, site] of problem.sites.entries()) {
    for (let t = 0; t < problem.intervalCount; t++) {
      if (site.capW[t] === null && site.rampW === null && !needsAllLoads) continue;
      let sleepW = 0n;
      const terms: Term[] = [['-1', `l${s}_${t}`]];
      for (const [unit, machine] of units.entries()) {
        if (machine.site !== s) continue;
        sleepW += offPowerW(machine);
        for (const mode of runningModes(machine)) {
          terms.push([thousandths(machine.modes[mode]!.powerW - offPowerW(machine)), `x${unit}_${t}_${mode}`]);
        }
      }
      writer.row(terms, '=', thousandths(-sleepW));
      writeCap(writer, problem, s, t);
      if (site.rampW !== null && t > 0) {
        writer.row(
          [
            ['1', `l${s}_${t}`],
            ['-1', `l${s}_${t - 1}`],
          ],
          '<=',
          thousandths(site.rampW),
        );
        writer.row(
          [
            ['1', `l${s}_${t - 1}`],
            ['-1', `l${s}_${t}`],
          ],
          '<=',
          thousandths(site.rampW),
        );
      }
    }
  }
}

function writeCap(writer: LpWriter, problem: ExactProblem, s: number, t: number): void {
  const { capW, penaltyPusdPerW } = problem.sites[s]!;
  const cap = capW[t];
  if (cap === null || cap === undefined) return;
  if (penaltyPusdPerW === null) {
    writer.row([['1', `l${s}_${t}`]], '<=', thousandths(cap));
    return;
  }
  writer.row(
    [
      ['1', `l${s}_${t}`],
      ['-1', `o${s}_${t}`],
    ],
    '<=',
    thousandths(cap),
  );
  writer.earn(-penaltyPusdPerW * 1000n, `o${s}_${t}`);
}

function writeShared(writer: LpWriter, problem: ExactProblem): void {
  const { takeOrPay, demandCharge } = problem;
  const intervals = [...problem.energyPusdPerW.keys()];
  for (const [c, { minMachineIntervals }] of problem.clients.entries()) {
    const terms = listUnits(problem).flatMap((machine, unit) =>
      machine.client === c ? intervals.flatMap((t) => runningModes(machine).map((mode) => ['1', `x${unit}_${t}_${mode}`] as const)) : [],
    );
    writer.row(terms, '>=', String(minMachineIntervals));
  }
  const loads = (t: number) => problem.sites.map((_site, s) => ['1', `l${s}_${t}`] as const);
  if (takeOrPay !== null) {
    writer.row([...intervals.flatMap(loads), ['1', 'short']], '>=', thousandths(takeOrPay.minWIntervals));
    writer.earn(-takeOrPay.pusdPerWInterval * 1000n, 'short');
  }
  if (demandCharge !== null) {
    for (const t of intervals) writer.row([...loads(t), ['-1', 'peak']], '<=', '0');
    writer.row([['1', 'peak']], '>=', thousandths(demandCharge.peakSoFarW));
    writer.earn(-demandCharge.pusdPerW * 1000n, 'peak');
  }
}

function negate([coefficient, column]: Term): Term {
  return [coefficient.startsWith('-') ? coefficient.slice(1) : `-${coefficient}`, column];
}

/** A whole number of thousandths as a decimal, exact. */
function thousandths(value: bigint): string {
  return toDecimal(value, 3);
}

function toDecimal(value: bigint, places: number): string {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Collects terms and rows; LP lines are kept short because some readers have a limit. */
class LpWriter {
  readonly #objective: string[] = [];
  readonly #rows: string[] = [];
  readonly #bounds: string[] = [];
  readonly #binaries: string[] = [];

  earn(pusd: bigint, column: string): void {
    this.#objective.push(withSign(toDecimal(pusd, 12), column));
  }

  row(terms: readonly Term[], relation: '<=' | '>=' | '=', right: string): void {
    // A row without columns may still be impossible (a floor for a client without machines); the format wants a column in it.
    const written = terms.length === 0 ? [['0', this.#binaries[0]!] as const] : terms;
    const left = wrap(written.map(([coefficient, column]) => withSign(coefficient, column)));
    this.#rows.push(` r${this.#rows.length}: ${left} ${relation} ${right}`);
  }

  /** `upper`: 0 where the column must stay at 0. */
  binary(column: string, upper: 0 | null): void {
    this.#binaries.push(column);
    if (upper === 0) this.#bounds.push(` ${column} = 0`);
  }

  toText(): string {
    const bounds = this.#bounds.length === 0 ? [] : ['Bounds', ...this.#bounds];
    return `${['Maximize', ` usd: ${wrap(this.#objective)}`, 'Subject To', ...this.#rows, ...bounds, 'Binaries', ` ${wrap(this.#binaries)}`, 'End'].join('\n')}\n`;
  }
}

function withSign(coefficient: string, column: string): string {
  return coefficient.startsWith('-') ? `- ${coefficient.slice(1)} ${column}` : `+ ${coefficient} ${column}`;
}

const TERMS_PER_LINE = 8;

function wrap(terms: readonly string[]): string {
  const lines: string[] = [];
  for (let start = 0; start < terms.length; start += TERMS_PER_LINE) lines.push(terms.slice(start, start + TERMS_PER_LINE).join(' '));
  return lines.join('\n  ');
}
