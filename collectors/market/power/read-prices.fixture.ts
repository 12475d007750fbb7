/** Readers of files of prices for tests: two markets, and what comes out of a file. */
import { type PriceTableSettings, type ReadPrices, readPriceText } from './read-prices.ts';

export const CHICAGO: PriceTableSettings = {
  timeZone: 'America/Chicago',
  resolutionMinutes: 60,
  currency: 'USD',
  unit: 'perMwh',
  node: null,
  column: null,
  nowMs: Date.parse('2025-06-01T00:00:00Z'),
};
export const BERLIN: PriceTableSettings = { ...CHICAGO, timeZone: 'Europe/Berlin', currency: 'EUR' };

export function read(text: string, settings: PriceTableSettings = CHICAGO): ReadPrices {
  const answer = readPriceText(text, settings);
  if (answer.kind !== 'read') throw new Error(JSON.stringify(answer));
  return answer;
}
export const starts = ({ prices }: ReadPrices) => prices.map(({ startMs }) => new Date(startMs).toISOString().slice(0, 16));
export const values = ({ prices }: ReadPrices) => prices.map(({ perMwh }) => perMwh);
export const hours = (count: number) => Array.from({ length: count }, (_, index) => index);
