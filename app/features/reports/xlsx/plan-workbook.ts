/** A plan as a workbook: the same five sheets as a fleet's. Energy, its cost and hashing of every interval are formulas over load, price and hashprice. Streamed. */
import type { Writable } from 'node:stream';
import type { Plan } from '../model/compute-plan.ts';
import type { ReportDocument } from '../model/document.ts';
import { createSay } from '../wording/report-texts.ts';
import { createClock } from '../wording/say-clock.ts';
import { formula, num, text } from './cell-value.ts';
import { openWorkbook } from './open-workbook.ts';
import { writeDocumentAssumptions, writeFigures, writeTable } from './plain-sheets.ts';
import { colourBySign, pageSetup } from './sheet-style.ts';
import { createSheetWriter, type Workbook } from './sheet-writer.ts';

const FIRST_ROW = 3;
const NAME_HOURS = 'hours_per_interval';

export async function writePlanWorkbook(plan: Plan, document: ReportDocument, target: Writable, signal: AbortSignal): Promise<void> {
  const { t } = createSay(document.language);
  const workbook = await openWorkbook(document, target);
  const last = FIRST_ROW + plan.intervals.length - 1;
  const range = (column: string) => `'${t('sheet.cashFlow')}'!$${column}$${FIRST_ROW}:$${column}$${last}`;
  writeFigures(workbook, document, { energyMwh: `SUM(${range('D')})/1000`, peakKw: `MAX(${range('C')})` });
  writeDocumentAssumptions(workbook, document, (writer) => {
    const row = writer.add([text(t('plan.hours')), num(plan.hoursPerInterval, 'general')]);
    workbook.definedNames.add(`'${t('sheet.assumptions')}'!$B$${row}`, NAME_HOURS);
    writer.skip();
  });
  writeMachines(workbook, document);
  writeIntervals(workbook, plan, document);
  const limits = workbook.addWorksheet(t('sheet.sensitivity'), { ...pageSetup('portrait', document.title, 2) });
  limits.columns = [{ width: 36 }, { width: 36 }, { width: 20 }];
  const writer = createSheetWriter(limits, document.language);
  writer.add([text(t('plan.shadow.lead'), 'quiet')]);
  writeTable(writer, document.sections.find(({ id }) => id === 'limits')!.table!);
  limits.commit();
  signal.throwIfAborted();
  await workbook.commit();
}

function writeMachines(workbook: Workbook, document: ReportDocument): void {
  const { t } = createSay(document.language);
  const sheet = workbook.addWorksheet(t('sheet.machines'), {
    views: [{ state: 'frozen', ySplit: 1 }],
    ...pageSetup('landscape', document.title, 1),
  });
  sheet.columns = Array.from({ length: 7 }, () => ({ width: 18 }));
  const writer = createSheetWriter(sheet, document.language);
  const groups = document.sections.find(({ id }) => id === 'groups')!.table!;
  writeTable(writer, groups);
  writer.skip();
  const runs = document.listAnnexes().find(({ id }) => id === 'runs');
  if (runs) writeTable(writer, runs.table);
  sheet.commit();
}

function writeIntervals(workbook: Workbook, plan: Plan, document: ReportDocument): void {
  const { t } = createSay(document.language);
  const clock = createClock(document.language, plan.problem.interval.timeZone);
  const sheet = workbook.addWorksheet(t('sheet.cashFlow'), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 2 }],
    ...pageSetup('landscape', document.title, 2),
  });
  sheet.columns = [26, 16, 14, 16, 16, 16, 18, 16, 16].map((width) => ({ width }));
  const last = FIRST_ROW + plan.intervals.length - 1;
  sheet.autoFilter = `A2:I${last}`;
  colourBySign(sheet, `I${FIRST_ROW}:I${last}`);
  const writer = createSheetWriter(sheet, document.language);
  writer.add([text(t('sheet.cashFlow'), 'title')]);
  writer.add(
    [
      t('plan.load.interval'),
      `${t('plan.price.price')} (${t('unit.usdPerMwh')})`,
      `${t('plan.load.load')} (${t('unit.kw')})`,
      t('plan.energy'),
      t('plan.energyCost'),
      t('plan.hashrate'),
      t('plan.hashprice'),
      t('plan.hashingUsd'),
      t('fleet.cash.net'),
    ].map((label) => text(label, 'head')),
  );
  plan.intervals.forEach((one, index) => {
    const row = FIRST_ROW + index;
    writer.add([
      text(clock.full(one.startAt)),
      num(one.priceUsdPerMwh, 'two'),
      num(one.loadKw, 'one'),
      formula(`C${row}*${NAME_HOURS}`, one.energyKwh, 'one'),
      formula(`D${row}*B${row}/1000`, one.energyUsd, 'usd'),
      num(one.hashrateThs, 'one'),
      num(one.hashpriceUsdPerThDay, 'general'),
      formula(`F${row}*G${row}*${NAME_HOURS}/24`, one.hashingUsd, 'usd'),
      formula(`H${row}-E${row}`, one.hashingUsd - one.energyUsd, 'usd'),
    ]);
  });
  sheet.commit();
}
