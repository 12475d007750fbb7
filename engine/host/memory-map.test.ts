import { describe, expect, it } from 'vitest';
import * as constants from '../units/constants.ts';
import { FIELDS } from '../units/fields.ts';
import { mapFlexibleMemory } from './flexible/memory-map.ts';
import { mapMemory, NETWORK_FIELD_ORDER } from './memory-map.ts';
import { openModule } from './open-module.ts';
import { mapRiskMemory } from './risk/memory-map.ts';

describe('memory map', () => {
  it('refuses a module of another ABI', () => {
    const wasm = { ...openModule('simd'), ABI_VERSION: { value: 99 } };
    expect(() => mapMemory(wasm)).toThrow('ABI 99');
  });

  it('refuses a module with another number of columns', () => {
    const wasm = { ...openModule('simd'), RESULT_COUNT: { value: 3 } };
    expect(() => mapMemory(wasm)).toThrow('3 result columns');
  });

  it('lends views that do not overlap', () => {
    const wasm = openModule('simd');
    const views = [mapMemory(wasm), mapRiskMemory(wasm), mapFlexibleMemory(wasm)].flatMap((map) =>
      Object.values(map).flatMap((entry) => (entry instanceof Float64Array ? [entry] : Object.values(entry))),
    ) as Float64Array[];
    const spans = views.map((view) => [view.byteOffset, view.byteOffset + view.byteLength] as const).sort((a, b) => a[0] - b[0]);
    spans.slice(1).forEach((span, index) => {
      expect(span[0]).toBeGreaterThanOrEqual(spans[index]![1]);
    });
    expect(views.length).toBe(55 + 20 + 25);
  });

  it.each(['simd', 'scalar'] as const)('refuses bad numbers inside the %s module too, without a trap', (build) => {
    const wasm = openModule(build);
    const map = mapMemory(wasm);
    for (const value of [Number.NaN, Infinity, -Infinity, -1e300, 1e300]) {
      map.network.fill(value);
      expect(wasm.runPath()).toBeGreaterThan(0);
      for (const column of Object.values(map.machines)) column.fill(value);
      expect(wasm.checkRows(3)).toBe(3);
      expect(wasm.projectTile(3, 3)).toBe(3);
      expect(wasm.todayTile(3)).toBe(0);
      wasm.writeMonths(0);
      wasm.projectHost(value, value);
    }
    expect(wasm.projectTile(8193, 0)).toBe(1);
    expect(wasm.projectTile(-1, 0)).toBe(1);
    expect(wasm.todayTile(8193)).toBe(1);
    expect(wasm.priceByPowerGrid(65, 1)).toBe(1);
    expect(wasm.tornado(65)).toBe(1);
  });

  it('refuses in the module what the table of ranges refuses, field by field', () => {
    const wasm = openModule('simd');
    const map = mapMemory(wasm);
    const valid = [925_000, 1e14, 0.03, 0, 7e8, 0.01, 80_000, 0.01, 12];
    NETWORK_FIELD_ORDER.forEach((name, index) => {
      for (const outside of [FIELDS[name].max * 1.01, FIELDS[name].min - 1, ...(FIELDS[name].minExclusive ? [FIELDS[name].min] : [])]) {
        map.network.set(valid);
        map.network[index] = outside;
        expect([name, outside, wasm.runPath()]).toEqual([name, outside, 16 + index]);
      }
    });
  });
});

describe('consensus arithmetic of the module', () => {
  it('has the subsidies of the halving table to the satoshi', () => {
    const wasm = openModule('simd');
    expect([0, 209_999, 210_000, 839_999, 840_000, 1_049_999, 1_050_000].map((height) => wasm.subsidyBtc(height))).toEqual([
      50, 50, 25, 6.25, 3.125, 3.125, 1.5625,
    ]);
    // 10 halvings: 5e9 / 1024 = 4882812.5 satoshi, rounded down
    expect(wasm.subsidyBtc(2_100_000)).toBe(0.04882812);
    expect(wasm.subsidyBtc(33 * 210_000)).toBe(0);
    expect(wasm.subsidyBtc(10_000_000)).toBe(0);
  });

  it('clamps a retarget to a factor of four both ways and measures 2015 intervals', () => {
    const wasm = openModule('simd');
    expect(wasm.retarget(1e14, 1)).toBe(4e14);
    expect(wasm.retarget(1e14, 1e9)).toBe(2.5e13);
    expect(wasm.retarget(2015, constants.TARGET_EPOCH_S)).toBe(2016);
  });
});
