/** The sheets that every workbook begins with: the figures of the answer, and what they rest on. */
import type { ReportDocument, Table } from '../model/document.ts';
import { createSay } from '../wording/report-texts.ts';
import { type CellValue, num, text } from './cell-value.ts';
import { colourBySign, type NumberFormat, pageSetup } from './sheet-style.ts';
import { createSheetWriter, type Workbook } from './sheet-writer.ts';

/** By the figure's name; figures without an entry are written to two digits. */
const FIGURE_FORMATS: Readonly<Record<string, NumberFormat>> = {
  irrRatioPerYear: 'percent',
  roiRatio: 'percent',
  breakEvenPowerUsdPerKwh: 'powerPrice',
  minedBtc: 'btc',
  losingMachines: 'whole',
  starts: 'whole',
};

/** First row of figures on the sheet "Summary". */
export const FIRST_FIGURE_ROW = 7;

/** `formulas`: of figures that follow the cells of the workbook; the others are plain numbers. */
export function writeFigures(workbook: Workbook, document: ReportDocument, formulas: Readonly<Record<string, string>>): void {
  const { t } = createSay(document.language);
  const sheet = workbook.addWorksheet(t('sheet.summary'), {
    views: [{ state: 'frozen', ySplit: FIRST_FIGURE_ROW - 1 }],
    ...pageSetup('portrait', document.title, null),
  });
  sheet.columns = [{ width: 44 }, { width: 22 }, { width: 70 }];
  const signed = document.figures.flatMap(({ tone }, index) => (tone === 'plain' ? [] : [`B${FIRST_FIGURE_ROW + index}`]));
  for (const ref of signed) colourBySign(sheet, ref);
  const writer = createSheetWriter(sheet, document.language);
  writer.add([text(document.title, 'title')]);
  writer.add([text(document.headline, 'strong')]);
  writer.add([text(document.subtitle, 'quiet')]);
  writer.add([text(`${document.preparedFor} · ${document.madeText}`, 'quiet')]);
  writer.skip();
  writer.add([text(t('sheet.figure'), 'head'), text(t('sheet.value'), 'head'), text(t('sheet.basis'), 'head')]);
  for (const { id, label, value, basis } of document.figures) {
    const format = FIGURE_FORMATS[id] ?? 'two';
    const source = formulas[id];
    const cell: CellValue = source === undefined ? num(value, format) : { kind: 'formula', formula: source, result: value, format };
    writer.add([text(label), { ...cell, isStrong: true } as CellValue, text(basis, 'quiet')]);
  }
  writer.skip();
  writer.add([text(document.note, 'quiet')]);
  writer.add([text(document.engineNote, 'quiet')]);
  sheet.commit();
}

/** `writeInputs`: cells that may be changed, above everything else. */
export function writeDocumentAssumptions(
  workbook: Workbook,
  document: ReportDocument,
  writeInputs: (writer: ReturnType<typeof createSheetWriter>) => void,
): void {
  const { t } = createSay(document.language);
  const sheet = workbook.addWorksheet(t('sheet.assumptions'), {
    views: [{ state: 'frozen', ySplit: 1 }],
    ...pageSetup('portrait', document.title, null),
  });
  sheet.columns = [{ width: 48 }, { width: 28 }, { width: 40 }, { width: 34 }];
  const writer = createSheetWriter(sheet, document.language);
  writer.add([text(t('sheet.assumptions'), 'title')]);
  writeInputs(writer);
  for (const { title, table } of [document.assumptions, document.market]) {
    writer.add([text(title, 'strong')]);
    writeTable(writer, table);
    writer.skip();
  }
  sheet.commit();
}

/** Formats by the digits that the document shows behind the point. */
const BY_DECIMALS: readonly NumberFormat[] = ['whole', 'one', 'two', 'powerPrice', 'powerPrice'];

/** A number keeps all its digits and shows those of the document: "$0.0543" and not 0.0542857142857143. "119.12 T" is written out. */
export function formatOf(value: number, shown: string): NumberFormat {
  if (shown.endsWith('%')) return /\.\d{3,}%$/.test(shown) ? 'finePercent' : 'percent';
  if (!/\d$/.test(shown)) return Number.isInteger(value) ? 'whole' : 'general';
  const decimals = /\.(\d+)$/.exec(shown)?.[1]?.length ?? 0;
  return BY_DECIMALS[decimals] ?? 'general';
}

/** Numbers stay numbers; what is shown as percent is formatted so. */
export function writeTable(writer: ReturnType<typeof createSheetWriter>, table: Table): void {
  writer.add(table.columns.map(({ label }) => text(label, 'head')));
  for (const row of table.rows)
    writer.add(row.map((cell) => (cell.value === null ? text(cell.text) : num(cell.value, formatOf(cell.value, cell.text)))));
}
