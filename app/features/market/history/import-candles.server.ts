/** The command `npm run market:import`: candles of a file over those that are stored. */
import { createDb } from '#app/platform/db.server.ts';
import type { CandleInterval } from '#collectors/market/candles.ts';
import { type CsvProblem, parseCandlesCsv } from '#collectors/market/candles-csv.ts';
import { storeCandles } from './history-store.server.ts';

export type ImportOutcome = { stored: number; from: string | null; to: string | null; problems: CsvProblem[] };

/** Rows of one statement. */
const AT_ONCE = 5_000;

/** `source`: what is shown beside the figures. Candles of the same time are replaced; may be repeated. */
export async function importCandles(
  databaseUrl: string,
  text: string,
  { interval, source }: { interval: CandleInterval; source: string },
): Promise<ImportOutcome> {
  const { candles, problems } = parseCandlesCsv(text, interval, Date.now());
  const db = createDb(databaseUrl, { maxConnections: 1 });
  try {
    let stored = 0;
    for (let index = 0; index < candles.length; index += AT_ONCE) {
      stored += await storeCandles(db, interval, source, candles.slice(index, index + AT_ONCE));
    }
    const iso = (timeMs: number | undefined) => (timeMs === undefined ? null : new Date(timeMs).toISOString());
    return { stored, from: iso(candles[0]?.timeMs), to: iso(candles.at(-1)?.timeMs), problems };
  } finally {
    await db.$disconnect();
  }
}
