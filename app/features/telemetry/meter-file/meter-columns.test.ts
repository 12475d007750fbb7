import { describe, expect, it } from 'vitest';
import { findMeterColumns, readMeterUnit } from './meter-columns.ts';

describe('readMeterUnit', () => {
  it.each([
    ['Energy (kWh)', 'kWh'],
    ['Import [kWh]', 'kWh'],
    ['energy_mwh', 'MWh'],
    ['有功电量（千瓦时）', 'kWh'],
    ['用电量(度)', 'kWh'],
    ['Demand kW', 'kW'],
    ['平均功率 千瓦', 'kW'],
    ['Load (MW)', 'MW'],
  ])('reads the unit of "%s"', (head, unit) => expect(readMeterUnit(head)).toBe(unit));

  it.each(['Energy', 'Value', 'kvarh', 'kVA', '温度', 'Power factor'])('finds no unit in "%s"', (head) =>
    expect(readMeterUnit(head)).toBeNull());
});

describe('findMeterColumns', () => {
  it.each([
    [['Time', 'Energy (kWh)'], { time: 0, clock: null, isEnd: false, value: 1, unit: 'kWh' }],
    [['Meter', 'Interval end', 'kWh'], { time: 1, isEnd: true, value: 2 }],
    [['Start time', 'End time', 'kWh'], { time: 0, isEnd: false }],
    [['Datum', 'Uhrzeit', 'kWh'], { time: 0, clock: 1, value: 2 }],
    [['日期', '时间', '电量（千瓦时）'], { time: 0, clock: 1, value: 2, unit: 'kWh' }],
    [['结束时间', '电量kWh'], { time: 0, isEnd: true }],
    [['Time', 'Demand (kW)'], { value: 1, unit: 'kW' }],
    [['Time', 'Energy (kWh)', 'Register (kWh)'], { value: 1, isRegister: false }],
    [['Von', 'Bis', 'Zählerstand (kWh)'], { time: 1, value: 2, isRegister: true }],
    [['抄表时间', '正向有功总示数(kWh)'], { time: 0, value: 1, isRegister: true }],
    [['Timestamp', '1-1:1.8.0 [kWh]'], { value: 1, isRegister: true }],
  ])('understands %j', (head, columns) => expect(findMeterColumns(head, null)).toMatchObject(columns));

  it('takes what the meter counted before a mean power, and another column where it is named', () => {
    const head = ['Time', 'Demand (kW)', 'Energy (kWh)'];
    expect(findMeterColumns(head, null)).toMatchObject({ value: 2, unit: 'kWh' });
    expect(findMeterColumns(head, 'demand (kw)')).toMatchObject({ value: 1, unit: 'kW' });
  });

  it.each([
    [['Time', 'Energy'], { kind: 'no-energy-column' }],
    [['Energy (kWh)'], { kind: 'no-time-column' }],
    [['Time', 'Import (kWh)', 'Export (kWh)'], { kind: 'which-column', columns: ['Import (kWh)', 'Export (kWh)'] }],
  ])('refuses %j instead of guessing', (head, fault) => expect(findMeterColumns(head, null)).toMatchObject(fault));
});
