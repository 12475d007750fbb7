import { describe, expect, it } from 'vitest';
import { readHeader } from './read-header.ts';
import { readUnit } from './read-unit.ts';
import { toShapeKey } from './shape-key.ts';

describe('readHeader', () => {
  it.each([
    ['Hashrate (TH/s)', 'hashrateThs', 'TH/s'],
    ['Hashrate(TH/s)', 'hashrateThs', 'TH/s'],
    ['算力', 'hashrateThs', null],
    ['算力TH/s', 'hashrateThs', 'TH/s'],
    ['算力（T）', 'hashrateThs', 'TH/s'],
    ['单机算力 (GH/s)', 'hashrateThs', 'GH/s'],
    ['GH/s', 'hashrateThs', 'GH/s'],
    ['Hash Rate avg', 'hashrateThs', null],
    ['THSRT', 'hashrateThs', null],
    ['hashrateThs', 'hashrateThs', null],
    ['hash_rate', 'hashrateThs', null],
    ['Hashrte', 'hashrateThs', null],
    ['功耗(W)', 'powerW', 'W'],
    ['功耗/W', 'powerW', 'W'],
    ['额定功率（千瓦）', 'powerW', 'kW'],
    ['kW', 'powerW', 'kW'],
    ['Power Consumption [W]', 'powerW', 'W'],
    ['Rated Power of machine', 'powerW', null],
    ['电价', 'powerUsdPerKwh', null],
    ['电价 元/度', 'powerUsdPerKwh', 'CNY/kWh'],
    ['电费（分/kWh）', 'powerUsdPerKwh', 'CNf/kWh'],
    ['¥/度', 'powerUsdPerKwh', 'CNY/kWh'],
    ['$/kWh', 'powerUsdPerKwh', 'USD/kWh'],
    ['Power Cost', 'powerUsdPerKwh', null],
    ['Electricity Cost ($/kWh)', 'powerUsdPerKwh', 'USD/kWh'],
    ['Electricity price, cents per kWh', 'powerUsdPerKwh', 'USc/kWh'],
    ['Energy price USD/MWh', 'powerUsdPerKwh', 'USD/MWh'],
    ['Machine Price ($)', 'capexUsd', 'USD'],
    ['Price', 'capexUsd', null],
    ['购机价（万元）', 'capexUsd', '10kCNY'],
    ['单价(美元/T)', 'capexUsd', 'USD/TH'],
    ['Quantity', 'count', null],
    ['数量（台）', 'count', 'machines'],
    ['No. of units', 'count', null],
    ['DecayRate(%/月)', 'hashrateDecayRatioPerMonth', '%/month'],
    ['月衰减率', 'hashrateDecayRatioPerMonth', null],
    ['矿池费率(%)', 'poolFeeRatio', '%'],
    ['在线率', 'uptimeRatio', null],
    ['托管费（元/台/月）', 'hostingFeeUsdPerMonth', 'CNY/month'],
    ['能效比 J/TH', 'efficiencyJPerTh', 'J/TH'],
    ['W/T', 'efficiencyJPerTh', 'J/TH'],
    ['机型', 'model', null],
    ['Miner Model', 'model', null],
    ['MinerType', 'model', null],
    ['SN', 'serial', null],
    ['序列号', 'serial', null],
    ['PUE', 'pue', null],
  ])('understands "%s"', (header, field, unit) => {
    const reading = readHeader(header);
    expect(reading.fields[0]).toBe(field);
    expect(reading.unit).toBe(unit);
  });

  it.each([
    '备注',
    'Notes',
    'IP',
    '总算力',
    'Total Power (kW)',
    '全网算力',
    'Daily revenue',
    '温度',
    'Pool 1',
    '',
    'x'.repeat(500),
  ])('makes nothing of "%s"', (header) => {
    expect(readHeader(header).fields).toEqual([]);
  });

  it('is less sure of a misspelt word than of a word, and less of a word among others than of that', () => {
    const sure = (header: string) => readHeader(header).confidence;
    expect(sure('Hashrate')).toBeGreaterThan(sure('Hashrte'));
    expect(sure('Hashrte')).toBeGreaterThan(sure('Nameplate hashrate at delivery'));
  });
});

describe('readUnit', () => {
  it.each([
    ['TH/s', 'TH/s'],
    ['Th/S', 'TH/s'],
    ['TH/sec', 'TH/s'],
    ['PH', 'PH/s'],
    ['usd per kwh', 'USD/kWh'],
    ['美元/千瓦时', 'USD/kWh'],
    ['US cents/kWh', 'USc/kWh'],
    ['RMB/kW·h', 'CNY/kWh'],
    ['每度', null],
    ['￥', 'CNY'],
    ['U', null],
    ['__proto__', null],
    ['', null],
  ])('reads "%s"', (text, unit) => {
    expect(readUnit(text)).toBe(unit);
  });
});

describe('toShapeKey', () => {
  it('is the same however headers are spaced and capitalised, and another for other headers or units', () => {
    const key = toShapeKey(['Model', 'Power Cost ($/kWh)'], 2);
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(toShapeKey([' model ', 'POWER COST($/KWH)'], 2)).toBe(key);
    expect(toShapeKey(['Model', 'Power Cost (¥/kWh)'], 2)).not.toBe(key);
    expect(toShapeKey(['Power Cost ($/kWh)', 'Model'], 2)).not.toBe(key);
  });
});
