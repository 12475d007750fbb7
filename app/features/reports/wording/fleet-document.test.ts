import { beforeAll, describe, expect, it } from 'vitest';
import { getEngine } from '#app/platform/engine.server.ts';
import type { Engine } from '#engine';
import { computeFleet } from '../model/compute-fleet.ts';
import { aBatch, aFleetRow, aScenario } from '../model/fixtures.ts';
import type { FleetSource } from '../model/fleet-source.ts';
import { toFleetDocument } from './fleet-document.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await getEngine();
});

function toDocument(source: FleetSource, language: 'zh' | 'en' = 'en') {
  const computed = computeFleet(engine, source);
  if (computed.kind !== 'ok') throw new Error('refused');
  return toFleetDocument(computed.fleet, { language, workspace: null, logo: null, madeAt: '2026-11-22T08:00:00.000Z' });
}

const monthlyTitle = (source: FleetSource, language: 'zh' | 'en' = 'en') =>
  toDocument(source, language).sections.find(({ id }) => id === 'monthly')?.title;

describe('the words of a fleet’s report', () => {
  it('tell the share of power in the last month with any revenue, and that nothing runs behind it', () => {
    const network = { ...aScenario().network, networkGrowthRatioPerMonth: 0.05, priceGrowthRatioPerMonth: 0 };
    const source = aScenario({ network, rows: [aFleetRow({ powerUsdPerKwh: 0.07 })] });
    expect(monthlyTitle(source)).toMatch(/^Power takes \d+% of revenue in month 1 and \d+% in month \d+; then everything stands still$/);
    expect(monthlyTitle(source, 'zh')).toMatch(/^电费占产出的比例：第 1 个月 \d+%，第 \d+ 个月 \d+%，此后全部停机$/);
    expect(monthlyTitle({ ...source, shutdownWhenUnprofitable: false })).toMatch(/in month 36$/);
  });

  it('tell of the rows that are in no figure only those that there are', () => {
    const note = (rowsFailed: number, rowsSkipped: number) => toDocument(aBatch(3, { rowsFailed, rowsSkipped })).note;
    expect(note(3, 2)).toContain('3 rows could not be computed and 2 were left out by choice');
    expect(note(0, 2)).toContain('Rows left out by choice that are in none of these figures: 2.');
    expect(note(3, 0)).toContain('Rows that could not be computed and are in none of these figures: 3.');
    expect(note(0, 0)).not.toContain('none of these figures');
  });
});
