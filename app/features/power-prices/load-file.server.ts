// A file brought into a series by hand. Rows that can be believed are stored, the others are named.
import { type Caller, LONG_WORK_MS, requireWhole, type SitesDeps, withScope } from '#app/features/sites/scope.server.ts';
import type { PowerPriceSeries } from '#app/generated/prisma/client.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import type { RowFault } from '#collectors/market/power/place-cells.ts';
import { type PriceTableSettings, readPriceText, type TableFault } from '#collectors/market/power/read-prices.ts';
import type { PowerCurrency, PowerPriceUnit, ResolutionMinutes } from '#engine/units/power-price.ts';
import { MAX_PRICES } from './series-fields.ts';
import { isOverfull, type Stored, storePrices } from './store-prices.server.ts';

/** A file of wrong rows is told by its first ones. */
export const MAX_NAMED_ROWS = 20;
const MAX_SOURCE_CHARS = 200;

export type Loaded = Stored & {
  kind: 'loaded';
  fileName: string;
  fromAt: string;
  toAt: string;
  /** Cells without a price, rows said twice, rows of other nodes. */
  blanks: number;
  repeats: number;
  passedOver: number;
  rowsRefused: number;
  refused: RowFault[];
};
export type LoadOutcome = Loaded | { kind: 'not-found' } | { kind: 'refused'; fault: TableFault | { kind: 'full'; max: number } };

export const toSettings = (series: PowerPriceSeries, nowMs: number): PriceTableSettings => ({
  timeZone: series.timeZone,
  resolutionMinutes: series.resolutionMinutes as ResolutionMinutes,
  currency: series.currency as PowerCurrency,
  unit: series.unit as PowerPriceUnit,
  node: series.node,
  column: series.priceColumn,
  nowMs,
});

/** Files of older spreadsheets are not UTF-8; what counts in them, digits and separators, is the same in both. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export function loadFile(
  deps: SitesDeps,
  caller: Caller,
  { seriesId, fileName, bytes }: { seriesId: string; fileName: string; bytes: Uint8Array },
  nowMs = Date.now(),
): Promise<LoadOutcome> {
  return withScope(
    deps,
    caller,
    'power-prices.write',
    async (scoped): Promise<LoadOutcome> => {
      requireWhole(scoped, 'power-prices.write');
      const { tx, tenantId } = scoped;
      const series = await tx.powerPriceSeries.findFirst({ where: { id: seriesId } });
      if (series === null) return { kind: 'not-found' };
      const read = readPriceText(decode(bytes), toSettings(series, nowMs));
      if (read.kind !== 'read') return { kind: 'refused', fault: read };
      if (await isOverfull(tx, seriesId, read.prices)) return { kind: 'refused', fault: { kind: 'full', max: MAX_PRICES } };
      const source = fileName.slice(0, MAX_SOURCE_CHARS);
      const stored = await storePrices(tx, { tenantId, seriesId }, read.prices, { source, fetchedAt: new Date(nowMs) });
      await tx.powerPriceSeries.update({ where: { id: seriesId }, data: { rowsRefused: read.refused.length } });
      const { actor, origin } = caller;
      const after = { name: series.name, fileName: source, rows: read.prices.length };
      await recordAudit(tx, tenantId, { action: 'power-price.load', actor, origin, target: { kind: 'setting', id: seriesId }, after });
      const stepMs = series.resolutionMinutes * 60_000;
      return {
        kind: 'loaded',
        fileName: source,
        ...stored,
        fromAt: new Date(read.prices[0]!.startMs).toISOString(),
        toAt: new Date(read.prices.at(-1)!.startMs + stepMs).toISOString(),
        blanks: read.blanks,
        repeats: read.repeats,
        passedOver: read.passedOver,
        rowsRefused: read.refused.length,
        refused: read.refused.slice(0, MAX_NAMED_ROWS),
      };
    },
    LONG_WORK_MS,
  );
}
