/**
 * The work of `POST /api/v1/roi/batch`: 10,000 rows without holding up other requests. Rows are read, computed and written in slices with
 * a turn of the event loop between them; months, by far the largest part of an answer, are computed again slice by slice while
 * the answer is being sent, so that they are never all in memory.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Fault, fromFieldError } from '#app/features/api/wire/fault.ts';
import { type ApiErrorTexts, wordFaults } from '#app/features/api/wire/word-faults.ts';
import type { BatchRun, Engine, Projection, ProjectionSummary, ResolvedRoiInputs, RoiInputs, Today } from '#engine';
import { type Fields, readBatchRow } from './read-batch-request.ts';
import type { RequestContext } from './read-roi-request.ts';
import { resolveMarket, type UsedMarket } from './resolve-market.ts';
import { type BatchSummary, type ComputedRow, summariseBatch } from './summarise-batch.ts';

/** Rows between two turns of the event loop: a few milliseconds of work. */
const ROWS_PER_SLICE = 250;
/** The same where every row carries up to 120 months. */
const ROWS_PER_SLICE_WITH_MONTHS = 40;
/** Names that are not in the catalogue get suggestions for this many different ones; likeness is costly to compute. */
const MAX_SUGGESTED_NAMES = 50;

type GoodRow = {
  kind: 'ok';
  given: RoiInputs;
  inputs: ResolvedRoiInputs;
  today: Today;
  projection: ProjectionSummary;
  host: ProjectionSummary | null;
  client: ProjectionSummary | null;
};
type BadRow = { kind: 'invalid'; faults: Fault[] };

export type ComputedBatch = { rows: (GoodRow | BadRow)[]; summary: BatchSummary; market: UsedMarket };

export async function computeBatch(
  request: { defaults: Fields; rows: readonly unknown[] },
  context: RequestContext & { engine: Engine },
): Promise<ComputedBatch> {
  const { engine, snapshot } = context;
  const lookup = { ...rememberMachines(context), snapshot };
  const fleet = engine.startBatch({ months: false });
  const rows: (GoodRow | BadRow)[] = [];
  for (let start = 0; start < request.rows.length; start += ROWS_PER_SLICE) {
    await nextTurn();
    const slice = request.rows.slice(start, start + ROWS_PER_SLICE);
    const outcomes = slice.map((row) => {
      const read = readBatchRow(request.defaults, row, lookup);
      return read.kind === 'invalid' ? read : prepareHosting(read.inputs, engine);
    });
    rows.push(...computeSlice(outcomes, fleet));
  }
  const computed: ComputedRow[] = rows.filter((row) => row.kind === 'ok');
  return {
    rows,
    summary: summariseBatch(computed, fleet.finish(), rows.length, engine.engineVersion),
    market: resolveMarket(request.defaults, snapshot).market,
  };
}

/** Months that the answer would list with `?months=1`: of each row, and of both sides of its contract where it has one. */
export function countMonthRows(batch: ComputedBatch): number {
  return batch.rows.reduce((sum, row) => {
    if (row.kind !== 'ok') return sum;
    const projections = 1 + (row.host === null ? 0 : 1) + (row.client === null ? 0 : 1);
    return sum + projections * row.inputs.horizonMonths;
  }, 0);
}

/** The answer as JSON text, in slices. Words for bad rows are found as they are written. */
export async function* writeBatch(
  batch: ComputedBatch,
  options: { months: boolean; engine: Engine; texts: ApiErrorTexts },
): AsyncGenerator<string, void, void> {
  yield '{"rows":[';
  const rowsPerSlice = options.months ? ROWS_PER_SLICE_WITH_MONTHS : ROWS_PER_SLICE;
  for (let start = 0; start < batch.rows.length; start += rowsPerSlice) {
    const slice = batch.rows.slice(start, start + rowsPerSlice);
    const months = options.months ? listMonths(slice, options.engine) : null;
    const texts = slice.map((row, index) => JSON.stringify(toRowAnswer(row, months?.[index] ?? null, options)));
    yield `${start === 0 ? '' : ','}${texts.join(',')}`;
    await nextTurn();
  }
  yield `],"summary":${JSON.stringify(batch.summary)},"market":${JSON.stringify(batch.market)}}`;
}

type ReadyRow = { kind: 'ready'; inputs: RoiInputs; hosting: Hosting };

function computeSlice(outcomes: readonly (ReadyRow | BadRow)[], fleet: BatchRun): (GoodRow | BadRow)[] {
  const ready = outcomes.flatMap((outcome) => (outcome.kind === 'ready' ? [outcome.inputs] : []));
  const results = fleet.add(ready);
  let next = 0;
  return outcomes.map((outcome): GoodRow | BadRow => {
    if (outcome.kind !== 'ready') return outcome;
    const row = results[next++];
    if (row === undefined) throw new Error('the engine answered fewer rows than it was given');
    if (row.kind === 'invalid') return { kind: 'invalid', faults: row.errors.map(fromFieldError) };
    const { inputs, today, projection } = row;
    return { kind: 'ok', given: outcome.inputs, inputs, today, projection, ...outcome.hosting };
  });
}

type Hosting = { host: ProjectionSummary | null; client: ProjectionSummary | null };

/** A hosted row is also computed by itself, because the engine's batch knows no contract; the others only wait for the batch. */
function prepareHosting(inputs: RoiInputs, engine: Engine): BadRow | ReadyRow {
  if (inputs.clientPowerUsdPerKwh === null) return { kind: 'ready', inputs, hosting: { host: null, client: null } };
  const result = engine.project(inputs);
  if (result.kind === 'invalid') return { kind: 'invalid', faults: result.errors.map(fromFieldError) };
  return { kind: 'ready', inputs, hosting: { host: dropMonths(result.host), client: dropMonths(result.client) } };
}

function dropMonths(projection: Projection | null): ProjectionSummary | null {
  if (projection === null) return null;
  const { months: _months, ...summary } = projection;
  return summary;
}

type RowMonths = Pick<Projection, 'months'> & { host: Projection['months'] | null; client: Projection['months'] | null };

/** Months of each row of a slice; `null` for rows that were refused. */
function listMonths(slice: readonly (GoodRow | BadRow)[], engine: Engine): (RowMonths | null)[] {
  const good = slice.filter((row) => row.kind === 'ok');
  const result = engine.projectBatch(
    good.map((row) => row.given),
    { months: true },
  );
  let next = 0;
  return slice.map((row) => {
    if (row.kind !== 'ok') return null;
    const computed = result.rows[next++];
    if (computed?.kind !== 'ok' || computed.months === null) throw new Error('a row that was computed before is refused now');
    const hosting = row.given.clientPowerUsdPerKwh === null ? null : engine.project(row.given);
    if (hosting !== null && hosting.kind === 'invalid') throw new Error('a hosted row that was computed before is refused now');
    return { months: computed.months, host: hosting?.host?.months ?? null, client: hosting?.client?.months ?? null };
  });
}

function toRowAnswer(row: GoodRow | BadRow, months: RowMonths | null, { texts }: { texts: ApiErrorTexts }): object {
  if (row.kind === 'invalid') return { ok: false, errors: wordFaults(row.faults, texts) };
  const withMonths = (projection: ProjectionSummary, list: Projection['months'] | null | undefined) =>
    list === null || list === undefined ? projection : { ...projection, months: list };
  return {
    ok: true,
    today: row.today,
    projection: withMonths(row.projection, months?.months),
    ...(row.host === null ? {} : { host: withMonths(row.host, months?.host) }),
    ...(row.client === null ? {} : { client: withMonths(row.client, months?.client) }),
  };
}

/** Remembers answers by name for one batch: rows name few different machines. */
function rememberMachines({ findMachine, suggestMachines }: RequestContext): Pick<RequestContext, 'findMachine' | 'suggestMachines'> {
  const found = new Map<string, ReturnType<typeof findMachine>>();
  const suggested = new Map<string, ReturnType<typeof suggestMachines>>();
  return {
    findMachine(name) {
      const known = found.get(name);
      if (known !== undefined) return known;
      const machine = findMachine(name);
      found.set(name, machine);
      return machine;
    },
    suggestMachines(name) {
      const known = suggested.get(name);
      if (known !== undefined) return known;
      if (suggested.size >= MAX_SUGGESTED_NAMES) return [];
      const machines = suggestMachines(name);
      suggested.set(name, machines);
      return machines;
    },
  };
}
