/** A meter's file looked at or stored by a form. The file is not kept between the two: the second time it is sent again, and the digest says that it is the same work. */

import { sayRefusal } from '#app/features/batch/rows/say-row-error.ts';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { readText } from '#app/features/monitoring/form-values.server.ts';
import { readUpload } from '#app/features/monitoring/upload/read-upload.server.ts';
import { METER_VALUES } from '#app/features/telemetry/meter-file/meter-columns.ts';
import type { MeterTableFault } from '#app/features/telemetry/meter-file/read-meter-rows.server.ts';
import { sayMeterFault, sayMeterRow } from '#app/features/telemetry/meter-file/say-meter-fault.ts';
import { MAX_METER_BYTES, takeMeterFile } from '#app/features/telemetry/meter-file/take-meter-file.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { isDigest, isUuid } from '#app/platform/identifiers.ts';
import { createFormat } from '#app/ui/format.ts';
import { MAX_SHOWN_ROWS, type MeterChoice, type MeterResult, type MeterView } from './meter-form.ts';
import { listEnergySites } from './read-energy.server.ts';

type Args = { request: Request; context: RequestContext };
const MAX_NAME = 200;

export async function readMeterPage({ request, context }: Args): Promise<MeterView> {
  const reader = await readFleetReader(context);
  // Whoever is limited to clients may write sites by role and none by scope: the page says that there is none.
  const sites = reader.may.writeSites ? (await listEnergySites(reader)).map(({ id, name }) => ({ id, name })) : [];
  const asked = new URL(request.url).searchParams.get('siteId');
  return { sites, siteId: sites.find(({ id }) => id === asked)?.id ?? sites[0]?.id ?? '' };
}

export async function actOnMeter({ request, context }: Args): Promise<MeterResult> {
  const { deps, caller } = await readFleetReader(context);
  const form = await readUpload(request, MAX_METER_BYTES);
  const words = { t: await i18nServer.getFixedT(request, 'meter'), format: createFormat(detectLanguage(request)) };
  const { t } = words;
  const siteId = form === null ? '' : (readText(form, 'siteId') ?? '');
  const chosen: MeterChoice = {
    column: form === null ? '' : (readText(form, 'column') ?? ''),
    values: METER_VALUES.find((one) => form !== null && readText(form, 'values') === one) ?? '',
  };
  const refuse = (message: string, asks: 'column' | 'values' | null = null, choices: readonly string[] = []): MeterResult => ({
    kind: 'refused',
    message,
    siteId,
    chosen,
    asks,
    choices: [...choices],
  });
  if (form === null) return refuse(t('refused.tooLarge', { max: words.format.number(MAX_METER_BYTES / 1e6) }));
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return refuse(t('refused.noFile'));
  if (!isUuid(siteId)) return refuse(t('refused.noSite'));
  const digest = readText(form, 'digest') ?? '';
  const fileName = file.name.slice(0, MAX_NAME);
  const outcome = await takeMeterFile(deps, caller, {
    siteId,
    fileName,
    bytes: new Uint8Array(await file.arrayBuffer()),
    column: chosen.column === '' ? null : chosen.column,
    values: chosen.values === '' ? null : chosen.values,
    digest: isDigest(digest) ? digest : null,
  });
  switch (outcome.kind) {
    case 'not-found':
      return refuse(t('refused.noSite'));
    case 'unreadable':
      return refuse(sayRefusal({ ...outcome, kind: 'refused' }, { t: await i18nServer.getFixedT(request, 'batch'), format: words.format }));
    case 'refused':
      return refuse(sayMeterFault(outcome.fault, words), ...whatToAsk(outcome.fault));
    case 'not-as-seen':
      return refuse(t('refused.notAsSeen'));
    default: {
      const { refused, ...rest } = outcome;
      const problems = refused
        .slice(0, MAX_SHOWN_ROWS)
        .map((row) => ({ row: row.line, column: row.column, value: row.value, message: sayMeterRow(row, words) }));
      return { ...rest, siteId, chosen, fileName, problems };
    }
  }
}

function whatToAsk(fault: MeterTableFault): ['column' | 'values' | null, readonly string[]] {
  if (fault.kind === 'which-column') return ['column', fault.columns];
  return [fault.kind === 'register' || fault.kind === 'no-register' ? 'values' : null, []];
}
