// Reads the three formats of a report back and looks for every figure of the document it was made from.
import exceljs from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { expect } from 'vitest';
import type { ReportDocument } from '../../app/features/reports/model/document.ts';
import type { ReportFormat } from '../../app/features/reports/report-file.ts';
import { readPdfText } from './office.ts';

/** Line breaks and spaces fall differently in every format. */
const squeeze = (text: string) => text.replaceAll(/\s+/g, '');

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
const decode = (xml: string) => xml.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity);

/** Text of every slide, in order. */
export function readSlides(content: Uint8Array): string[] {
  const files = unzipSync(content);
  const names = Object.keys(files).filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name));
  const numberOf = (name: string) => Number(/\d+/.exec(name)?.[0]);
  return names
    .sort((a, b) => numberOf(a) - numberOf(b))
    .map((name) => decode([...strFromU8(files[name]!).matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text]) => text).join(' ')));
}

/** Charts that PowerPoint can edit: each with its own sheet. */
export function countCharts(content: Uint8Array): number {
  return Object.keys(unzipSync(content)).filter((name) => /^ppt\/charts\/chart\d+\.xml$/.test(name)).length;
}

export async function expectFigures(format: ReportFormat, content: Uint8Array, document: ReportDocument): Promise<void> {
  if (format === 'xlsx') return expectFiguresInWorkbook(content, document);
  const text = squeeze(format === 'pdf' ? await readPdfText(content) : readSlides(content).join(' '));
  for (const { id, text: figure, label } of document.figures) {
    expect(text, `${id} in ${format}`).toContain(squeeze(figure));
    expect(text, `label of ${id} in ${format}`).toContain(squeeze(label));
  }
  for (const { id, title } of [...document.sections, document.assumptions, document.market]) {
    expect(text, `title of ${id} in ${format}`).toContain(squeeze(title));
  }
}

async function expectFiguresInWorkbook(content: Uint8Array, document: ReportDocument): Promise<void> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(Buffer.from(content) as never);
  const found = new Map<string, unknown>();
  workbook.worksheets[0]!.eachRow((row) => {
    const { value } = row.getCell(2);
    const isFormula = typeof value === 'object' && value !== null && 'formula' in value;
    // exceljs leaves out results of 0.
    found.set(String(row.getCell(1).value), isFormula ? ((value as { result?: unknown }).result ?? 0) : value);
  });
  for (const { id, label, value } of document.figures) {
    const actual = found.get(label);
    if (value === null) expect(actual, id).toBe('—');
    else expect(Math.abs(Number(actual) - value), `${id}: ${actual} for ${value}`).toBeLessThanOrEqual(Math.abs(value) * 1e-9);
  }
}
