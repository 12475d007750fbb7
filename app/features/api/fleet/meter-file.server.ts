/** `POST /api/v1/sites/{id}/meter/files`: what the site's meter counted as a file of several parts; without a digest it is looked at, with the digest of that look it is stored. */

import { toFault } from '#app/features/api/wire/fault.ts';
import { type Parts, withParts } from '#app/features/api/wire/multipart-parts.server.ts';
import {
  answerFaults,
  answerNotFound,
  answerWorkspace,
  toJson,
  type WorkspaceArgs,
  type WorkspaceRequest,
  withId,
} from '#app/features/api/wire/workspace-requests.server.ts';
import { sayRefusal } from '#app/features/batch/rows/say-row-error.ts';
import { getSitesDeps } from '#app/features/sites/scope.server.ts';
import { METER_VALUES } from '#app/features/telemetry/meter-file/meter-columns.ts';
import { sayMeterFault, sayMeterRow } from '#app/features/telemetry/meter-file/say-meter-fault.ts';
import { MAX_METER_BYTES, takeMeterFile } from '#app/features/telemetry/meter-file/take-meter-file.server.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { isDigest } from '#app/platform/identifiers.ts';
import { createFormat } from '#app/ui/format.ts';

const MAX_NAME = 200;

export function answerMeterFile(args: WorkspaceArgs, siteId = ''): Promise<Response> {
  return answerWorkspace(args, {
    POST: (asked) =>
      withId(asked.request, [siteId], () => withParts(asked.request, MAX_METER_BYTES, (parts) => answerParts(asked, siteId, parts))),
  });
}

async function answerParts({ request, caller }: WorkspaceRequest, siteId: string, { file, texts }: Parts): Promise<Response> {
  const digest = texts.get('digest') ?? '';
  const column = texts.get('column') ?? '';
  if (file === null) return answerFaults(request, [toFault('file', undefined, 'missing')]);
  const outdated = toFault('digest', digest, 'preview_outdated');
  if (digest !== '' && !isDigest(digest)) return answerFaults(request, [outdated]);
  const said = texts.get('values') ?? '';
  const values = METER_VALUES.find((one) => one === said) ?? null;
  if (said !== '' && values === null)
    return answerFaults(request, [toFault('values', said, 'not_a_choice', { choices: METER_VALUES.join(', ') })]);
  const outcome = await takeMeterFile(getSitesDeps(), caller, {
    siteId,
    fileName: file.name.slice(0, MAX_NAME),
    bytes: file.bytes,
    column: column === '' ? null : column,
    values,
    digest: digest === '' ? null : digest,
  });
  const words = { t: await i18nServer.getFixedT(request, 'meter'), format: createFormat(detectLanguage(request)) };
  const unreadable = (reason: string) => answerFaults(request, [toFault('file', file.name, 'unreadable_file', { reason })]);
  switch (outcome.kind) {
    case 'not-found':
      return answerNotFound(request);
    case 'unreadable':
      return unreadable(
        sayRefusal({ ...outcome, kind: 'refused' }, { t: await i18nServer.getFixedT(request, 'batch'), format: words.format }),
      );
    case 'refused':
      return unreadable(sayMeterFault(outcome.fault, words));
    case 'not-as-seen':
      return answerFaults(request, [outdated]);
    default: {
      const { kind, refused, ...rest } = outcome;
      return toJson({
        isWritten: kind === 'written',
        ...rest,
        problems: refused.map((row) => ({ ...row, message: sayMeterRow(row, words) })),
      });
    }
  }
}
