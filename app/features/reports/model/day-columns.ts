/**
 * The day of every row, kept as columns and given as objects one row at a time. As objects, 100,000 of them with all that was allocated beside them took the memory of a
 * process past 400 MB: what survives teaches the collector to keep its neighbours.
 */
import type { Today } from '#engine';
import type { FleetRow } from './fleet-source.ts';

export type DayFigures = Omit<Today, 'hashpriceBtcPerThDay'>;
export type ComputedRow = { row: FleetRow; today: DayFigures };

/** In the order of the source; each look makes its rows anew. */
export type ComputedRows = Iterable<ComputedRow> & { readonly length: number };

export function createDayColumns(rows: readonly FleetRow[]) {
  const column = () => new Float64Array(rows.length);
  const columns: Record<keyof DayFigures, Float64Array> = {
    minedBtcPerDay: column(),
    revenueUsdPerDay: column(),
    energyKwhPerDay: column(),
    powerUsdPerDay: column(),
    fixedUsdPerDay: column(),
    netUsdPerDay: column(),
    breakEvenPowerUsdPerKwh: column(),
    breakEvenPriceUsdPerBtc: column(),
  };
  const names = Object.keys(columns) as (keyof DayFigures)[];

  function read(index: number): DayFigures {
    const at = (name: keyof DayFigures) => columns[name][index]!;
    const orNull = (value: number) => (Number.isNaN(value) ? null : value);
    return {
      minedBtcPerDay: at('minedBtcPerDay'),
      revenueUsdPerDay: at('revenueUsdPerDay'),
      energyKwhPerDay: at('energyKwhPerDay'),
      powerUsdPerDay: at('powerUsdPerDay'),
      fixedUsdPerDay: at('fixedUsdPerDay'),
      netUsdPerDay: at('netUsdPerDay'),
      breakEvenPowerUsdPerKwh: orNull(at('breakEvenPowerUsdPerKwh')),
      breakEvenPriceUsdPerBtc: orNull(at('breakEvenPriceUsdPerBtc')),
    };
  }

  const computed: ComputedRows = {
    length: rows.length,
    *[Symbol.iterator]() {
      for (let index = 0; index < rows.length; index += 1) yield { row: rows[index]!, today: read(index) };
    },
  };
  return {
    rows: computed,
    /** Takes over the first `count` rows of results as the rows from `from` on. */
    take(results: Readonly<Record<keyof DayFigures, Float64Array>>, from: number, count: number): void {
      for (const name of names) columns[name].set(results[name].subarray(0, count), from);
    },
  };
}
