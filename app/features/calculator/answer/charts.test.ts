import { describe, expect, it } from 'vitest';
import { anAnswer, aProjection } from '#app/features/calculator/fixtures.ts';
import { choosePowerAxis, choosePriceAxis, chooseTornadoSwings, findRoundStep } from '#app/features/calculator/sensitivity/default-axes.ts';
import { toHeatMap } from '#app/features/calculator/sensitivity/heat-map.ts';
import { toTornadoChart } from '#app/features/calculator/sensitivity/tornado-bars.ts';
import { toCashChart } from './cash-chart.ts';

describe('the axes of the heat maps', () => {
  it('steps in round numbers and puts the own value in place of the nearest', () => {
    expect(choosePriceAxis(80_000)).toEqual([30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 100_000, 110_000]);
    expect(choosePriceAxis(87_508.83)).toEqual([60_000, 70_000, 80_000, 87_508.83, 100_000, 110_000, 120_000, 130_000, 140_000]);
    const powers = [0.045, 0.05, 0.055, 0.06, 0.065, 0.07, 0.075, 0.08, 0.085, 0.09];
    expect(choosePowerAxis(0.06, 1)).toEqual(powers.map((power) => expect.closeTo(power, 12)));
    expect(findRoundStep(0.0079)).toBeCloseTo(0.005, 12);
  });

  it('stands still while the own value moves inside of it', () => {
    const others = (own: number) => choosePowerAxis(own, 1).filter((value) => value !== own);
    expect(others(0.061)).toEqual(others(0.06));
    const axis = choosePowerAxis(0.067, 1);
    expect(axis[0]).toBe(choosePowerAxis(0.06, 1)[0]);
    expect(axis).toContain(0.067);
    expect([...axis].sort((a, b) => a - b)).toEqual(axis);
  });

  it('steps in round yuan when yuan are shown', () => {
    const axis = choosePowerAxis(0.4 / 7.1, 7.1).map((usd) => (usd * 7.1).toFixed(3));
    expect(axis).toEqual(['0.250', '0.300', '0.350', '0.400', '0.450', '0.500', '0.550', '0.600', '0.650', '0.700']);
  });

  it('stays inside the valid range at its edges and for free or paid power', () => {
    expect(choosePowerAxis(0, 1)).toHaveLength(10);
    expect(Math.max(...choosePowerAxis(10, 1))).toBe(10);
    expect(Math.min(...choosePowerAxis(-1, 1))).toBe(-1);
    expect(Math.max(...choosePriceAxis(1e9))).toBe(1e9);
  });
});

describe('toHeatMap', () => {
  it('chooses one unit, puts the dearest coin first and marks the own cell', () => {
    const grid = { pricesUsdPerBtc: [70_000, 80_000], columns: [0.05, 0.06], npvUsd: [-7100, -40, 7100, 800] };
    const map = toHeatMap(grid, 80_000, 0.05, 1);
    expect(map).toMatchObject({ scale: 'thousands', digits: 1 });
    expect(map.rows.map((row) => row.priceUsdPerBtc)).toEqual([80_000, 70_000]);
    expect(map.rows.flatMap((row) => row.cells.map((cell) => `${cell.value} ${cell.className}`))).toEqual([
      '7.1 g4',
      '0.8 g2',
      '-7.1 l4',
      '0 z0',
    ]);
    expect(map.rows[0]!.cells[0]!.isOwn).toBe(true);
    expect(map.columns.map((column) => column.isOptional)).toEqual([false, true]);
  });

  it('draws an all-zero grid without dividing by zero', () => {
    const map = toHeatMap({ pricesUsdPerBtc: [1], columns: [1], npvUsd: [0] }, 1, 1, 1);
    expect(map.rows[0]!.cells[0]).toMatchObject({ value: 0, className: 'z0' });
  });
});

describe('the tornado', () => {
  it('moves what can move and leaves out a share of nothing', () => {
    const inputs = { ...anAnswer().inputs, capexUsd: 0, poolFeeRatio: 0 };
    const swings = chooseTornadoSwings(inputs);
    expect(swings.map((swing) => swing.field)).not.toContain('capexUsd');
    expect(swings.find((swing) => swing.field === 'poolFeeRatio')).toMatchObject({ low: 0, high: 0.01 });
  });

  it('sorts by width and puts the worse end on the left', () => {
    const chart = toTornadoChart(
      {
        baseNpvUsd: 100,
        bars: [
          { field: 'poolFeeRatio', low: 0.01, high: 0.03, npvAtLowUsd: 120, npvAtHighUsd: 80 },
          { field: 'priceUsdPerBtc', low: 1, high: 2, npvAtLowUsd: -300, npvAtHighUsd: 500 },
        ],
      },
      1,
    );
    expect(chart.bars.map((bar) => bar.field)).toEqual(['priceUsdPerBtc', 'poolFeeRatio']);
    expect(chart.bars[1]!.left).toMatchObject({ npv: 80, input: 0.03, isGain: false });
    expect(chart.baseXPercent).toBe(50);
  });
});

describe('toCashChart', () => {
  it('starts at minus the price, ends at the profit and has round ticks', () => {
    const chart = toCashChart(
      anAnswer({ projection: aProjection(3200, [1000, 1000, 1000, 1251], { paybackMonths: 3.2 }), halvingMonths: 2 }),
    );
    expect(chart.path.startsWith('M0.0 ')).toBe(true);
    expect(chart.path.split('L')).toHaveLength(5);
    expect(chart.end.value).toBe(1051);
    expect(chart.yTicks.map((tick) => tick.value)).toEqual([-4000, -2000, 0, 2000]);
    expect(chart.marks).toEqual([{ kind: 'paidBack', months: 3.2, xPercent: 80, y: chart.zeroY }]);
    expect(chart.halving).toEqual({ months: 2, xPercent: 50 });
  });

  it('draws a flat line at zero', () => {
    const chart = toCashChart(anAnswer({ projection: aProjection(0, [0, 0, 0, 0]) }));
    expect(chart.path).not.toContain('NaN');
  });
});
