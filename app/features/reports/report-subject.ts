/**
 * From what was sent to what a report is made of: the inputs of `POST /api/v1/roi`, of `POST /api/v1/roi/batch` or of `POST /api/v1/curtailment/plan`, read by the same
 * readers. Pure: snapshot and catalogue are arguments.
 */

import { readBatchRequest, readBatchRow } from '#app/features/api/economics/read-batch-request.ts';
import { type RequestContext, readRoiRequest } from '#app/features/api/economics/read-roi-request.ts';
import type { UsedMarket } from '#app/features/api/economics/resolve-market.ts';
import type { Fault } from '#app/features/api/wire/fault.ts';
import type { RoiInputs } from '#engine';
import type { FleetRow, FleetSource } from './model/fleet-source.ts';

export type ReadFleet = { kind: 'ok'; source: FleetSource } | { kind: 'invalid'; faults: Fault[] };

type Good = { inputs: RoiInputs; market: UsedMarket; model: string | null; line: number | null };

export function readScenario(inputs: unknown, context: RequestContext): ReadFleet {
  const read = readRoiRequest(inputs, context);
  if (read.kind === 'invalid') return read;
  const name = read.model;
  return { kind: 'ok', source: toSource('scenario', name, [{ ...read, line: null }], 0) };
}

/**
 * Rows that are refused are counted and left out, as in the answer of the batch; a batch without a single good row is refused with the faults of its first one. A report
 * tells one story, so network, horizon, discount and the rule about losses are those of the first good row: a row with others is refused like a bad one.
 */
export function readBatch(inputs: unknown, name: string | null, context: RequestContext): ReadFleet {
  const batch = readBatchRequest(inputs);
  if (batch.kind === 'invalid') return batch;
  const good: Good[] = [];
  let firstFaults: Fault[] = [];
  for (const [index, row] of batch.rows.entries()) {
    const read = readBatchRow(batch.defaults, row, context);
    if (read.kind === 'invalid') {
      if (firstFaults.length === 0) firstFaults = read.faults;
    } else if (good[0] === undefined || isSameStory(good[0].inputs, read.inputs)) {
      good.push({ ...read, line: index + 1 });
    }
  }
  if (good.length === 0) return { kind: 'invalid', faults: firstFaults };
  return { kind: 'ok', source: toSource('batch', name, good, batch.rows.length - good.length) };
}

const SHARED = [
  'height',
  'difficulty',
  'feesBtcPerBlock',
  'epochElapsedS',
  'networkHashrateThs',
  'networkGrowthRatioPerMonth',
  'priceUsdPerBtc',
  'priceGrowthRatioPerMonth',
  'horizonMonths',
  'payoutModel',
  'discountRatioPerYear',
  'shutdownWhenUnprofitable',
] as const;

function isSameStory(a: RoiInputs, b: RoiInputs): boolean {
  return SHARED.every((name) => a[name] === b[name]);
}

function toSource(kind: FleetSource['kind'], name: string | null, good: readonly Good[], rowsFailed: number): FleetSource {
  const [first] = good;
  if (first === undefined) throw new RangeError('a report needs at least one row');
  const { inputs, market } = first;
  return {
    kind,
    name,
    network: {
      height: inputs.height,
      difficulty: inputs.difficulty,
      feesBtcPerBlock: inputs.feesBtcPerBlock,
      epochElapsedS: inputs.epochElapsedS,
      networkHashrateThs: inputs.networkHashrateThs,
      networkGrowthRatioPerMonth: inputs.networkGrowthRatioPerMonth,
      priceUsdPerBtc: inputs.priceUsdPerBtc,
      priceGrowthRatioPerMonth: inputs.priceGrowthRatioPerMonth,
      horizonMonths: inputs.horizonMonths,
      payoutModel: inputs.payoutModel,
    },
    discountRatioPerYear: inputs.discountRatioPerYear,
    shutdownWhenUnprofitable: inputs.shutdownWhenUnprofitable,
    rows: good.map(({ inputs: own, model, line }) => toRow(own, model, line)),
    rowsFailed,
    rowsSkipped: 0,
    hostedRows: good.filter(({ inputs: own }) => own.clientPowerUsdPerKwh !== null).length,
    market,
  };
}

/** Of a hosted machine the site as a whole, as in the list and in the answer of `/api/v1/roi/batch`: power at what the host pays for it. The report says so. */
function toRow(inputs: RoiInputs, model: string | null, line: number | null): FleetRow {
  return {
    model,
    line,
    count: inputs.count,
    hashrateThs: inputs.hashrateThs,
    powerW: inputs.powerW,
    powerUsdPerKwh: inputs.powerUsdPerKwh,
    poolFeeRatio: inputs.poolFeeRatio,
    uptimeRatio: inputs.uptimeRatio,
    pue: inputs.pue,
    hashrateDecayRatioPerMonth: inputs.hashrateDecayRatioPerMonth,
    hostingFeeUsdPerMonth: inputs.hostingFeeUsdPerMonth,
    maintenanceUsdPerMonth: inputs.maintenanceUsdPerMonth,
    capexUsd: inputs.capexUsd,
    residualUsd: inputs.residualUsd,
    heldRatio: inputs.heldRatio,
  };
}
