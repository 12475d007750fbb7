import { describe, expect, it } from 'vitest';
import { anAnswer } from '#app/features/calculator/fixtures.ts';
import { computeHostToday } from './hosting-today.ts';

describe('computeHostToday', () => {
  const { inputs, today } = anAnswer();
  const contract = { ...inputs, count: 1, powerUsdPerKwh: 0.05, hostingFeeUsdPerMonth: 30.4375, maintenanceUsdPerMonth: 0 };
  const running = { ...today, energyKwhPerDay: 100, revenueUsdPerDay: 9, powerUsdPerDay: 7 };

  it('earns the difference of the two power prices and the fees', () => {
    // (0.07 - 0.05) * 100 kWh + 30.4375 / 30.4375 = 3
    expect(computeHostToday(contract, 0.07, running).netUsdPerDay).toBeCloseTo(3, 12);
  });

  it('sells no energy to a client whose machines would stand still', () => {
    const losing = { ...running, revenueUsdPerDay: 6 };
    const off = computeHostToday({ ...contract, shutdownWhenUnprofitable: true }, 0.07, losing);
    expect(off).toMatchObject({ energyKwhPerDay: 0, powerUsdPerDay: 0, netUsdPerDay: 1 });
    expect(computeHostToday({ ...contract, shutdownWhenUnprofitable: false }, 0.07, losing).netUsdPerDay).toBeCloseTo(3, 12);
  });
});
