/** Answers of `/api/v1/indicators`: on the caller's candles, over the stored history, and the list of all. Pure; history and words are arguments. */
import type { TFunction } from 'i18next';
import { type Fault, toFault } from '#app/features/api/wire/fault.ts';
import { findQueryFaults } from '#app/features/api/wire/read-query.ts';
import { readTimeMs } from '#app/features/indicators/candles.ts';
import { computeIndicator, type IndicatorResult, toValues } from '#app/features/indicators/compute-indicator.ts';
import type { Indicator, ParamValues } from '#app/features/indicators/indicator.ts';
import { defaultParams, INDICATORS } from '#app/features/indicators/registry.ts';
import { listSources, type StoredHistory } from '#app/features/indicators/stored-history.ts';
import type indicatorTexts from '../../../../locales/en/indicators.json';
import type { IndicatorAnswer, IndicatorEntry, IndicatorHistory } from './indicator-answer.ts';
import { readIndicatorParams } from './indicator-params.ts';
import { readIndicatorRequest } from './indicator-request.ts';

export type Answered<Answer> = { kind: 'ok'; answer: Answer } | { kind: 'invalid'; faults: Fault[] };

/** Only where the indicator has values that lie ahead. */
function listAhead({ ahead }: IndicatorResult): { ahead?: IndicatorAnswer['values'] } {
  if (ahead === null) return {};
  return { ahead: toValues(ahead, 0, Object.values(ahead)[0]?.length ?? 0) };
}

/** `POST /api/v1/indicators/{name}` */
export function answerOnCandles(raw: unknown, indicator: Indicator): Answered<IndicatorAnswer> {
  const request = readIndicatorRequest(raw, indicator);
  if (request.kind === 'invalid') return request;
  const { columns, length, params } = request;
  const result = computeIndicator(indicator, columns, length, params);
  return { kind: 'ok', answer: { name: indicator.name, params, values: toValues(result.outputs, 0, length), ...listAhead(result) } };
}

/** What an indicator reads and the history does not have. */
export function listUnstored({ inputs }: Indicator, { columns }: StoredHistory): string[] {
  return inputs.filter((name) => columns[name] === undefined);
}

const FROM_PARAM = 'from';
const TO_PARAM = 'to';

/** `GET /api/v1/indicators/{name}?from=&to=&period=…`. The window only cuts: values are computed from the history's first day on. */
export function answerOverHistory(url: string, indicator: Indicator, history: StoredHistory): Answered<IndicatorHistory> {
  const read = readHistoryQuery(url, indicator);
  const unstored = listUnstored(indicator, history);
  if (unstored.length > 0) read.faults.unshift(toFault('name', indicator.name, 'not_stored', { columns: unstored.join(', ') }));
  if (read.faults.length > 0) return { kind: 'invalid', faults: read.faults };
  const { startAtMs, stepMs, length, columns } = history;
  const result = computeIndicator(indicator, columns, length, read.params);
  const clamp = (index: number) => Math.min(Math.max(index, 0), length);
  const from = read.fromMs === null ? 0 : clamp(Math.ceil((read.fromMs - startAtMs) / stepMs));
  const to = read.toMs === null ? length : clamp(Math.floor((read.toMs - startAtMs) / stepMs) + 1);
  const end = Math.max(from, to);
  const warmUp = Math.max(...Object.values(indicator.warmUp(read.params)));
  return {
    kind: 'ok',
    answer: {
      name: indicator.name,
      params: read.params,
      sources: end === from ? [] : listSources(history, indicator.inputs, Math.max(0, from - warmUp), end),
      times: Array.from({ length: end - from }, (_, offset) => new Date(startAtMs + (from + offset) * stepMs).toISOString()),
      values: toValues(result.outputs, from, end),
      // What lies ahead of the history lies ahead of a window only when that ends with it.
      ...(end === length ? listAhead(result) : {}),
    },
  };
}

type HistoryQuery = { params: ParamValues; fromMs: number | null; toMs: number | null; faults: Fault[] };

function readHistoryQuery(url: string, indicator: Indicator): HistoryQuery {
  const query = new URL(url).searchParams;
  const chosen: Record<string, unknown> = {};
  const faults: Fault[] = [];
  const names = Object.entries(indicator.params).flatMap(([name, { aliases }]) => [name, ...aliases]);
  for (const name of new Set(names)) {
    const values = query.getAll(name);
    // An address holds texts; one that is not a number stays a text and is refused as such.
    if (values.length > 0) chosen[name] = values.length === 1 && values[0]!.trim() !== '' ? toNumberOrText(values[0]!) : values.join(',');
  }
  const read = readIndicatorParams(chosen, indicator);
  const instantOf = (name: string): number | null => {
    const values = query.getAll(name);
    if (values.length === 0) return null;
    const [text = ''] = values;
    // An address holds texts: whole milliseconds are digits in it.
    const instantMs = values.length === 1 ? readTimeMs(/^\d+$/.test(text) ? Number(text) : text) : null;
    if (instantMs === null) faults.push(toFault(name, values.join(','), 'not_a_time'));
    return instantMs;
  };
  const [fromMs, toMs] = [instantOf(FROM_PARAM), instantOf(TO_PARAM)];
  if (fromMs !== null && toMs !== null && toMs < fromMs) faults.push(toFault(TO_PARAM, query.get(TO_PARAM), 'not_after_from'));
  return {
    params: read.params,
    fromMs,
    toMs,
    faults: [...findQueryFaults(url, [FROM_PARAM, TO_PARAM, ...names]), ...faults, ...read.faults],
  };
}

function toNumberOrText(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

export type IndicatorTexts = TFunction<'indicators'>;
type IndicatorName = keyof (typeof indicatorTexts)['names'];

/** `GET /api/v1/indicators` */
export function listIndicators(t: IndicatorTexts, history: StoredHistory): { indicators: IndicatorEntry[] } {
  return { indicators: INDICATORS.map((indicator) => toEntry(indicator, t, history)) };
}

function toEntry(indicator: Indicator, t: IndicatorTexts, history: StoredHistory): IndicatorEntry {
  const name = indicator.name as IndicatorName;
  const warmUp = indicator.warmUp(defaultParams(indicator));
  const meanings = t('params', { returnObjects: true }) as Record<string, string>;
  return {
    name,
    group: indicator.group,
    title: t(`names.${name}`),
    meaning: t(`meanings.${name}`),
    inputs: [...indicator.inputs],
    params: Object.entries(indicator.params).map(([param, { aliases, ...range }]) => {
      const meaning = meanings[param];
      if (meaning === undefined) throw new Error(`parameter ${param} of ${name} has no description`);
      return { name: param, meaning, ...range, aliases: [...aliases] };
    }),
    outputs: Object.entries(indicator.outputs).map(([output, unit]) => ({ name: output, unit, warmUp: warmUp[output]! })),
    isStored: listUnstored(indicator, history).length === 0,
  };
}
