import { describe, expect, it } from 'vitest';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { aRow, computeRows, SCENARIO } from './computing.fixture.ts';
import { computeHostedRow, sumHosted } from './hosting.ts';

const CONTRACT = { count: 7, powerUsdPerKwh: 0.04, hostingFeeUsdPerMonth: 12, maintenanceUsdPerMonth: 3 };
const DEAR_USD_PER_KWH = 0.9;

describe('host and client of a list', () => {
  it('are both sides of the same energy: together they have what the machines earn, less upkeep on each side', async () => {
    const { batch } = computeRows(await loadBuild('simd'), [aRow(CONTRACT)]);
    const hosted = computeHostedRow(batch, 0, 0.06)!;
    const { revenueUsdPerDay, powerUsdPerDay } = batch.results;
    const upkeep = (2 * CONTRACT.maintenanceUsdPerMonth * CONTRACT.count) / 30.4375;
    expect(hosted.clientNetUsdPerDay + hosted.hostNetUsdPerDay).toBeCloseTo(revenueUsdPerDay[0]! - powerUsdPerDay[0]! - upkeep, 9);
    // By hand: 3.5 kW, 97 % of a day, seven machines, two cents of margin, fee less upkeep.
    expect(hosted.hostNetUsdPerDay).toBeCloseTo(3.5 * 24 * 0.97 * 7 * 0.02 + (9 * 7) / 30.4375, 9);
  });

  it('agree with what the engine says of the host of one contract', async () => {
    const engine = await loadBuild('simd');
    const { batch } = computeRows(engine, [aRow(CONTRACT)]);
    const hostCapexUsd = 500;
    const inputs = { ...SCENARIO.network, ...SCENARIO.defaults, ...CONTRACT, hashrateThs: 200, powerW: 3500, hostCapexUsd };
    const answer = engine.project({ ...inputs, clientPowerUsdPerKwh: 0.06, shutdownWhenUnprofitable: true });
    if (answer.kind !== 'ok') throw new Error('the engine refused the contract');
    const perMonth = computeHostedRow(batch, 0, 0.06)!.hostNetUsdPerDay * 30.4375;
    expect((hostCapexUsd * CONTRACT.count) / perMonth).toBeCloseTo(answer.host!.staticPaybackMonths!, 9);
  });

  it('leave the host without a sale where the client switches off, and with it where he runs on', async () => {
    const engine = await loadBuild('simd');
    const off = computeHostedRow(computeRows(engine, [aRow(CONTRACT)]).batch, 0, DEAR_USD_PER_KWH)!;
    expect(off.hostNetUsdPerDay).toBeCloseTo((9 * 7) / 30.4375, 9);
    expect(off.clientNetUsdPerDay).toBeLessThan(0);
    const runsOn = { ...SCENARIO, shutdownWhenUnprofitable: false };
    const on = computeHostedRow(computeRows(engine, [aRow(CONTRACT)], runsOn).batch, 0, DEAR_USD_PER_KWH)!;
    expect(on.hostNetUsdPerDay).toBeGreaterThan(100);
  });

  it('are summed over the rows that name a client’s price, and over no others', async () => {
    const { batch } = computeRows(await loadBuild('simd'), [aRow(CONTRACT), aRow({ count: 1000 }), aRow({ ...CONTRACT, count: 2 })]);
    const prices = [0.06, null, DEAR_USD_PER_KWH];
    const sums = sumHosted(batch, (row) => prices[row]!)!;
    expect(sums).toMatchObject({ rows: 2, machines: 9, clientLosingMachines: 2 });
    const hosts = [0, 2].map((row) => computeHostedRow(batch, row, prices[row]!)!.hostNetUsdPerDay);
    expect(sums.hostNetUsdPerDay).toBeCloseTo(hosts[0]! + hosts[1]!, 9);
    expect(sumHosted(batch, () => null)).toBeNull();
  });
});
