/** A list of machines looked at or taken over by a form. The file is not kept between the two: the second time it is sent again, and the digest says that it is the same work. */

import { MAX_IMPORT_BYTES } from '#app/features/api/fleet/machine-import.server.ts';
import { sayRefusal } from '#app/features/batch/rows/say-row-error.ts';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { readText } from '#app/features/monitoring/form-values.server.ts';
import { whereSiteSeen } from '#app/features/monitoring/overview/read-overview.server.ts';
import { readUpload } from '#app/features/monitoring/upload/read-upload.server.ts';
import { IMPORT_FIELDS } from '#app/features/sites/import/import-words.ts';
import type { ImportCorrection } from '#app/features/sites/import/map-columns.ts';
import { type ImportedColumn, importMachines } from '#app/features/sites/import/run-import.server.ts';
import { sayImportProblem } from '#app/features/sites/import/say-import-problem.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { isDigest, isUuid } from '#app/platform/identifiers.ts';
import { PermissionError } from '#app/platform/permissions/require-permission.ts';
import { createFormat } from '#app/ui/format.ts';
import { COLUMN_FIELD, HEADER_FIELD, type ImportResult, type ImportView, MAX_SHOWN_PROBLEMS, type ShownColumn } from './import-form.ts';

type Args = { request: Request; context: RequestContext };
const MAX_CHOICES = 500;
const MAX_NAME = 200;

export async function readImportPage({ request, context }: Args): Promise<ImportView> {
  const { deps, tenantId, reach, may } = await readFleetReader(context);
  if (!may.writeMachines) throw new PermissionError('machines.write', 'scope');
  const sites = await deps.db.$withTenant(
    tenantId,
    (tx) => tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT s.id, s.name FROM sites s WHERE ${whereSiteSeen(reach)} AND s.status <> 'closed' ORDER BY s.name LIMIT ${MAX_CHOICES}::int4`,
  );
  return { sites, siteId: new URL(request.url).searchParams.get('siteId') ?? sites[0]?.id ?? '' };
}

/** What was said about columns; each with the head that it had then, so that it says nothing about another file. */
function readCorrections(form: FormData): Required<ImportCorrection>[] {
  return [...form.keys()].flatMap((name) => {
    const place = name.startsWith(COLUMN_FIELD) ? name.slice(COLUMN_FIELD.length) : '';
    if (!/^\d{1,4}$/.test(place)) return [];
    const text = readText(form, name) ?? '';
    const field = IMPORT_FIELDS.find((one) => one === text) ?? null;
    const header = form.get(`${HEADER_FIELD}${place}`);
    if ((field === null && text !== '') || typeof header !== 'string') return [];
    return [{ column: Number(place), field, header }];
  });
}

const toShownColumns = (columns: readonly ImportedColumn[], corrections: readonly Required<ImportCorrection>[]): ShownColumn[] =>
  columns.map(({ column, header, field }) => {
    const said = corrections.find((one) => one.column === column && one.header === header)?.field ?? null;
    return { column, header, field, asked: said === field ? null : said };
  });

export async function actOnImport({ request, context }: Args): Promise<ImportResult> {
  const { deps, caller } = await readFleetReader(context);
  const form = await readUpload(request, MAX_IMPORT_BYTES);
  const siteId = form === null ? '' : (readText(form, 'siteId') ?? '');
  const refuse = (
    reason: Extract<ImportResult, { kind: 'refused' }>['reason'],
    detail = '',
    columns: ShownColumn[] = [],
  ): ImportResult => ({
    kind: 'refused',
    reason,
    detail,
    siteId,
    columns,
  });
  if (form === null) return refuse('tooLarge', String(MAX_IMPORT_BYTES / 1e6));
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return refuse('noFile');
  if (!isUuid(siteId)) return refuse('noSite');
  const digest = readText(form, 'digest') ?? '';
  const corrections = readCorrections(form);
  const outcome = await importMachines(deps, caller, {
    siteId,
    fileName: file.name.slice(0, MAX_NAME),
    bytes: new Uint8Array(await file.arrayBuffer()),
    corrections,
    digest: isDigest(digest) ? digest : null,
  });
  const language = detectLanguage(request);
  const format = createFormat(language);
  switch (outcome.kind) {
    case 'not-found':
      return refuse('noSite');
    case 'unreadable':
      return refuse('unreadable', sayRefusal({ ...outcome, kind: 'refused' }, { t: await i18nServer.getFixedT(request, 'batch'), format }));
    case 'no-columns':
      return refuse('noColumns', '', toShownColumns(outcome.columns, corrections));
    case 'too-many':
      return refuse('tooMany', format.integer(outcome.max));
    case 'not-as-seen':
      return refuse('notAsSeen');
    default: {
      const words = { t: await i18nServer.getFixedT(request, ['sites', 'batch']), format };
      return {
        kind: outcome.kind,
        siteId,
        fileName: file.name.slice(0, MAX_NAME),
        digest: outcome.digest,
        ledger: outcome.ledger,
        columns: toShownColumns(outcome.columns, corrections),
        problems: outcome.problems.slice(0, MAX_SHOWN_PROBLEMS).map((problem) => ({
          row: problem.row,
          column: problem.header,
          value: problem.value,
          message: sayImportProblem(problem, words),
        })),
        created: outcome.created.map(({ row, serial, macAddress, host, model }) => ({
          row,
          name: serial ?? macAddress ?? host ?? '',
          model,
        })),
        updated: outcome.updated.map(({ row, number, changes }) => ({ row, number, changes })),
      };
    }
  }
}
