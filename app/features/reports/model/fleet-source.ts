/**
 * What a report of machines is made from: rows over one network and one way of reckoning. A single scenario is one row; a batch is many. Plain data, without results:
 * every figure of the report is computed from it once, by `compute-fleet.ts`. Whoever has a stored batch brings it into this shape and needs to know nothing else here.
 */
import type { UsedMarket } from '#app/features/api/economics/resolve-market.ts';
import type { MachineInputs, NetworkInputs } from '#engine';

/** A machine group; money is per machine. */
export type FleetRow = Omit<MachineInputs, 'discountRatioPerYear' | 'shutdownWhenUnprofitable'> & {
  /** As the catalogue or the file calls it; null: only its figures are known. */
  model: string | null;
  /** Line of the file the row was read from, 1, 2, 3, ...; null: not from a file. */
  line: number | null;
};

export type FleetSource = {
  kind: 'scenario' | 'batch';
  /** Name of the batch or of the machine, as people gave it; null: none. */
  name: string | null;
  network: NetworkInputs;
  discountRatioPerYear: number;
  shutdownWhenUnprofitable: boolean;
  /** At least one, in the order of the file. */
  rows: readonly FleetRow[];
  /** Rows of the file that could not be computed, and rows left out by choice: they are in no figure, and the report says so. */
  rowsFailed: number;
  rowsSkipped: number;
  /** Rows that name what a client pays for power: their power is reckoned at the host's price, and the report says so. */
  hostedRows: number;
  /** Where each market figure comes from. */
  market: UsedMarket;
};
