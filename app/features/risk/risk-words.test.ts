import { readFileSync } from 'node:fs';
import { createInstance, type TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { createAmounts } from '#app/ui/amounts.ts';
import { createFormat } from '#app/ui/format.ts';
import type { Calibration } from './calibrate.ts';
import { CALIBRATION } from './calibration.ts';
import { findCalibrationFinding } from './calibration-finding.ts';
import { findRiskFinding } from './risk-finding.ts';
import { sayCalibration, sayRiskFinding, sayShare, sayShutdown } from './risk-words.ts';

async function createSay(language: 'en' | 'zh') {
  const i18n = createInstance();
  const risk: unknown = JSON.parse(readFileSync(`locales/${language}/risk.json`, 'utf8'));
  await i18n.init({
    lng: language,
    defaultNS: 'risk',
    interpolation: { escapeValue: false },
    resources: { [language]: { risk: risk as Record<string, string> } },
  });
  const format = createFormat(language);
  return { t: i18n.t as unknown as TFunction<'risk'>, format, amounts: createAmounts(format, { currency: 'usd', moneyPerUsd: 1 }) };
}

function risk(probabilityOfPayback: number, p5NpvUsd = -500) {
  const npvUsd = { p5: p5NpvUsd, p10: 0, p50: 0, p90: 0, p95: 0 };
  return { probabilityOfPayback, quantiles: { npvUsd, roiRatio: npvUsd, paybackMonths: npvUsd } };
}

describe('what the paths say', () => {
  it.each([
    [0, 'Pays back on none of the simulated paths'],
    [0.31, 'Pays back on only 31% of simulated paths'],
    [0.5, 'Pays back on 50% of simulated paths'],
    [1, 'Pays back on every simulated path'],
  ])('at a probability of %d: %s', async (probability, expected) => {
    expect(sayRiskFinding(await createSay('en'), findRiskFinding(risk(probability), 3000))).toBe(expected);
  });

  it('without a price speaks of what is lost in one case of twenty', async () => {
    expect(sayRiskFinding(await createSay('zh'), findRiskFinding(risk(1), 0))).toBe('没有投入要回本；每 20 条路径有 1 条低于 −$500');
  });

  it('never rounds a share to all or none', async () => {
    const { format } = await createSay('en');
    expect([0, 0.0004, 0.42, 0.9996, 1].map((share) => sayShare(format, share))).toEqual(['0%', '0.04%', '42%', '99.96%', '100%']);
  });

  it('says when machines are switched off, or that none ever is', async () => {
    const say = await createSay('en');
    const shutdown = { probability: 0.7, meanMonth: 21.6, meanMonthsOff: 12.34, offRatioByMonth: [] };
    expect(sayShutdown(say, shutdown, 48)).toBe('first in month 22 on average, 12.3 of 48 months off');
    expect(sayShutdown(say, { ...shutdown, probability: 0, meanMonth: null }, 48)).toBe('on no path');
  });
});

/** The calibration with the same verdict in every row of the income. */
function withVerdict(isBetterThanNaive: boolean): Calibration {
  return { ...CALIBRATION, rows: CALIBRATION.rows.map((row) => ({ ...row, isBetterThanNaive })) };
}

describe('the calibration', () => {
  it('is that of the shipped figures, with the share inside and the verdict they give', async () => {
    const finding = findCalibrationFinding(CALIBRATION, 'incomeUsdPerTh');
    const row = CALIBRATION.rows.filter(({ series }) => series === 'incomeUsdPerTh').at(-1)!;
    expect(finding?.row).toEqual(row);
    expect(finding?.insideWideRatio).toBeCloseTo(row.coverage.p95 - row.coverage.p5, 12);
    expect(finding?.verdict).toBe(row.pinballModel < row.pinballNaive ? 'mixed' : 'notBetter');
  });

  it.each(['en', 'zh'] as const)('says so when the model is not better than the naive walk, and when it is: %s', async (language) => {
    const say = await createSay(language);
    const worse = sayCalibration(say, findCalibrationFinding(withVerdict(false), 'incomeUsdPerTh')!, CALIBRATION.firstOriginAt);
    const better = sayCalibration(say, findCalibrationFinding(withVerdict(true), 'incomeUsdPerTh')!, CALIBRATION.firstOriginAt);
    expect(worse).toContain(language === 'en' ? 'not better than a naive random walk' : '没有哪个预测期优于');
    expect(better).toContain(language === 'en' ? 'is better than that of a naive random walk' : '都优于');
    expect(worse).toMatch(/88%.*124|124.*88%/);
  });

  it('has nothing to say about a series that was not tested', () => {
    expect(findCalibrationFinding({ ...CALIBRATION, rows: [] }, 'incomeUsdPerTh')).toBeNull();
  });
});
