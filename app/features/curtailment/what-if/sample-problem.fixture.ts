/** Forms and their problems for the tests of this room, with figures of the market that do not move. */
import { listSampleDays } from './sample-days.server.ts';
import { type ProblemDeps, type Setting, toPlanProblem } from './to-plan-problem.ts';
import { createPreset, type FormError, OWN_PRICES, type WhatIfForm } from './what-if-form.ts';

/** 37.33 USD/PH/day, 7 CNY per USD. */
export function someDeps(changes: Partial<ProblemDeps> = {}): ProblemDeps {
  return {
    sampleDays: listSampleDays(),
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
