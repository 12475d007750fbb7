import { expect, it } from 'vitest';
import type { SitePoint, SiteSeries } from '#app/features/telemetry/read/read-site-series.server.ts';
import { toChartPoints } from './chart-points.ts';

const point = (atS: number): SitePoint => ({
  atS,
  machines: 2,
  hashrateThs: 400,
  powerW: 7_000,
  readRatio: 1,
  estimatedRatio: 0,
  powerUnknownRatio: 0,
  hashingRatio: 1,
  curtailedRatio: 0,
  plannedRatio: 0,
  faultyRatio: 0,
  unknownRatio: 0,
  chipTemperatureMaxC: 70,
});
const series = (...ats: number[]): SiteSeries => ({ stepS: 300, timeZone: 'UTC', points: ats.map(point) });

it('puts unknown points where nothing was stored, between others and at the end', () => {
  const { atS, hashrateThs } = toChartPoints(series(0, 300, 1_200), { toS: 2_000 });
  expect(atS).toEqual([0, 300, 600, 900, 1_200, 1_500]);
  expect(hashrateThs).toEqual([400, 400, null, null, 400, null]);
});

it('has no points of a site that nothing was ever stored of', () => {
  expect(toChartPoints(series(), { toS: 2_000 }).atS).toEqual([]);
  expect(toChartPoints(null, { toS: 2_000 }).atS).toEqual([]);
});

it('has an efficiency only where power and hash rate are of the same machines', () => {
  const { efficiencyJPerTh } = toChartPoints({ ...series(), points: [point(0), { ...point(300), powerUnknownRatio: 0.5 }] }, { toS: 600 });
  expect(efficiencyJPerTh).toEqual([17.5, null]);
});

it('breaks its lines where less than half of what is usually read was read, and keeps those of a site that is always read in part', () => {
  const partly = (atS: number, readRatio: number) => ({
    ...point(atS),
    hashrateThs: 400 * readRatio,
    powerW: 7_000 * readRatio,
    readRatio,
    powerUnknownRatio: 1 - readRatio,
  });
  const drawn = (ratios: number[]) =>
    toChartPoints({ ...series(), points: ratios.map((ratio, place) => partly(300 * place, ratio)) }, { toS: 300 * ratios.length });
  const outage = drawn([0.1, 1, 1, 0.6, 0.3, 1]);
  expect(outage.hashrateThs).toEqual([null, 400, 400, 240, null, 400]);
  expect(outage.powerW).toEqual([null, 7_000, 7_000, 4_200, null, 7_000]);
  expect(drawn([0.3, 0.3, 0.3]).hashrateThs).toEqual([120, 120, 120]);
});
