/**
 * A fleet as a workbook with live formulas: price factor, power-price delta and discount rate are cells, and days, cash flow, NPV, IRR and payback follow them. Streamed:
 * rows are written and let go of, so that 100,000 of them need little memory.
 */
import type { Writable } from 'node:stream';
import type { Fleet } from '../model/compute-fleet.ts';
import type { ReportDocument } from '../model/document.ts';
import { POWER_DELTAS_USD_PER_KWH, PRICE_FACTORS } from '../model/fleet-sensitivity.ts';
import { createSay } from '../wording/report-texts.ts';
import { type CashFlowRefs, NAME_DISCOUNT, NAME_EXIT_PRICE, NAME_OFF, toFleetFormulas, writeCashFlowSheet } from './cash-flow-sheet.ts';
import { columnName, num, text } from './cell-value.ts';
import {
  INPUT_COLUMNS,
  letterOf,
  MACHINE_COLUMN_COUNT,
  NAME_HASHPRICE,
  NAME_POWER_DELTA,
  NAME_PRICE,
  NAME_PRICE_FACTOR,
  toFormulaCells,
  toInputCells,
} from './machine-columns.ts';
import { openWorkbook } from './open-workbook.ts';
import { writeDocumentAssumptions, writeFigures } from './plain-sheets.ts';
import { createRowStream } from './row-stream.ts';
import { colourBySign, pageSetup } from './sheet-style.ts';
import { createSheetWriter, type Workbook } from './sheet-writer.ts';

const MACHINE_HEADER_ROW = 1;
const FIRST_MACHINE_ROW = 2;
/** Rows between two looks at whether somebody cancelled, and between two turns of the event loop. */
const ROWS_PER_TURN = 100;

export type WriteOptions = {
  signal: AbortSignal;
  /** Told how much is done, 0..1. */
  onProgress: (ratio: number) => void;
};

export async function writeFleetWorkbook(
  fleet: Fleet,
  document: ReportDocument,
  target: Writable,
  { signal, onProgress }: WriteOptions,
): Promise<void> {
  const say = createSay(document.language);
  const { t } = say;
  const workbook = await openWorkbook(document, target);
  const refs: CashFlowRefs = {
    sheetName: t('sheet.cashFlow'),
    machines: t('sheet.machines'),
    firstMachineRow: FIRST_MACHINE_ROW,
    lastMachineRow: FIRST_MACHINE_ROW + fleet.rows.length - 1,
  };
  writeSummary(workbook, fleet, document, refs);
  writeAssumptions(workbook, fleet, document);
  await writeMachines(workbook, fleet, document, { signal, onProgress });
  const cash = workbook.addWorksheet(t('sheet.cashFlow'), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 3 }],
    ...pageSetup('landscape', document.title, 3),
  });
  cash.columns = [8, ...Array.from({ length: 13 }, () => 16), 3, 8, 22, 22, 22].map((width) => ({ width }));
  colourBySign(cash, `K4:L${4 + fleet.months.length}`);
  writeCashFlowSheet(cash, fleet, t, document.language, refs);
  cash.commit();
  writeSensitivity(workbook, fleet, document);
  signal.throwIfAborted();
  await workbook.commit();
  onProgress(1);
}

function writeSummary(workbook: Workbook, fleet: Fleet, document: ReportDocument, refs: CashFlowRefs): void {
  const formulas = toFleetFormulas(fleet, refs);
  const machines = (name: Parameters<typeof letterOf>[0]) =>
    `'${refs.machines}'!$${letterOf(name)}$${refs.firstMachineRow}:$${letterOf(name)}$${refs.lastMachineRow}`;
  const sum = (name: Parameters<typeof letterOf>[0]) => `SUM(${machines(name)})`;
  const ratio = (top: string, bottom: string) => `IF(${bottom}=0,"—",${top}/${bottom})`;
  writeFigures(workbook, document, {
    ...formulas,
    netUsdPerDay: sum('netUsdPerDay'),
    breakEvenPowerUsdPerKwh: ratio(sum('revenueUsdPerDay'), sum('energyKwhPerDay')),
    breakEvenPriceUsdPerBtc: ratio(sum('powerUsdPerDay'), sum('minedBtcPerDay')),
    efficiencyJPerTh: `SUMPRODUCT(${machines('count')},${machines('powerW')})/SUMPRODUCT(${machines('count')},${machines('hashrateThs')})`,
    losingMachines: `SUMPRODUCT((${machines('netUsdPerDay')}<0)*${machines('count')})`,
  });
}

function writeAssumptions(workbook: Workbook, fleet: Fleet, document: ReportDocument): void {
  const { t } = createSay(document.language);
  const { source } = fleet;
  const name = t('sheet.assumptions');
  const inputs = [
    { label: t('sheet.priceFactor'), name: NAME_PRICE_FACTOR, value: 1, format: 'two', isInput: true },
    { label: t('sheet.powerDelta'), name: NAME_POWER_DELTA, value: 0, format: 'powerPrice', isInput: true },
    {
      label: t('assumptions.discountRatioPerYear'),
      name: NAME_DISCOUNT,
      value: source.discountRatioPerYear,
      format: 'percent',
      isInput: true,
    },
    {
      label: `${t('assumptions.shutdownWhenUnprofitable')} (1 / 0)`,
      name: NAME_OFF,
      value: source.shutdownWhenUnprofitable ? 1 : 0,
      format: 'whole',
      isInput: true,
    },
    { label: t('market.priceUsdPerBtc'), name: NAME_PRICE, value: source.network.priceUsdPerBtc, format: 'usd', isInput: false },
    { label: t('sheet.hashprice'), name: NAME_HASHPRICE, value: fleet.today.hashpriceBtcPerThDay, format: 'hashprice', isInput: false },
    { label: t('sheet.exitPrice'), name: NAME_EXIT_PRICE, value: fleet.path.exitPriceUsdPerBtc, format: 'usd', isInput: false },
  ] as const;
  writeDocumentAssumptions(workbook, document, (writer) => {
    writer.add([text(t('sheet.live'), 'quiet')]);
    for (const { label, name: defined, value, format, isInput } of inputs) {
      const row = writer.add([text(label), { kind: 'number', value, format, isInput }]);
      workbook.definedNames.add(`'${name}'!$B$${row}`, defined);
    }
    writer.skip();
  });
}

async function writeMachines(workbook: Workbook, fleet: Fleet, document: ReportDocument, options: WriteOptions): Promise<void> {
  const { t } = createSay(document.language);
  const sheet = workbook.addWorksheet(t('sheet.machines'), {
    views: [{ state: 'frozen', xSplit: 2, ySplit: 1 }],
    ...pageSetup('landscape', document.title, MACHINE_HEADER_ROW),
  });
  sheet.columns = [8, 24, ...Array.from({ length: MACHINE_COLUMN_COUNT - 2 }, () => 13)].map((width) => ({ width }));
  const last = FIRST_MACHINE_ROW + fleet.rows.length - 1;
  sheet.autoFilter = `A${MACHINE_HEADER_ROW}:${columnName(MACHINE_COLUMN_COUNT)}${last}`;
  colourBySign(sheet, `${letterOf('netUsdPerDay')}${FIRST_MACHINE_ROW}:${letterOf('netUsdPerDay')}${last}`);
  const writer = createSheetWriter(sheet, document.language);
  writer.add(
    [
      t('fleet.columns.line'),
      t('fleet.columns.model'),
      ...INPUT_COLUMNS.map(([name]) => t(`fleet.columns.${name}`)),
      t('sheet.paidThs'),
      t('sheet.kwhPerMonth'),
      ...(
        [
          'minedBtcPerDay',
          'revenueUsdPerDay',
          'energyKwhPerDay',
          'powerUsdPerDay',
          'fixedUsdPerDay',
          'netUsdPerDay',
          'breakEvenPowerUsdPerKwh',
        ] as const
      ).map((name) => t(`fleet.columns.${name}`)),
    ].map((label) => text(label, 'head')),
  );
  const lines = createRowStream(workbook, sheet, document.language, FIRST_MACHINE_ROW);
  let index = -1;
  for (const row of fleet.rows) {
    index += 1;
    const line = FIRST_MACHINE_ROW + index;
    lines.add([
      num(row.row.line ?? index + 1, 'whole'),
      text(row.row.model ?? t('doc.noName')),
      ...toInputCells(row),
      ...toFormulaCells(row, line),
    ]);
    if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) {
      options.signal.throwIfAborted();
      options.onProgress((index + 1) / fleet.rows.length);
      await lines.flush();
    }
  }
  await lines.flush();
  sheet.commit();
}

function writeSensitivity(workbook: Workbook, fleet: Fleet, document: ReportDocument): void {
  const { t, format } = createSay(document.language);
  const sheet = workbook.addWorksheet(t('sheet.sensitivity'), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 3 }],
    ...pageSetup('landscape', document.title, null),
  });
  sheet.columns = [34, ...POWER_DELTAS_USD_PER_KWH.map(() => 18)].map((width) => ({ width }));
  const writer = createSheetWriter(sheet, document.language);
  colourBySign(sheet, `B4:${columnName(POWER_DELTAS_USD_PER_KWH.length + 1)}${3 + PRICE_FACTORS.length}`);
  writer.add([text(t('sheet.sensitivity'), 'title')]);
  writer.add([text(t('sheet.static'), 'quiet')]);
  writer.add([
    text(t('fleet.heat.corner'), 'head'),
    ...POWER_DELTAS_USD_PER_KWH.map((delta) => text(t('fleet.heat.power', { delta: format.signedNumber(delta, 3) }), 'head')),
  ]);
  PRICE_FACTORS.forEach((factor, y) => {
    writer.add([
      text(`× ${format.number(factor, 1)} · ${format.usd(fleet.source.network.priceUsdPerBtc * factor, 0)}`),
      ...fleet.sensitivity.npvUsd[y]!.map((npv) => num(npv, 'usdWhole')),
    ]);
  });
  writer.skip();
  const swings = document.sections.find(({ id }) => id === 'swings')?.table;
  if (swings) {
    writer.add(swings.columns.map(({ label }) => text(label, 'head')));
    for (const row of swings.rows) writer.add(row.map((cell) => (cell.value === null ? text(cell.text) : num(cell.value, 'usdWhole'))));
  }
  sheet.commit();
}
