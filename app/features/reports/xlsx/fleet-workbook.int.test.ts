// Workbooks opened by LibreOffice, which knows nothing of our engine: its figures must be ours.
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import exceljs, { type Workbook } from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { getEngine } from '#app/platform/engine.server.ts';
import type { Engine } from '#engine';
import { convertWithLibreOffice, forgetResults } from '../../../../tests/support/office.ts';
import { computeFleet, type Fleet } from '../model/compute-fleet.ts';
import type { ReportDocument } from '../model/document.ts';
import { aBatch, aFleetRow, aScenario } from '../model/fixtures.ts';
import type { FleetSource } from '../model/fleet-source.ts';
import { toFleetDocument } from '../wording/fleet-document.ts';
import { writeFleetWorkbook } from './fleet-workbook.ts';
import { INPUT_COLUMNS, letterOf } from './machine-columns.ts';
import { FIRST_FIGURE_ROW } from './plain-sheets.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await getEngine();
});

function compute(source: FleetSource): Fleet {
  const computed = computeFleet(engine, source);
  if (computed.kind !== 'ok') throw new Error(`refused: ${computed.field}`);
  return computed.fleet;
}

async function write(fleet: Fleet, language: 'en' | 'zh' = 'en'): Promise<{ document: ReportDocument; bytes: Buffer }> {
  const document = toFleetDocument(fleet, { language, workspace: null, logo: null, madeAt: '2026-11-22T08:00:00.000Z' });
  const target = new PassThrough();
  const [bytes] = await Promise.all([
    buffer(target),
    writeFleetWorkbook(fleet, document, target, { signal: new AbortController().signal, onProgress: () => undefined }),
  ]);
  return { document, bytes };
}

async function open(bytes: Uint8Array): Promise<Workbook> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(Buffer.from(bytes) as never);
  return workbook;
}

/** exceljs leaves out results of 0. */
const resultOf = (value: unknown) =>
  typeof value === 'object' && value !== null && 'formula' in value ? ((value as { result?: unknown }).result ?? 0) : value;

function expectSame(actual: unknown, expected: number | null, what: string): void {
  const result = resultOf(actual);
  if (expected === null) expect(result, what).toBe('—');
  else expect(Math.abs(Number(result) - expected), `${what}: ${result} for ${expected}`).toBeLessThanOrEqual(Math.abs(expected) * 1e-9);
}

/** Every figure, every row's day and every month of the recomputed workbook against the fleet. */
async function expectRecomputed(fleet: Fleet, document: ReportDocument, bytes: Uint8Array): Promise<void> {
  const workbook = await open(bytes);
  const [summary, , machines, cash] = workbook.worksheets;
  document.figures.forEach((figure, index) => {
    expectSame(summary!.getCell(`B${FIRST_FIGURE_ROW + index}`).value, figure.value, figure.id);
  });
  [...fleet.rows].forEach(({ today }, index) => {
    for (const name of ['minedBtcPerDay', 'revenueUsdPerDay', 'energyKwhPerDay', 'powerUsdPerDay', 'netUsdPerDay'] as const) {
      expectSame(machines!.getCell(`${letterOf(name)}${index + 2}`).value, today[name], `${name} of row ${index}`);
    }
  });
  fleet.months.forEach((month, index) => {
    const row = index + 5;
    expectSame(cash!.getCell(`E${row}`).value, month.minedBtc, `mined in ${month.month}`);
    expectSame(cash!.getCell(`G${row}`).value, month.revenueUsd, `revenue in ${month.month}`);
    expectSame(cash!.getCell(`H${row}`).value, month.powerUsd, `power in ${month.month}`);
    expectSame(cash!.getCell(`L${row}`).value, month.cumulativeUsd, `cumulative in ${month.month}`);
  });
}

const CASES: [string, FleetSource][] = [
  ['a scenario that pays back', aScenario()],
  ['a scenario that never pays back', aScenario({ rows: [aFleetRow({ capexUsd: 30_000 })] })],
  ['a scenario without a price to pay', aScenario({ rows: [aFleetRow({ capexUsd: 0 })] })],
  ['a scenario that runs at a loss', aScenario({ shutdownWhenUnprofitable: false, rows: [aFleetRow({ powerUsdPerKwh: 0.2 })] })],
  ['a batch of 60 rows', aBatch(60)],
];

describe('the workbook', () => {
  it.each(CASES)('of %s is computed by LibreOffice to the same figures', { timeout: 120_000 }, async (_name, source) => {
    const fleet = compute(source);
    const { document, bytes } = await write(fleet);
    await expectRecomputed(fleet, document, await convertWithLibreOffice(forgetResults(bytes), 'xlsx', 'xlsx'));
  });

  it('holds the same figures before anybody opens it, in Chinese as well', async () => {
    // More rows than one turn of the stream takes.
    const fleet = compute(aBatch(350));
    const { document, bytes } = await write(fleet, 'zh');
    await expectRecomputed(fleet, document, bytes);
    expect((await open(bytes)).worksheets.map(({ name }) => name)).toEqual(['摘要', '假设', '矿机', '现金流', '敏感性']);
  });

  it('follows price factor, power delta and discount rate as the engine does', { timeout: 120_000 }, async () => {
    const source = aBatch(20);
    const { document, bytes } = await write(compute(source));
    const workbook = await open(bytes);
    const assumptions = workbook.worksheets[1]!;
    assumptions.getCell('B3').value = 0.8;
    assumptions.getCell('B4').value = 0.01;
    assumptions.getCell('B5').value = 0.15;
    const changed = Buffer.from(await workbook.xlsx.writeBuffer());
    const moved = compute({
      ...source,
      discountRatioPerYear: 0.15,
      network: { ...source.network, priceUsdPerBtc: source.network.priceUsdPerBtc * 0.8 },
      rows: source.rows.map((row) => ({ ...row, powerUsdPerKwh: row.powerUsdPerKwh + 0.01 })),
    });
    const recomputed = await open(await convertWithLibreOffice(forgetResults(changed), 'xlsx', 'xlsx'));
    const summary = recomputed.worksheets[0]!;
    const rowOf = (id: string) => FIRST_FIGURE_ROW + document.figures.findIndex((figure) => figure.id === id);
    expectSame(summary.getCell(`B${rowOf('npvUsd')}`).value, moved.npvUsd, 'npv');
    expectSame(summary.getCell(`B${rowOf('irrRatioPerYear')}`).value, moved.irrRatioPerYear, 'irr');
    expectSame(summary.getCell(`B${rowOf('paybackMonths')}`).value, moved.paybackMonths, 'payback');
    expectSame(summary.getCell(`B${rowOf('netUsdPerDay')}`).value, moved.today.netUsdPerDay, 'net');
  });

  it('runs nothing that a file brought as a formula', async () => {
    const fleet = compute(aScenario({ name: '=cmd', rows: [aFleetRow({ model: '=HYPERLINK("http://a.example","S21")' })] }));
    const workbook = await open((await write(fleet)).bytes);
    expect(workbook.worksheets[2]!.getCell('B2').value).toBe(`'=HYPERLINK("http://a.example","S21")`);
    expect(workbook.worksheets[2]!.getCell(`${letterOf(INPUT_COLUMNS[0][0])}2`).value).toBe(100);
  });

  it('waits for whoever reads it instead of holding what is written', { timeout: 30_000 }, async () => {
    const fleet = compute(aBatch(20_000));
    const document = toFleetDocument(fleet, { language: 'en', workspace: null, logo: null, madeAt: '2026-11-22T08:00:00.000Z' });
    const target = new PassThrough();
    let doneRatio = 0;
    const onProgress = (ratio: number) => {
      doneRatio = ratio;
    };
    const written = writeFleetWorkbook(fleet, document, target, { signal: new AbortController().signal, onProgress });
    // Ten times the turns that all rows take when nobody is waited for.
    for (let turn = 0; turn < 2000; turn += 1) await nextTurn();
    expect(doneRatio).toBeLessThan(0.5);
    target.resume();
    await written;
    expect(doneRatio).toBe(1);
  });

  it('freezes headers, filters rows, repeats the header on paper and colours by sign', async () => {
    const workbook = await open((await write(compute(aBatch(5)))).bytes);
    const machines = workbook.worksheets[2]!;
    expect(machines.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(machines.autoFilter).toBeTruthy();
    expect(machines.pageSetup).toMatchObject({ orientation: 'landscape', paperSize: 9, printTitlesRow: '1:1' });
    expect(JSON.stringify((machines as unknown as { conditionalFormattings: unknown }).conditionalFormattings)).toContain('lessThan');
  });
});
