/**
 * The typed facade, the same in browser and server: inputs as objects, results as objects that carry the inputs used, the engine's version and
 * warnings. It writes columns, calls the module, reads columns; every formula is in engine/assembly. Bad input comes back as a list of field
 * errors and never throws; only a programmer's mistake (a grid of 65 columns) does.
 */
import { VERIFICATION_TOLERANCE_RATIO } from '../units/constants.ts';
import { impliedNetworkHashrateThs } from '../units/network.ts';
import { readEngineVersion } from './abi.ts';
import { type BatchRun, createBatch } from './batch.ts';
import { type ColumnsOptions, type ColumnsRun, createColumns } from './columns.ts';
import { createCore } from './core.ts';
import type { FlexibleFacade } from './flexible/flexible.ts';
import { createFlexible } from './flexible/flexible.ts';
import type { MachineColumn, MemoryMap, ResultColumn } from './memory-map.ts';
import { isFiniteRow, readEvents, readMonths, readSummary, readToday } from './read-results.ts';
import type { RiskFacade } from './risk/risk.ts';
import { createRisk } from './risk/risk.ts';
import { runSelfTest } from './self-test.ts';
import type { Sensitivity } from './sensitivity.ts';
import { createSensitivity } from './sensitivity.ts';
import type {
  BatchResult,
  Invalid,
  MachineInputs,
  MonthPath,
  NetworkInputs,
  Projection,
  RoiInputs,
  RoiResult,
  Today,
  Verification,
  Warning,
} from './types.ts';
import { networkErrors, notFinite, roiErrors } from './validate.ts';
import type { WasmExports } from './wasm-exports.ts';

/** Columns lent by the module: write machines, call project, read results. Nothing is copied; results are valid until the next call of the engine. */
export type ColumnsTile = {
  /** Rows the tile holds. Write them in [0, rowCount); with an odd rowCount the row after the last is computed too and means nothing. */
  readonly capacity: number;
  readonly machines: Readonly<Record<MachineColumn, Float64Array>>;
  readonly results: Readonly<Record<ResultColumn, Float64Array>>;
  /** 0: valid; else 1 + index of the first field out of range. */
  readonly rowStatus: Float64Array;
  /** Computes rows [0, rowCount): cash flow, and today's figures; IRR when asked for. O(rowCount * horizonMonths). */
  project(network: NetworkInputs, rowCount: number, options: { withIrr: boolean }): { kind: 'ok'; badRows: number } | Invalid;
};

export type Engine = Sensitivity &
  RiskFacade &
  FlexibleFacade & {
    /** Semantic version of the formulas, e.g. "1.0.0". */
    readonly engineVersion: string;
    readonly usesSimd: boolean;
    /** One machine group: today, projection with months, verification, and both sides of the hosting contract when there is one. About 50 microseconds. */
    project(inputs: RoiInputs): RoiResult | Invalid;
    /** Many groups; rows that share their network inputs share one path. A bad row is returned as such and stops no other. */
    projectBatch(rows: readonly RoiInputs[], options: { months: boolean }): BatchResult;
    /** The same in slices, for a caller with other work between them; see BatchRun. */
    startBatch(options: { months: boolean }): BatchRun;
    /** Many groups of one network as columns; see ColumnsRun. */
    startColumns(network: NetworkInputs, options: ColumnsOptions): ColumnsRun | Invalid;
    /** The path alone. */
    path(network: NetworkInputs): MonthPath | Invalid;
    readonly tile: ColumnsTile;
    /** Computes a known case of DOMAIN.md and compares. */
    selfTest(): { ok: boolean; detail: string };
  };

/**
 * DOMAIN 2: the same coins by the share of a measured network hash rate; same fee, same terms. The reward cancels in the ratio, which is
 * the hash rate implied by the difficulty over the measured one, and so exists even where nothing is mined.
 */
function verify(map: MemoryMap, inputs: RoiInputs, today: Today): Verification {
  if (inputs.networkHashrateThs === null) {
    return { difficultyMethodBtcPerDay: today.minedBtcPerDay, shareMethodBtcPerDay: null, ratio: null, note: 'not_measured' };
  }
  const ratio = impliedNetworkHashrateThs(inputs.difficulty) / inputs.networkHashrateThs;
  const isFaster = ratio < 1 - VERIFICATION_TOLERANCE_RATIO;
  const isSlower = ratio > 1 + VERIFICATION_TOLERANCE_RATIO;
  return {
    difficultyMethodBtcPerDay: today.minedBtcPerDay,
    shareMethodBtcPerDay: inputs.hashrateThs * inputs.uptimeRatio * (1 - inputs.poolFeeRatio) * map.pathScalars[2]! * inputs.count,
    ratio,
    note: isFaster ? 'blocks_faster' : isSlower ? 'blocks_slower' : 'agree',
  };
}

function findWarnings(result: Pick<RoiResult, 'today' | 'projection' | 'verification'>, blocksNeverArrive: boolean): Warning[] {
  const warnings: Warning[] = [];
  if (result.today.netUsdPerDay < 0) warnings.push('loses_money_today');
  if (result.projection.paybackMonths === null) warnings.push('never_pays_back');
  if (result.projection.shutdownMonth !== null) warnings.push('shuts_down');
  if (result.verification.note === 'blocks_faster' || result.verification.note === 'blocks_slower') warnings.push('methods_disagree');
  if (blocksNeverArrive) warnings.push('blocks_never_arrive');
  return warnings;
}

/** Builds the facade over a started module. Throws when the module speaks another ABI. */
export function createEngine(wasm: WasmExports): Engine {
  const core = createCore(wasm);
  const { map } = core;
  const engineVersion = readEngineVersion(wasm);

  /** Row 0 with the path that is in memory. */
  function projectRow(machine: MachineInputs, horizonMonths: number): { today: Today; projection: Projection } | null {
    core.writeMachine(0, machine);
    wasm.checkRows(1);
    wasm.projectTile(1, wasm.WITH_IRR.value);
    wasm.todayTile(1);
    if (!isFiniteRow(map, 0)) return null;
    wasm.writeMonths(0);
    const summary = readSummary(map, 0, machine.capexUsd * machine.count);
    return { today: readToday(map, 0), projection: { ...summary, months: readMonths(map, horizonMonths) } };
  }

  function projectHosting(inputs: RoiInputs, clientPowerUsdPerKwh: number): { client: Projection; host: Projection } | null {
    const client = projectRow({ ...inputs, powerUsdPerKwh: clientPowerUsdPerKwh }, inputs.horizonMonths);
    if (!client) return null;
    wasm.projectHost(inputs.powerUsdPerKwh, inputs.hostCapexUsd);
    const host = readSummary(map, 1, inputs.hostCapexUsd * inputs.count);
    return { client: client.projection, host: { ...host, months: readMonths(map, inputs.horizonMonths) } };
  }

  function project(inputs: RoiInputs): RoiResult | Invalid {
    const errors = roiErrors(inputs);
    if (errors.length > 0) return { kind: 'invalid', errors };
    const refused = core.runPath(inputs);
    if (refused) return refused;
    const own = projectRow(inputs, inputs.horizonMonths);
    if (!own) return { kind: 'invalid', errors: [notFinite(inputs)] };
    const events = readEvents(map, wasm.pathEventCount());
    const blocksNeverArrive = wasm.pathNeverArrives() === 1;
    const verification = verify(map, inputs, own.today);
    const { clientPowerUsdPerKwh } = inputs;
    const hosting = clientPowerUsdPerKwh === null ? null : projectHosting(inputs, clientPowerUsdPerKwh);
    if (clientPowerUsdPerKwh !== null && hosting === null) return { kind: 'invalid', errors: [notFinite(inputs)] };
    const known = { today: own.today, projection: own.projection, verification };
    return {
      kind: 'ok',
      inputs: core.resolve(inputs),
      ...known,
      events,
      host: hosting ? hosting.host : null,
      client: hosting ? hosting.client : null,
      warnings: findWarnings(known, blocksNeverArrive),
      engineVersion,
    };
  }

  return {
    engineVersion,
    usesSimd: wasm.USES_SIMD.value === 1,
    project,
    ...createBatch(core),
    ...createColumns(core),
    ...createSensitivity(core),
    ...createRisk(core, engineVersion),
    ...createFlexible(core, engineVersion),
    path(network) {
      const errors = networkErrors(network);
      if (errors.length > 0) return { kind: 'invalid', errors };
      const refused = core.runPath(network);
      if (refused) return refused;
      const months = network.horizonMonths;
      return {
        kind: 'ok',
        btcPerThs: map.pathBtcPerThs.slice(0, months),
        usdPerThs: map.pathUsdPerThs.slice(0, months),
        meanPriceUsdPerBtc: map.pathMeanPriceUsdPerBtc.slice(0, months),
        hashpriceBtcPerThDay: map.pathScalars[0]!,
        exitPriceUsdPerBtc: map.pathScalars[1]!,
      };
    },
    tile: {
      capacity: wasm.TILE_ROWS.value,
      machines: map.machines,
      results: map.results,
      rowStatus: map.rowStatus,
      project(network, rowCount, { withIrr }) {
        const refused = core.runPath(network);
        if (refused) return refused;
        const badRows = wasm.checkRows(rowCount);
        const status = wasm.projectTile(rowCount, withIrr ? wasm.WITH_IRR.value : 0);
        if (status !== 0) throw new RangeError(`a tile holds ${wasm.TILE_ROWS.value} rows, not ${rowCount}`);
        wasm.todayTile(rowCount);
        return { kind: 'ok', badRows };
      },
    },
    selfTest() {
      return runSelfTest(project);
    },
  };
}
