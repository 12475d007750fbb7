/** Points of a site's series on an even grid of time: a step of which nothing was stored is there and unknown, so that a line breaks in it. Pure. */
import type { SiteSeries } from '#app/features/telemetry/read/read-site-series.server.ts';

export type ChartPoints = {
  stepS: number;
  atS: number[];
  hashrateThs: (number | null)[];
  powerW: (number | null)[];
  chipTemperatureMaxC: (number | null)[];
  /** W over TH/s, J/TH; null where the power and the hash rate are not of the same machine time, and so of different machines. */
  efficiencyJPerTh: (number | null)[];
};

export function toChartPoints(series: SiteSeries | null, { toS }: { toS: number }): ChartPoints {
  const points: ChartPoints = {
    stepS: series?.stepS ?? 0,
    atS: [],
    hashrateThs: [],
    powerW: [],
    chipTemperatureMaxC: [],
    efficiencyJPerTh: [],
  };
  if (series === null) return points;
  const usualReadRatio = median(series.points.map(({ readRatio }) => readRatio));
  const usualPowerRatio = median(series.points.map(toPowerRatio));
  const add = (atS: number, point: SiteSeries['points'][number] | null) => {
    points.atS.push(atS);
    points.hashrateThs.push(point !== null && isDrawn(point.readRatio, usualReadRatio) ? point.hashrateThs : null);
    points.powerW.push(point !== null && isDrawn(toPowerRatio(point), usualPowerRatio) ? point.powerW : null);
    points.chipTemperatureMaxC.push(point?.chipTemperatureMaxC ?? null);
    points.efficiencyJPerTh.push(point === null ? null : toEfficiency(point));
  };
  for (const point of series.points) {
    const lastS = points.atS.at(-1);
    // Steps of a day are an hour longer or shorter twice a year.
    if (lastS !== undefined) for (let atS = lastS + series.stepS; atS < point.atS - series.stepS / 2; atS += series.stepS) add(atS, null);
    add(point.atS, point);
  }
  // A quiet end is drawn as one, and not as if the last point were now.
  const endS = points.atS.at(-1);
  if (endS !== undefined) for (let atS = endS + series.stepS; atS < toS - series.stepS; atS += series.stepS) add(atS, null);
  return points;
}

/**
 * A sum over what was read is the least that there was. Of a step of which less than half of the usual was read, at the beginning or end of an outage, it would look
 * like a fall of the site: the line breaks there.
 */
const LEAST_OF_USUAL = 0.5;
const isDrawn = (ratio: number, usualRatio: number) => ratio >= LEAST_OF_USUAL * usualRatio;

const toPowerRatio = ({ powerUnknownRatio }: SiteSeries['points'][number]) => 1 - powerUnknownRatio;

/** 0 of none: then nothing is left out. */
function median(ratios: readonly number[]): number {
  return [...ratios].sort((one, other) => one - other)[ratios.length >> 1] ?? 0;
}

/** Shares of machine time that are read and whose power is known may differ by this much: sleeping machines report a power and no hash rate. */
const SAME_TIME_RATIO = 0.02;

function toEfficiency({ hashrateThs, powerW, readRatio, powerUnknownRatio }: SiteSeries['points'][number]): number | null {
  if (hashrateThs === null || powerW === null || hashrateThs <= 0) return null;
  return Math.abs(1 - powerUnknownRatio - readRatio) > SAME_TIME_RATIO ? null : powerW / hashrateThs;
}
