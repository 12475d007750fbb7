/** A computed row and a row error as whoever has a list's link sees them: of hosted machines nothing that follows from the host's power price. Pure. */
import type { RowError } from '../rows/row-error.ts';

/** Each of them comes to the host's margin together with what the client pays and nets. */
const HOST_SIDE = [
  'powerUsdPerKwh',
  'powerUsdPerDay',
  'netUsdPerDay',
  'breakEvenPriceUsdPerBtc',
  'minedBtc',
  'npvUsd',
  'irrRatioPerYear',
  'paybackMonths',
  'profitUsd',
  'shutdownMonth',
  'hostNetUsdPerDay',
] as const;
type HostSide = (typeof HOST_SIDE)[number];

export type Shown<Row> = Omit<Row, HostSide> & Record<HostSide, number | null>;

export function toSharedRow<Row extends Record<HostSide, number | null> & { clientPowerUsdPerKwh: number | null }>(row: Row): Shown<Row> {
  if (row.clientPowerUsdPerKwh === null) return row;
  return { ...row, ...Object.fromEntries(HOST_SIDE.map((name) => [name, null])) } as Shown<Row>;
}

/** The column of the host's price may be the one in error: the reason stays, the value goes. */
export function toSharedError(error: RowError): RowError {
  return error.field === 'powerUsdPerKwh' ? { ...error, value: '', suggestion: null } : error;
}
