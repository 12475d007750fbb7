/** What the page of power prices shows, and what its forms come to. */
import type { FormFault } from '#app/features/monitoring/form-fault.ts';
import type { Gap } from '#app/features/power-prices/read-series.server.ts';
import type { SeriesView } from '#app/features/power-prices/series-view.ts';

/** Days of prices that one look takes in; the longest are as many intervals of five minutes as one answer holds. */
export const SHOWN_DAYS = [2, 14, 60] as const;
export type ShownDays = (typeof SHOWN_DAYS)[number];
/** Parameters of the page: which series, how many of its newest days. */
export const SERIES_PARAM = 'series';
export const DAYS_PARAM = 'days';

export type ChosenSeries = {
  series: SeriesView;
  days: ShownDays;
  /** Beginning of the first interval and length of each, ms. */
  startMs: number;
  stepMs: number;
  /** One per interval; `null` is unknown. */
  pricesPerMwh: (number | null)[];
  gaps: Gap[];
  /** Whether its currency can be turned into dollars, so that plans can be made with it. */
  hasRate: boolean;
};

export type PowerPageView = {
  series: SeriesView[];
  chosen: ChosenSeries | null;
  mayWrite: boolean;
  hasErcotKey: boolean;
  timeZones: string[];
  everyMinutes: { min: number; max: number; standard: number };
  maxFileMb: number;
  nowAt: string;
};

export type LoadedFile = {
  fileName: string;
  fromAt: string;
  toAt: string;
  timeZone: string;
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  blanks: number;
  repeats: number;
  passedOver: number;
  rowsRefused: number;
  /** The first of them, in words. */
  refused: { line: number; reason: string }[];
};

export type PowerResult =
  | { kind: 'faulty'; faults: FormFault[]; values: Record<string, string> }
  | { kind: 'refused'; message: string }
  | { kind: 'loaded'; file: LoadedFile }
  | { kind: 'deleted' };

/** `added`: the series that was just made. */
export const ADDED_PARAM = 'added';

export const SERIES_TEXTS = ['name', 'origin', 'timeZone', 'resolutionMinutes', 'currency', 'unit', 'node', 'priceColumn', 'url'] as const;
export const SERIES_FIELDS = [...SERIES_TEXTS, 'everyMinutes'] as const;
