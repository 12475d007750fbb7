/** A request shown to developers: one rack of three machines and four hours, of which one is dear and one is capped; small enough to be checked by hand. */
import type { PlanRequest } from './plan-request.ts';

export const PLAN_EXAMPLE = {
  interval: { startAt: '2026-07-01T20:00:00Z', minutes: 60, count: 4, timeZone: 'America/Chicago' },
  priceUsdPerMwh: [40, 45, 400, 35],
  hashpriceUsdPerThDay: 0.05,
  machines: [
    {
      id: 'rack-1',
      count: 3,
      site: 'hall',
      restartUsd: 0.02,
      bootMinutes: 10,
      modes: [
        { name: 'low', powerW: 2200, hashrateThs: 140 },
        { name: 'normal', powerW: 3500, hashrateThs: 200 },
      ],
    },
  ],
  sites: [{ id: 'hall', capKw: [null, 8, null, null] }],
} satisfies PlanRequest;
