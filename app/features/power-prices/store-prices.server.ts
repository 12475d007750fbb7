/** Prices written once: the same again changes nothing, another value replaces the one before. */
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { Price } from '#collectors/market/power/read-prices.ts';
import { MAX_PRICES } from './series-fields.ts';

/** One statement's worth: arrays of this length are sent in a few hundred kilobytes. */
const ROWS_AT_ONCE = 10_000;

export type Stored = { added: number; changed: number; unchanged: number };

/** Would the series have more than MAX_PRICES with these? Those that it has already count once. */
export async function isOverfull(tx: TenantClient, seriesId: string, prices: readonly Price[]): Promise<boolean> {
  let count = await tx.powerPrice.count({ where: { seriesId } });
  if (count + prices.length <= MAX_PRICES) return false;
  for (let from = 0; from < prices.length; from += ROWS_AT_ONCE) {
    const starts = prices.slice(from, from + ROWS_AT_ONCE).map(({ startMs }) => startMs / 1000);
    const [row] = await tx.$queryRaw<{ unknown: number }[]>`
      SELECT count(*)::int AS unknown FROM unnest(${starts}::float8[]) AS t(s)
      WHERE NOT EXISTS (SELECT FROM power_prices p WHERE p.series_id = ${seriesId}::uuid AND p.start_at = to_timestamp(t.s))`;
    count += row?.unknown ?? 0;
  }
  return count > MAX_PRICES;
}

export async function storePrices(
  tx: TenantClient,
  { tenantId, seriesId }: { tenantId: string; seriesId: string },
  prices: readonly Price[],
  { source, fetchedAt }: { source: string; fetchedAt: Date },
): Promise<Stored> {
  const stored: Stored = { added: 0, changed: 0, unchanged: 0 };
  for (let from = 0; from < prices.length; from += ROWS_AT_ONCE) {
    const part = prices.slice(from, from + ROWS_AT_ONCE);
    const starts = part.map(({ startMs }) => startMs / 1000);
    const values = part.map(({ perMwh }) => perMwh);
    const [row] = await tx.$queryRaw<{ added: number; changed: number }[]>`
      WITH written AS (
        INSERT INTO power_prices AS p (tenant_id, series_id, start_at, price_per_mwh, source, fetched_at)
        SELECT ${tenantId}::uuid, ${seriesId}::uuid, to_timestamp(t.s), t.value, ${source}, ${fetchedAt}
        FROM unnest(${starts}::float8[], ${values}::float8[]) AS t(s, value)
        ON CONFLICT (series_id, start_at) DO UPDATE SET price_per_mwh = excluded.price_per_mwh, source = excluded.source, fetched_at = excluded.fetched_at
        WHERE p.price_per_mwh IS DISTINCT FROM excluded.price_per_mwh
        RETURNING xmax = 0 AS is_new
      )
      SELECT count(*) FILTER (WHERE is_new)::int AS added, count(*) FILTER (WHERE NOT is_new)::int AS changed FROM written`;
    const { added = 0, changed = 0 } = row ?? {};
    stored.added += added;
    stored.changed += changed;
    stored.unchanged += part.length - added - changed;
  }
  return stored;
}
