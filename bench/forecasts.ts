/** How long forecasts take on one core: one pass of the filter, one fit, the search over orders for ten years of daily prices, and the back-tests of the monthly job. Reports, never gates. */
import { loadavg } from 'node:os';
import { filterColumns } from '#app/features/forecasting/arima/fast-filter.ts';
import { fitArima, listParameters } from '#app/features/forecasting/arima/fit-arima.ts';
import { filterWithCovariance } from '#app/features/forecasting/arima/forecast-arima.ts';
import { selectOrder } from '#app/features/forecasting/arima/select-order.ts';
import type { Specification } from '#app/features/forecasting/arima/specification.ts';
import { toStateForm } from '#app/features/forecasting/arima/stationary-state.ts';
import { backtestPrice, PRICE_PLAN } from '#app/features/forecasting/backtest/price-backtest.ts';
import { backtestDifficulty, toKnownEpochs } from '#app/features/forecasting/difficulty/difficulty-backtest.ts';
import { continueEpochs } from '#app/features/indicators/continue-epochs.ts';
import { readDailyClosesUsdPerBtc, readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';

const TEN_YEARS = 3650;
const SEARCH_BUDGET_MS = 10_000;
const NO_SEASON: Specification['seasonal'] = [0, 0, 0, 1];
const goOn = () => undefined;
const closes = readDailyClosesUsdPerBtc().values;
const logs = Float64Array.from(closes.slice(-TEN_YEARS), Math.log);
const steps = logs.subarray(1).map((value, t) => value - logs[t]!);

function measure(name: string, work: () => string, rounds = 1): void {
  const times: number[] = [];
  let note = '';
  for (let round = 0; round < rounds; round += 1) {
    const fromMs = performance.now();
    note = work();
    times.push(performance.now() - fromMs);
  }
  times.sort((a, b) => a - b);
  console.info(
    `${name}: median ${times[Math.floor(rounds / 2)]!.toFixed(rounds > 1 ? 3 : 0)} ms, worst ${times.at(-1)!.toFixed(rounds > 1 ? 3 : 0)} ms. ${note}`,
  );
}

console.info(`load ${loadavg()[0]!.toFixed(1)}`);
const form = toStateForm([0.5, -0.2, 0.1], [0.3, 0.2]);
measure('fast filter, ARMA(3, 2), 3,649 values', () => `ln|F| ${filterColumns(form, [steps])!.logDeterminant.toFixed(6)}`, 200);
measure('filter with covariance, the same', () => `size ${filterWithCovariance(form, steps).state.length}`, 50);
measure('fit of ARIMA(2, 1, 2) with drift and standard errors', () => {
  const fit = fitArima(logs, { order: [2, 1, 2], seasonal: NO_SEASON, trend: 'c' })!;
  return `ln L ${fit.logLikelihood.toFixed(4)}, ${listParameters(logs, fit, goOn).length} parameters`;
});
for (const seasonal of [NO_SEASON, [1, 0, 0, 7], [0, 0, 1, 7]] as const)
  measure(`search over orders, 3,650 values, seasonal ${seasonal.join(',')} (budget ${SEARCH_BUDGET_MS} ms)`, () => {
    const { fit, tried } = selectOrder(logs, { seasonal, trend: null, differences: null }, { checkpoint: goOn })!;
    return `${tried} models, chosen ${fit.specification.order.join(',')} ${fit.specification.trend}, AICc ${fit.aicc.toFixed(2)}`;
  });
measure('back-test of the price', () => {
  const { rows } = backtestPrice(closes.map(Math.log), PRICE_PLAN, goOn, goOn);
  return `${rows[0]!.origins} origins, used: ${rows.flatMap(({ isUsed, model, horizonDays }) => (isUsed ? [`${horizonDays} d ${model}`] : [])).join(', ')}`;
});
measure('back-test of the difficulty', () => {
  const { epochs, difficulties } = continueEpochs(readShippedEpochs(), readDifficultyByEpoch(), []);
  const { rows } = backtestDifficulty(toKnownEpochs(epochs, difficulties.values.at(-1)!), goOn, goOn);
  return `${rows[0]!.origins} origins, used: ${rows.flatMap(({ isUsed, model, horizonDays }) => (isUsed ? [`${horizonDays} d ${model}`] : [])).join(', ')}`;
});
