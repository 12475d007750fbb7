// What is measured: names as machines x intervals x states (off included), then what comes on top; and how far our own solver is asked to go. The instances are those of engine/bench/plan.bench.ts.
const size = (machines, intervals, states, extras = {}) => ({ machines, intervals, states, ...extras });
const floors = { clients: 10, takeOrPay: true };
const times = { minUpIntervals: 4, minDownIntervals: 4 };
const demand = { demandChargeUsdPerKw: 12 };
/** As good as it gets in the time that small fleets have. */
const fiveSeconds = { gapTarget: 1e-7, timeBudgetMs: 5000, iterations: 1e6 };

export const DEFAULT_NAMES = ['100x24x2', '1000x24x2', '6000x24x2'];

export const INSTANCES = {
  '100x24x2': { size: size(100, 24, 2), options: fiveSeconds },
  '300x96x3': { size: size(300, 96, 3), options: fiveSeconds },
  '1000x24x2': { size: size(1000, 24, 2), options: { gapTarget: 1e-4 } },
  '6000x24x2': { size: size(6000, 24, 2), options: { gapTarget: 2e-5 } },
  '6000x96x3': { size: size(6000, 96, 3), options: { gapTarget: 1.2e-5 } },
  '1000x24x2+floors': { size: size(1000, 24, 2, floors), options: { gapTarget: 1e-4 } },
  '6000x24x2+floors': { size: size(6000, 24, 2, floors), options: { gapTarget: 1e-4 } },
  '6000x24x2+demand': { size: size(6000, 24, 2, demand), options: { gapTarget: 1e-4 } },
  '6000x96x3+floors+times': {
    size: size(6000, 96, 3, { ...floors, ...times }),
    options: { gapTarget: 1e-4 },
  },
  '100000x96x4': { size: size(100_000, 96, 4), options: { gapTarget: 1e-5 } },
};
