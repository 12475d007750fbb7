/**
 * A problem and its answer small enough to be reckoned by hand, as the JSON that `npm run plan:check` reads.
 *
 * Three hours, two identical machines of 3,000 W and 100 TH/s, first state free, hashprice 0.048 USD/TH/day, prices 50, 50, 100 USD/MWh, 3 kW of cap in hour 1.
 * An hour earns 100 * 0.048 / 24 = 0.2 USD and costs 3 * 0.05 = 0.15 (hour 2: 0.3) USD: margins 0.05, 0.05, -0.1.
 * Plan: both run in hour 0, one in hour 1, none in hour 2: 3 * 0.05 = 0.15 USD; no start, because both begin on.
 *   hashing 3 * 0.2 = 0.6, energy 3 * 0.15 = 0.45.
 * Multiplier 16,666,667 pUSD/W on the cap: 3,000 W then cost 0.050000001 USD in hour 1, so that no machine wants to run there.
 *   Bound = 2 * 0.05 + 3,000 * 16,666,667e-12 = 0.150000001 USD; the gap of 1e-9 is the regret of the machine that runs in hour 1.
 */
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type HandFile = { problem: { [name: string]: Json }; answer: { [name: string]: Json } };

export function handFile(): HandFile {
  return {
    problem: {
      interval: { startAt: '2026-01-01T00:00:00Z', minutes: 60, count: 3, timeZone: 'UTC' },
      priceUsdPerMwh: [50, 50, 100],
      hashpriceUsdPerThDay: 0.048,
      machines: [{ id: 'm', count: 2, modes: [{ name: 'normal', powerW: 3000, hashrateThs: 100 }], restartUsd: 0.01, bootMinutes: 6 }],
      sites: [{ id: 's', capKw: [null, 3, null] }],
    },
    answer: {
      status: 'certified',
      valueUsd: 0.15,
      boundUsd: 0.150000001,
      gapUsd: 1e-9,
      gapRatio: 1e-9,
      exact: { valueUnits: '150000000000', boundUnits: '150000001000' },
      gapParts: { regretUsd: 1e-9, unusedCapUsd: 0, unusedRampUsd: 0, clientUsd: 0, takeOrPayUsd: 0, demandChargeUsd: 0 },
      money: { hashingUsd: 0.6, energyUsd: 0.45, restartUsd: 0, capPenaltyUsd: 0, takeOrPayUsd: 0, demandChargeUsd: 0 },
      loadKw: [6, 3, 0],
      machines: [
        {
          id: 'm',
          unit: 0,
          runs: [
            [0, 2, 0],
            [2, 3, null],
          ],
        },
        {
          id: 'm',
          unit: 1,
          runs: [
            [0, 1, 0],
            [1, 3, null],
          ],
        },
      ],
      multipliers: {
        cap: [[0, 16_666_667, 0]],
        rampUp: [[0, 0, 0]],
        rampDown: [[0, 0, 0]],
        client: [],
        takeOrPay: 0,
        peak: [0, 0, 0],
      },
      inputsHash: 'not checked',
      engineVersion: 'not checked',
    },
  };
}

/** A copy with the value at the path replaced; `undefined` removes it. Paths as in "answer.machines.0.unit". */
export function withChange(file: HandFile, path: string, value: Json | undefined): unknown {
  const copy: unknown = structuredClone(file);
  const names = path.split('.');
  const last = names.pop()!;
  const holder = names.reduce<unknown>((at, name) => Reflect.get(Object(at), name), copy);
  if (value === undefined) Reflect.deleteProperty(Object(holder), last);
  else Reflect.set(Object(holder), last, value);
  return copy;
}
