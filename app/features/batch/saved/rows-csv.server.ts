/** The computed rows of a saved list as a file: for its workspace, and for whoever has its link. The same columns as the rows of the page and a few more; nothing of the uploaded file but the model as written. */

import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { toCsvCell } from '../rows/export-csv.ts';
import { getBatchDeps, toBatchCaller } from '../stored/batch-deps.server.ts';
import { findBatch, findShared, listRows, MAX_PAGE_ROWS, type StoredBatch } from '../stored/batch-store.server.ts';
import type { PageArgs } from './saved-pages.server.ts';

type Row = Awaited<ReturnType<typeof listRows>>[number];

/** In the order of the file. Ratios are written as ratios: a spreadsheet shows them as percent. */
export const CSV_COLUMNS = [
  'row',
  'model',
  'machine',
  'matchKind',
  'count',
  'hashrateThs',
  'powerW',
  'powerUsdPerKwh',
  'capexUsd',
  'minedBtcPerDay',
  'revenueUsdPerDay',
  'powerUsdPerDay',
  'netUsdPerDay',
  'breakEvenPowerUsdPerKwh',
  'breakEvenPriceUsdPerBtc',
  'minedBtc',
  'npvUsd',
  'irrRatioPerYear',
  'paybackMonths',
  'profitUsd',
  'shutdownMonth',
  'clientPowerUsdPerKwh',
  'clientNetUsdPerDay',
  'hostNetUsdPerDay',
] as const satisfies readonly (keyof Row)[];

const DELIMITER = ',';
const toLine = (cells: readonly (string | number)[]) => `${cells.map((cell) => toCsvCell(cell, DELIMITER)).join(DELIMITER)}\r\n`;

/** Names outside ASCII in the extended form (RFC 6266); the plain one is for what does not know it. */
function toDisposition(name: string): string {
  const full = encodeURIComponent(`${name}.csv`).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="list.csv"; filename*=UTF-8''${full}`;
}

async function writeRows({ request, context }: PageArgs, batch: StoredBatch, secret: string | null): Promise<Response> {
  const [caller, t, matches] = await Promise.all([
    toBatchCaller(context),
    i18nServer.getFixedT(request, 'lists'),
    i18nServer.getFixedT(request, 'batch'),
  ]);
  const deps = getBatchDeps();
  const encoder = new TextEncoder();
  const sayCell = (row: Row, column: (typeof CSV_COLUMNS)[number]): string | number => {
    const value = row[column];
    return column === 'matchKind' && value !== null ? matches(`match.${value as 'exact'}`) : (value ?? '');
  };
  let afterRow = 0;
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const rows = await listRows(deps, caller, { batchId: batch.id, secret, afterRow, take: MAX_PAGE_ROWS });
      let text = isFirst ? `\ufeff${toLine(CSV_COLUMNS.map((column) => t(`csv.${column}`)))}` : '';
      isFirst = false;
      for (const row of rows) text += toLine(CSV_COLUMNS.map((column) => sayCell(row, column)));
      if (text !== '') controller.enqueue(encoder.encode(text));
      const last = rows.at(-1);
      if (rows.length < MAX_PAGE_ROWS || last === undefined) controller.close();
      else afterRow = last.row;
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Language': detectLanguage(request),
      'Content-Disposition': toDisposition(batch.name),
      'Cache-Control': 'private, no-store',
    },
  });
}

const notFound = () => new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } });

export async function answerOwnRows(args: PageArgs): Promise<Response> {
  const id = args.params.id ?? '';
  const batch = isUuid(id) ? await findBatch(getBatchDeps(), await toBatchCaller(args.context), id, null) : null;
  return batch === null ? notFound() : writeRows(args, batch, null);
}

export async function answerSharedRows(args: PageArgs): Promise<Response> {
  const secret = args.params.secret ?? '';
  const batch = await findShared(getBatchDeps(), secret);
  return batch === null ? notFound() : writeRows(args, batch, secret);
}
