/** Read model and acts of /market/power. */

import { MaxPartSizeExceededError, redirect, unstable_createMemoryUploadHandler, unstable_parseMultipartFormData } from '@remix-run/node';
import { toFault } from '#app/features/api/wire/fault.ts';
import { isUniqueViolation } from '#app/features/api/wire/unique-violation.ts';
import { readUsdRates } from '#app/features/market/usd-rates.server.ts';
import { usdPerUnit } from '#app/features/market/usd-rates.ts';
import { parseForm, readNumbers, readText, readTexts, sayFaults, toFaults } from '#app/features/monitoring/form-values.server.ts';
import { getPowerDeps } from '#app/features/power-prices/ercot-config.server.ts';
import { loadFile } from '#app/features/power-prices/load-file.server.ts';
import { readSeries } from '#app/features/power-prices/read-series.server.ts';
import { sayFileFault, sayRowFault } from '#app/features/power-prices/say-fault.server.ts';
import { DEFAULT_EVERY_MINUTES, MAX_FILE_BYTES, NewSeriesSchema, SERIES_RANGES } from '#app/features/power-prices/series-fields.ts';
import { createSeries, deleteSeries, listSeries } from '#app/features/power-prices/series-store.server.ts';
import { toSitesCaller } from '#app/features/sites/scope.server.ts';
import { PATHS } from '#app/paths.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { can } from '#app/platform/permissions/can.ts';
import { createFormat } from '#app/ui/format.ts';
import {
  ADDED_PARAM,
  type ChosenSeries,
  DAYS_PARAM,
  type PowerPageView,
  type PowerResult,
  SERIES_FIELDS,
  SERIES_PARAM,
  SERIES_TEXTS,
  SHOWN_DAYS,
} from './power-view.ts';

type Args = { request: Request; context: RequestContext };
const DAY_MS = 86_400_000;
const USUAL_DAYS = 14;
const MAX_NAME = 200;
const MB = 1_000_000;

export async function readPowerPage({ request, context }: Args, nowMs = Date.now()): Promise<PowerPageView> {
  const deps = getPowerDeps();
  const caller = await toSitesCaller(context);
  const series = await listSeries(deps, caller, nowMs);
  const { min, max } = SERIES_RANGES.everyMinutes;
  return {
    series,
    chosen: await readChosen({ request, context }, series.find(({ coverage }) => coverage.prices > 0)?.id ?? series[0]?.id ?? null, nowMs),
    mayWrite: can(caller.actor, 'power-prices.write'),
    hasErcotKey: deps.hasErcotKey,
    timeZones: Intl.supportedValuesOf('timeZone'),
    everyMinutes: { min, max, standard: DEFAULT_EVERY_MINUTES },
    maxFileMb: MAX_FILE_BYTES / MB,
    nowAt: new Date(nowMs).toISOString(),
  };
}

/** The series of the address, else the first that has prices. */
async function readChosen({ request, context }: Args, usualId: string | null, nowMs: number): Promise<ChosenSeries | null> {
  const params = new URL(request.url).searchParams;
  const asked = params.get(SERIES_PARAM);
  const id = asked !== null && isUuid(asked) ? asked : usualId;
  if (id === null) return null;
  const days = SHOWN_DAYS.find((one) => String(one) === params.get(DAYS_PARAM)) ?? USUAL_DAYS;
  const deps = getPowerDeps();
  const caller = await toSitesCaller(context);
  // The newest prices end where they end; the span before them is as long as was asked for.
  const newest = await readSeries(deps, caller, id, { fromMs: null, toMs: null }, nowMs);
  if (newest.kind !== 'read') return null;
  const toMs = Date.parse(newest.value.toAt);
  const fromMs = toMs - days * DAY_MS;
  const read = days === USUAL_DAYS ? newest : await readSeries(deps, caller, id, { fromMs, toMs }, nowMs);
  if (read.kind !== 'read') return null;
  const { series, prices, gaps } = read.value;
  const stepMs = series.resolutionMinutes * 60_000;
  const first = prices[0];
  const startMs = first === undefined ? fromMs : Date.parse(first.startAt);
  const pricesPerMwh = new Array<number | null>(first === undefined ? 0 : Math.round((toMs - startMs) / stepMs)).fill(null);
  for (const { startAt, pricePerMwh } of prices) pricesPerMwh[Math.round((Date.parse(startAt) - startMs) / stepMs)] = pricePerMwh;
  const hasRate = usdPerUnit(series.currency, await readUsdRates()) !== null;
  return { series, days, startMs, stepMs, pricesPerMwh, gaps, hasRate };
}

export async function actOnPower({ request, context }: Args): Promise<PowerResult> {
  const form = await readForm(request);
  const t = await i18nServer.getFixedT(request, 'power-prices');
  const format = createFormat(detectLanguage(request));
  if (form === null) return { kind: 'refused', message: t('fault.tooLarge', { mb: format.integer(MAX_FILE_BYTES / MB) }) };
  const id = readText(form, 'seriesId') ?? '';
  switch (readText(form, 'intent')) {
    case 'add':
      return add({ request, context }, form);
    case 'delete': {
      const outcome = isUuid(id) ? await deleteSeries(getPowerDeps(), await toSitesCaller(context), id) : null;
      if (outcome?.kind !== 'done') throw new Response(null, { status: 404 });
      return { kind: 'deleted' };
    }
    default: {
      const file = form.get('file');
      if (!(file instanceof File) || file.size === 0) return { kind: 'refused', message: t('fault.noFile') };
      if (!isUuid(id)) return { kind: 'refused', message: t('fault.noSeries') };
      return load({ request, context }, id, file);
    }
  }
}

/** `null`: a part is longer than is read. */
async function readForm(request: Request): Promise<FormData | null> {
  if (!/^multipart\//i.test(request.headers.get('Content-Type') ?? '')) return request.formData();
  try {
    return await unstable_parseMultipartFormData(request, unstable_createMemoryUploadHandler({ maxPartSize: MAX_FILE_BYTES }));
  } catch (error) {
    if (error instanceof MaxPartSizeExceededError) return null;
    throw error;
  }
}

async function add({ request, context }: Args, form: FormData): Promise<PowerResult> {
  const given = { ...readTexts(form, SERIES_TEXTS), ...readNumbers(form, ['everyMinutes']) };
  const values = Object.fromEntries(SERIES_FIELDS.map((name) => [name, readText(form, name) ?? '']));
  const faulty = async (faults: Parameters<typeof sayFaults>[1]): Promise<PowerResult> => ({
    kind: 'faulty',
    faults: await sayFaults(request, faults),
    values,
  });
  const parsed = parseForm(NewSeriesSchema, given, SERIES_RANGES);
  if (parsed.kind === 'faulty') return faulty(parsed.faults);
  try {
    const outcome = await createSeries(getPowerDeps(), await toSitesCaller(context), parsed.value);
    if (outcome.kind === 'refused') {
      // What a form asks for is missing there, not needed beside another field.
      return faulty(
        toFaults(outcome.faults).map((fault) => (fault.code === 'needs_other' ? toFault(fault.field, undefined, 'missing') : fault)),
      );
    }
    if (outcome.kind === 'not-found') throw new Response(null, { status: 404 });
    throw redirect(`${PATHS.marketPower}?${new URLSearchParams({ [SERIES_PARAM]: outcome.value.id, [ADDED_PARAM]: '1' })}`, 303);
  } catch (error) {
    if (isUniqueViolation(error)) return faulty([toFault('name', values.name ?? null, 'taken')]);
    throw error;
  }
}

async function load({ request, context }: Args, seriesId: string, file: File): Promise<PowerResult> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const caller = await toSitesCaller(context);
  const deps = getPowerDeps();
  const outcome = await loadFile(deps, caller, { seriesId, fileName: file.name.slice(0, MAX_NAME), bytes });
  const words = { t: await i18nServer.getFixedT(request, 'power-prices'), format: createFormat(detectLanguage(request)) };
  if (outcome.kind === 'not-found') return { kind: 'refused', message: words.t('fault.noSeries') };
  if (outcome.kind === 'refused') return { kind: 'refused', message: sayFileFault(outcome.fault, words) };
  const { kind: _kind, refused, ...rest } = outcome;
  const series = (await listSeries(deps, caller)).find(({ id }) => id === seriesId);
  return {
    kind: 'loaded',
    file: {
      ...rest,
      timeZone: series?.timeZone ?? 'UTC',
      rows: rest.added + rest.changed + rest.unchanged,
      refused: refused.map((row) => ({ line: row.line, reason: sayRowFault(row, words) })),
    },
  };
}
