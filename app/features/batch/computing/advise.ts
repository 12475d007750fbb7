/**
 * Which machines to sell, switch off, move or underclock, and what each is worth. What was paid for a machine is gone whatever is decided, so a
 * machine is worth the flows that it still brings: `keepUsd = npvUsd + capexUsd`. An act is worth what it changes of that, over the horizon and at the
 * scenario's discount rate; it is advised only where it gains. Every assumption is the caller's; none has a value here. Pure but for the engine.
 */
import type { Engine, FieldError, MachineColumns, ResultColumns } from '#engine';
import { type ComputedBatch, createResults } from './compute-batch.ts';
import type { BatchScenario } from './scenario.ts';

export const ADVICE_KINDS = ['sell', 'switch_off', 'move', 'underclock'] as const;
export type AdviceKind = (typeof ADVICE_KINDS)[number];

/** `null`: the act is not looked at. */
export type AdviceOptions = {
  /** What a used machine fetches, USD per TH/s of its rated hash rate. */
  sell: { usdPerThs: number } | null;
  /** A place with cheaper power, and what moving one machine costs. */
  move: { powerUsdPerKwh: number; costUsdPerMachine: number } | null;
  /** Share of hash rate and of power that is left; both in (0, 1]. */
  underclock: { hashrateRatio: number; powerRatio: number } | null;
};

export type AdviceTotal = { rows: number; machines: number; powerW: number; gainUsd: number };

export type AdvisedRow = { row: number; kind: AdviceKind; gainUsd: number };

export type Advice = {
  kind: 'ok';
  /** Each act by itself, for all machines that gain by it; `null`: not looked at. */
  alone: Record<AdviceKind, AdviceTotal | null>;
  /** Each machine with the one act that gains most: these add up. */
  best: Record<AdviceKind, AdviceTotal>;
  bestGainUsd: number;
  /** Rows with the most to gain, best first. */
  rows: AdvisedRow[];
  /** Index into ADVICE_KINDS of each row's best act + 1; 0: leave it as it is. */
  actOfRow: Uint8Array;
  /** Machines whose flows over the horizon are worth less than nothing: any price is better than keeping them running. */
  worthless: AdviceTotal;
};

export const MAX_ADVISED_ROWS = 100;
/** Less than this a machine is not worth anybody's way to it. */
export const MIN_GAIN_USD_PER_MACHINE = 1;

function emptyTotal(): AdviceTotal {
  return { rows: 0, machines: 0, powerW: 0, gainUsd: 0 };
}

/** Today's value of a row's machines if they go on as they are, USD. */
export function keepUsd({ machines, results }: Pick<ComputedBatch, 'machines' | 'results'>, row: number): number {
  return results.npvUsd[row]! + machines.capexUsd[row]! * machines.count[row]!;
}

function scaled(column: Float64Array, ratio: number): Float64Array {
  return column.map((value) => value * ratio);
}

export type Adviser = {
  advise(batch: ComputedBatch, scenario: BatchScenario, options: AdviceOptions): Advice | { kind: 'invalid'; errors: FieldError[] };
};

/** `batch` must be of the same scenario. One pass of the engine for each act but selling; O(rows * months). */
export function createAdviser(engine: Engine, rowCount: number): Adviser {
  const results = createResults(engine, rowCount);
  const status = new Uint8Array(rowCount);

  function recompute(
    machines: MachineColumns,
    scenario: BatchScenario,
  ): { kind: 'ok'; results: ResultColumns } | { kind: 'invalid'; errors: FieldError[] } {
    const run = engine.startColumns(scenario.network, { withIrr: false });
    if ('kind' in run) return run;
    run.add(machines, results, status, 0, rowCount);
    return { kind: 'ok', results };
  }

  return {
    advise(batch, scenario, options) {
      const gains: Partial<Record<AdviceKind, Float64Array>> = {};
      const { machines } = batch;

      /** What changes when the columns do; NaN where the changed row cannot be computed. */
      const compare = (kind: AdviceKind, changed: Partial<Record<keyof MachineColumns, Float64Array>>, costOf: (row: number) => number) => {
        const other = recompute({ ...machines, ...changed }, scenario);
        if (other.kind === 'invalid') return other;
        gains[kind] = Float64Array.from(
          { length: rowCount },
          (_, row) => other.results.npvUsd[row]! - batch.results.npvUsd[row]! - costOf(row),
        );
        return null;
      };

      if (options.sell !== null) {
        const { usdPerThs } = options.sell;
        gains.sell = Float64Array.from({ length: rowCount }, (_, row) => {
          const fetchesUsd = usdPerThs * machines.hashrateThs[row]! * machines.count[row]!;
          return fetchesUsd - keepUsd(batch, row);
        });
      }
      if (!scenario.shutdownWhenUnprofitable) {
        const refused = compare('switch_off', { shutdownWhenUnprofitable: new Float64Array(rowCount).fill(1) }, () => 0);
        if (refused !== null) return refused;
      }
      if (options.move !== null) {
        const { powerUsdPerKwh, costUsdPerMachine } = options.move;
        const moved = machines.powerUsdPerKwh.map((own) => Math.min(own, powerUsdPerKwh));
        // A machine that stays pays no way.
        const costOf = (row: number) => (machines.powerUsdPerKwh[row]! > powerUsdPerKwh ? costUsdPerMachine * machines.count[row]! : 0);
        const refused = compare('move', { powerUsdPerKwh: moved }, costOf);
        if (refused !== null) return refused;
      }
      if (options.underclock !== null) {
        const { hashrateRatio, powerRatio } = options.underclock;
        const changed = { hashrateThs: scaled(machines.hashrateThs, hashrateRatio), powerW: scaled(machines.powerW, powerRatio) };
        const refused = compare('underclock', changed, () => 0);
        if (refused !== null) return refused;
      }
      return collect(batch, gains);
    },
  };
}

function collect(batch: ComputedBatch, gains: Partial<Record<AdviceKind, Float64Array>>): Advice {
  const { machines, rowCount, status } = batch;
  const alone = Object.fromEntries(ADVICE_KINDS.map((kind) => [kind, gains[kind] === undefined ? null : emptyTotal()])) as Advice['alone'];
  const best = Object.fromEntries(ADVICE_KINDS.map((kind) => [kind, emptyTotal()])) as Advice['best'];
  const worthless = emptyTotal();
  const actOfRow = new Uint8Array(rowCount);
  const advised: AdvisedRow[] = [];
  let bestGainUsd = 0;
  const add = (total: AdviceTotal, row: number, gainUsd: number) => {
    total.rows++;
    total.machines += machines.count[row]!;
    total.powerW += machines.powerW[row]! * machines.count[row]!;
    total.gainUsd += gainUsd;
  };
  for (let row = 0; row < rowCount; row++) {
    if (status[row] !== 0) continue;
    const keep = keepUsd(batch, row);
    if (keep < 0) add(worthless, row, -keep);
    let chosen: AdvisedRow | null = null;
    const least = MIN_GAIN_USD_PER_MACHINE * machines.count[row]!;
    for (const kind of ADVICE_KINDS) {
      const gainUsd = gains[kind]?.[row] ?? Number.NaN;
      if (!(gainUsd >= least)) continue;
      const total = alone[kind];
      if (total !== null) add(total, row, gainUsd);
      if (chosen === null || gainUsd > chosen.gainUsd) chosen = { row, kind, gainUsd };
    }
    if (chosen === null) continue;
    actOfRow[row] = ADVICE_KINDS.indexOf(chosen.kind) + 1;
    add(best[chosen.kind], row, chosen.gainUsd);
    bestGainUsd += chosen.gainUsd;
    advised.push(chosen);
  }
  advised.sort((a, b) => b.gainUsd - a.gainUsd);
  return { kind: 'ok', alone, best, bestGainUsd, rows: advised.slice(0, MAX_ADVISED_ROWS), actOfRow, worthless };
}
