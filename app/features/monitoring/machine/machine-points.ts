/** A machine's samples or roll-ups as columns of a chart. Pure. */

import type { ChartPoints } from '#app/features/monitoring/charts/chart-points.ts';
import type { MachineHistory, MachineSample } from '#app/features/telemetry/read/read-machine.server.ts';

export type MachinePoints = Pick<ChartPoints, 'atS' | 'hashrateThs' | 'powerW' | 'efficiencyJPerTh' | 'chipTemperatureMaxC'>;

const toBlank = (): MachinePoints => ({ atS: [], hashrateThs: [], powerW: [], efficiencyJPerTh: [], chipTemperatureMaxC: [] });

type Row = { atS: number; hashrateThs: number | null; powerW: number | null; chipTemperatureC: number | null };

function add(points: MachinePoints, { atS, hashrateThs, powerW, chipTemperatureC }: Row): void {
  points.atS.push(atS);
  points.hashrateThs.push(hashrateThs);
  points.powerW.push(powerW);
  points.efficiencyJPerTh.push(hashrateThs === null || powerW === null || hashrateThs <= 0 ? null : powerW / hashrateThs);
  points.chipTemperatureMaxC.push(chipTemperatureC);
}

const UNKNOWN = { hashrateThs: null, powerW: null, chipTemperatureC: null };

/** Between samples that are further apart than `gapS` stands an unknown one, so that the line breaks. */
export function fromSamples(samples: readonly MachineSample[], gapS: number): MachinePoints {
  const points = toBlank();
  for (const sample of samples) {
    const lastS = points.atS.at(-1);
    if (lastS !== undefined && sample.atS - lastS > gapS) add(points, { atS: lastS + 1, ...UNKNOWN });
    add(points, sample);
  }
  return points;
}

const toStepS = (history: MachineHistory): number =>
  history.layer === 'slots' ? history.stepS : history.layer === 'hours' ? 3_600 : 86_400;

/** Null: nothing within reach. */
export function fromHistory(history: MachineHistory | null): MachinePoints {
  const points = toBlank();
  if (history === null) return points;
  const rows: Row[] =
    history.layer === 'slots'
      ? history.points.map((point) => ({ ...point, chipTemperatureC: null }))
      : history.buckets.map((bucket) => ({ ...bucket, chipTemperatureC: bucket.chipTemperatureMaxC }));
  const stepS = toStepS(history);
  for (const row of rows) {
    const lastS = points.atS.at(-1);
    if (lastS !== undefined && row.atS - lastS > stepS * 1.5) add(points, { atS: lastS + stepS, ...UNKNOWN });
    add(points, row);
  }
  return points;
}
