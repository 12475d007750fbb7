/** `POST /api/v1/machines/imports`: a list of machines as multipart; without a digest it is looked at, with the digest of that look it is taken over. */

import { z } from 'zod';
import { toFault } from '#app/features/api/wire/fault.ts';
import { type Parts, withParts } from '#app/features/api/wire/multipart-parts.server.ts';
import {
  answerFaults,
  answerNotFound,
  answerWorkspace,
  toJson,
  type WorkspaceArgs,
  type WorkspaceRequest,
} from '#app/features/api/wire/workspace-requests.server.ts';
import { sayRefusal } from '#app/features/batch/rows/say-row-error.ts';
import { IMPORT_FIELDS } from '#app/features/sites/import/import-words.ts';
import { importMachines } from '#app/features/sites/import/run-import.server.ts';
import { sayImportProblem } from '#app/features/sites/import/say-import-problem.ts';
import { getSitesDeps } from '#app/features/sites/scope.server.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { isDigest, isUuid } from '#app/platform/identifiers.ts';
import { createFormat } from '#app/ui/format.ts';

/** 60,000 rows of 200 characters, and what a form puts around them. */
export const MAX_IMPORT_BYTES = 14_000_000;
const MAX_CORRECTIONS = 400;

const ImportCorrectionSchema = z.strictObject({
  column: z.int().min(0).max(MAX_CORRECTIONS),
  field: z.enum(IMPORT_FIELDS).nullable(),
});
const CorrectionsSchema = z.array(ImportCorrectionSchema).max(MAX_CORRECTIONS);

function readCorrections(text: string | undefined): z.infer<typeof CorrectionsSchema> | null {
  if (text === undefined || text === '') return [];
  try {
    return CorrectionsSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function answerMachineImport(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, { POST: (asked) => withParts(asked.request, MAX_IMPORT_BYTES, (parts) => answerParts(asked, parts)) });
}

async function answerParts({ request, caller }: WorkspaceRequest, { file, texts }: Parts): Promise<Response> {
  const siteId = texts.get('siteId') ?? '';
  const digest = texts.get('digest') ?? '';
  const corrections = readCorrections(texts.get('columns'));
  if (file === null) return answerFaults(request, [toFault('file', undefined, 'missing')]);
  if (corrections === null) return answerFaults(request, [toFault('columns', texts.get('columns'), 'not_an_array')]);
  if (digest !== '' && !isDigest(digest)) return answerFaults(request, [toFault('digest', digest, 'not_as_seen', { machines: 0 })]);
  if (!isUuid(siteId)) return answerFaults(request, [toFault('siteId', siteId, siteId === '' ? 'missing' : 'unknown_reference')]);
  const outcome = await importMachines(getSitesDeps(), caller, {
    siteId,
    fileName: file.name.slice(0, 200),
    bytes: file.bytes,
    corrections,
    digest: digest === '' ? null : digest,
  });
  const language = detectLanguage(request);
  const t = await i18nServer.getFixedT(request, ['sites', 'batch']);
  switch (outcome.kind) {
    case 'not-found':
      return answerNotFound(request);
    case 'unreadable':
      return answerFaults(request, [
        toFault('file', file.name, 'unreadable_file', {
          reason: sayRefusal(
            { ...outcome, kind: 'refused' },
            { t: await i18nServer.getFixedT(request, 'batch'), format: createFormat(language) },
          ),
        }),
      ]);
    case 'no-columns':
      return answerFaults(request, [toFault('file', file.name, 'no_columns')]);
    case 'too-many':
      return answerFaults(request, [toFault('file', file.name, 'too_many', { max: outcome.max })]);
    case 'not-as-seen':
      return answerFaults(request, [toFault('digest', digest, 'preview_outdated')]);
    default: {
      const { kind, problems, ...rest } = outcome;
      const words = { t, format: createFormat(language) };
      return toJson({
        isWritten: kind === 'written',
        ...rest,
        problems: problems.map((problem) => ({ ...problem, message: sayImportProblem(problem, words) })),
      });
    }
  }
}
