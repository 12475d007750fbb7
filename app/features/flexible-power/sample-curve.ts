/** The curve that ships: fetched when somebody looks at it, 13 kB on the wire. Browser and server decode the same file. */
import { decodeSeries, type Series } from '#app/features/market/history/series-format.ts';

/** One year of hourly prices, USD/kWh, with where they come from. */
export type SampleCurve = { usdPerKwh: number[]; source: string; startAtMs: number };

const KWH_PER_MWH = 1000;
let loading: Promise<SampleCurve> | null = null;

export function toSampleCurve({ values, source, startAtMs }: Series): SampleCurve {
  return { usdPerKwh: Array.from(values, (usdPerMwh) => usdPerMwh / KWH_PER_MWH), source, startAtMs };
}

/** Rejects when the file cannot be fetched; the next call tries again. */
export function loadSampleCurve(): Promise<SampleCurve> {
  loading ??= import('#app/features/market/history/power-ercot-2022.json').then(
    (module) => toSampleCurve(decodeSeries(module.default)),
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}
