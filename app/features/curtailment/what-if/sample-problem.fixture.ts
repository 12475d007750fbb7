/** Forms and their problems for the tests of this room, with figures of the market that do not move. */
import { startOfDay } from './local-time.ts';
import { type ProblemDeps, type SampleDay, type Setting, toPlanProblem } from './to-plan-problem.ts';
import { createPreset, type FormError, OWN_PRICES, SAMPLE_ZONE, type WhatIfForm } from './what-if-form.ts';

/** The first preset’s day, and both days on which the clock changes, with prices that do not matter. */
const EVENING_PEAK = [
  28.27, 23.95, 20.6, 21.45, 27.32, 37.22, 50.07, 49.99, 40.12, 38.41, 40.27, 41.13, 40.23, 45.97, 47.32, 48.66, 55.46, 67.67, 146.2,
  106.86, 58.88, 51.45, 48.58, 43.64,
];

function aSampleDay(date: string, priceUsdPerMwh: number[]): SampleDay {
  return { date, zone: SAMPLE_ZONE, source: 'ERCOT, for tests', startMs: startOfDay(SAMPLE_ZONE, date), priceUsdPerMwh };
}

const SAMPLE_DAYS = [
  aSampleDay('2022-10-20', EVENING_PEAK),
  aSampleDay('2022-03-13', new Array(23).fill(30)),
  aSampleDay('2022-11-06', new Array(25).fill(30)),
];

/** 37.33 USD/PH/day, 7 CNY per USD. */
export function someDeps(changes: Partial<ProblemDeps> = {}): ProblemDeps {
  return {
    sampleDays: SAMPLE_DAYS,
    storedDays: [],
    withoutRate: [],
    marketHashpriceUsdPerThDay: 0.03733,
    cnyPerUsd: 7,
    nowMs: Date.parse('2026-01-15T12:00:00Z'),
    ...changes,
  };
}

export function aForm(changes: Partial<WhatIfForm> = {}): WhatIfForm {
  return { ...createPreset('small'), ...changes };
}

/** Own prices of a day in UTC. */
export function ownPrices(prices: readonly number[], changes: Partial<WhatIfForm> = {}): WhatIfForm {
  return aForm({ day: OWN_PRICES, prices: prices.join('\n'), zone: 'UTC', date: '2026-01-15', step: '60', ...changes });
}

export function settingOf(form: WhatIfForm, deps = someDeps()): Setting {
  const made = toPlanProblem(form, deps);
  if (made.kind === 'invalid') throw new Error(JSON.stringify(made.errors));
  return made.setting;
}

export function errorsOf(form: WhatIfForm, deps = someDeps()): FormError[] {
  const made = toPlanProblem(form, deps);
  return made.kind === 'ok' ? [] : made.errors;
}
