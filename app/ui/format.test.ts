import { describe, expect, it } from 'vitest';
import { createFormat, UNKNOWN } from './format.ts';

const en = createFormat('en');
const zh = createFormat('zh');

describe('createFormat', () => {
  it('writes dollars and yuan with their sign in both languages', () => {
    expect(en.usd(1234.56)).toBe('$1,234.56');
    expect(zh.usd(1234.56)).toBe('$1,234.56');
    expect(en.cny(8800, 0)).toBe('¥8,800');
    expect(zh.cny(8800, 0)).toBe('¥8,800');
    expect(zh.money(0.39, 'CNY', 3)).toBe('¥0.390');
  });

  it('writes a real minus sign before the currency', () => {
    expect(en.usd(-531, 0)).toBe('−$531');
    expect(zh.signedCny(-3.5)).toBe('−¥3.50');
    expect(en.number(-5)).toBe('−5');
  });

  it('writes a plus only when asked for and never a sign before what rounds to zero', () => {
    expect(en.usd(4.96)).toBe('$4.96');
    expect(en.signedUsd(4.96)).toBe('+$4.96');
    expect(en.signedUsd(0)).toBe('$0.00');
    expect(en.signedUsd(-0.001)).toBe('$0.00');
    expect(en.number(-0.4)).toBe('0');
  });

  it('shows the unknown as an em dash, and zero as zero', () => {
    for (const write of [en.usd, en.number, en.percent, en.btc, en.sats, en.hashrate, en.difficulty]) {
      expect(write(null)).toBe(UNKNOWN);
      expect(write(undefined)).toBe(UNKNOWN);
      expect(write(Number.NaN)).toBe(UNKNOWN);
      expect(write(Number.POSITIVE_INFINITY)).toBe(UNKNOWN);
    }
    expect(en.shortMoney(null, 'USD')).toBe(UNKNOWN);
    expect(en.date(null)).toBe(UNKNOWN);
    expect(en.date('not a date')).toBe(UNKNOWN);
    expect(en.btc(0, 2)).toBe('0.00');
  });

  it('keeps plain digits in Chinese instead of counting in ten thousands', () => {
    expect(zh.integer(1_050_000)).toBe('1,050,000');
    expect(zh.shortMoney(120_000, 'USD')).toBe('$120k');
  });

  it('keeps the asked number of decimals, so that a column does not jump', () => {
    expect(en.number(21.9, 1)).toBe('21.9');
    expect(en.number(22, 1)).toBe('22.0');
    expect(en.btc(0.0036)).toBe('0.00360000');
  });

  it('writes ratios as percent', () => {
    expect(en.percent(0.328)).toBe('32.8%');
    expect(zh.signedPercent(0.328)).toBe('+32.8%');
    expect(en.signedPercent(-0.021)).toBe('−2.1%');
  });

  it('shortens amounts on axes', () => {
    expect(en.shortMoney(8000, 'USD')).toBe('$8,000');
    expect(en.shortMoney(-12_500, 'USD')).toBe('−$12.5k');
    expect(en.shortMoney(1_500_000, 'CNY')).toBe('¥1.5M');
  });

  it('writes hash rates and difficulty in the units of the trade', () => {
    expect(en.hashrate(234)).toBe('234 TH/s');
    // 852.7 EH/s = 852.7e6 TH/s
    expect(en.hashrate(852_700_000)).toBe('852.7 EH/s');
    expect(en.difficulty(119.12e12)).toBe('119.12 T');
    // 0.0001 BTC = 10,000 sats
    expect(en.sats(0.0001)).toBe('10,000');
  });

  it('writes dates in UTC, each language in its own order', () => {
    const lateEvening = '2026-11-21T23:30:00Z';
    expect(en.date(lateEvening)).toBe('Nov 21, 2026');
    expect(zh.date(lateEvening)).toBe('2026年11月21日');
    expect(en.monthYear(new Date(lateEvening))).toBe('Nov 2026');
    expect(zh.monthYear(lateEvening)).toBe('2026年11月');
    expect(en.dateTime(lateEvening)).toBe('Nov 21, 2026, 23:30 UTC');
    expect(en.dateTimeIn('Asia/Shanghai')(lateEvening)).toBe('Nov 22, 2026, 07:30 GMT+8');
    expect(zh.dateTimeIn('Asia/Shanghai')(lateEvening)).toMatch(/^2026年11月22日.*07:30/);
    expect(zh.dateTime(lateEvening)).toMatch(/^2026年11月21日.*23:30/);
  });

  it('lists words as each language does', () => {
    expect(createFormat('en').list(['price', 'fees', 'difficulty'])).toBe('price, fees, and difficulty');
    expect(createFormat('zh').list(['币价', '手续费', '难度'])).toBe('币价、手续费和难度');
  });
});
