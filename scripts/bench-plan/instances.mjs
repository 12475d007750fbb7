// What is measured: names as machines x intervals x modes, then what comes on top.
const none = { hasFloorsAndTakeOrPay: false, hasMinimumTimes: false, hasDemandCharge: false };
const size = (machines, intervals, modes, extras = {}) => ({ machines, intervals, modes, ...none, ...extras });

export const DEFAULT_NAMES = ['100x24x2', '1000x24x2', '6000x24x2'];

export const INSTANCES = {
  '100x24x2': size(100, 24, 2),
  '300x96x3': size(300, 96, 3),
  '1000x24x2': size(1000, 24, 2),
  '6000x24x2': size(6000, 24, 2),
  '6000x96x3': size(6000, 96, 3),
  '1000x24x2+floors': size(1000, 24, 2, { hasFloorsAndTakeOrPay: true }),
  '6000x24x2+floors': size(6000, 24, 2, { hasFloorsAndTakeOrPay: true }),
  '6000x24x2+demand': size(6000, 24, 2, { hasDemandCharge: true }),
  '6000x96x3+floors+times': size(6000, 96, 3, { hasFloorsAndTakeOrPay: true, hasMinimumTimes: true }),
  '100000x96x4': size(100_000, 96, 4),
};
