/** A new workbook of a report, streamed to `target` as it is written. */
import type { Writable } from 'node:stream';
import type { ReportDocument } from '../model/document.ts';
import type { Workbook } from './sheet-writer.ts';

/** Of 1 to 9: a long sheet takes half the time of the usual 6 and a tenth more room. */
const COMPRESSION_LEVEL = 3;

export async function openWorkbook(document: ReportDocument, target: Writable): Promise<Workbook> {
  // Loaded with the first report: some 30 MB that a worker without one does not need.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    stream: target,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: COMPRESSION_LEVEL } },
  });
  workbook.title = document.title;
  workbook.creator = document.workspace ?? 'HashInsight';
  workbook.company = document.workspace ?? 'HashInsight';
  workbook.created = new Date(document.madeAt);
  return workbook;
}
