/**
 * The room against results of other programs: Stata (sarimax_stata_reference.json and results_wpi1_ar3_stata.csv) and gretl (forecasts of consumer prices). They lie beside the project and are not
 * part of it; in CI their absence is a failure. What is compared and what is not: docs/decisions/0101-forecasts.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { difference } from './differencing.ts';
import { type Fit, fitArima, listParameters } from './fit-arima.ts';
import { forecastArima } from './forecast-arima.ts';
import { logLikelihoodAt } from './likelihood.ts';
import type { Specification, Trend } from './specification.ts';
import { toStateForm } from './stationary-state.ts';

const shared = process.env.SHARED_DATA_DIR ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const folder = `${shared}/arima`;
const goOn = () => undefined;

const specify = (order: Specification['order'], trend: Trend, seasonal: Specification['seasonal'] = [0, 0, 0, 1]): Specification => ({
  order,
  seasonal,
  trend,
});

function rowsOf(name: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(`${folder}/${name}`, 'utf8')
    .trim()
    .split(/\r\n?|\n/);
  const names = head!.split(',').map((entry) => entry.trim().replaceAll('"', ''));
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((entry, i) => [entry, (cells[i] ?? '').trim()]));
  });
}

const numbersOf = (name: string, column: string): number[] => rowsOf(name).map((row) => Number(row[column]));

/** One-step predictions of the levels inside the sample. */
function predictionsOf(values: readonly number[], fit: Fit): number[] {
  const lost = values.length - fit.count;
  const predictions: number[] = [];
  for (let t = lost; t < values.length; t += 1) predictions.push(values[t]!);
  const form = fit.process;
  const steps = difference(values, { plain: fit.specification.order[1], seasonal: 0, period: 1 }).map(
    (step) => step - (fit.coefficients[0] ?? 0),
  );
  const state = new Float64Array(form.size);
  // The residuals are standardised; the gain has settled long before the rows that are compared.
  return predictions.map((value, t) => {
    const prediction = value - (steps[t]! - state[0]!);
    const innovation = steps[t]! - state[0]!;
    const level = state[0]!;
    for (let i = 0; i < form.size; i += 1)
      state[i] = form.ar[i]! * level + (i + 1 < form.size ? state[i + 1]! : 0) + (form.ar[i]! + (form.shock[i + 1] ?? 0)) * innovation;
    return prediction;
  });
}

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

if (!existsSync(folder)) {
  it('found no shared results: none was compared (a failure in CI)', () => {
    console.info(`shared results are absent: ${folder}`);
    expect(process.env.CI).not.toBe('true');
  });
} else {
  const stata = JSON.parse(readFileSync(`${folder}/sarimax_stata_reference.json`, 'utf8'));
  const wpi: number[] = stata.wpi1_data;

  describe('Stata', () => {
    it('ARIMA(1,1,1) with a mean on wholesale prices: parameters, standard errors of the observed information, log-likelihood', () => {
      const expected = stata.wpi1_stationary;
      const fit = fitArima(wpi, specify([1, 1, 1], 'c'))!;
      expect(Math.abs(fit.logLikelihood - expected.loglike)).toBeLessThan(1e-4);
      const [mean, ar, ma, variance] = listParameters(wpi, fit, goOn);
      expect(relative(mean!.value, expected.params_mean[0])).toBeLessThan(1e-3);
      expect(relative(ar!.value, expected.params_ar[0])).toBeLessThan(1e-3);
      expect(relative(ma!.value, expected.params_ma[0])).toBeLessThan(1e-3);
      expect(relative(variance!.value, expected.params_variance[0])).toBeLessThan(1e-3);
      expect(relative(mean!.standardError!, expected.se_mean_oim[0])).toBeLessThan(1e-3);
      expect(relative(ar!.standardError!, expected.se_ar_oim[0])).toBeLessThan(1e-3);
      expect(relative(ma!.standardError!, expected.se_ma_oim[0])).toBeLessThan(1e-3);
      // Stata gives the error of the deviation; that of the variance is 2 sigma times it.
      const deviationError = variance!.standardError! / (2 * Math.sqrt(variance!.value));
      expect(relative(deviationError, expected.se_stddev_oim[0])).toBeLessThan(1e-3);
      // Stata's errors in brackets by default are of the outer product of gradients; those are another estimate and not ours.
      expect(relative(ar!.standardError!, expected.se_ar_opg[0])).toBeGreaterThan(0.1);
    });

    it('ARIMA(3,1,0) without a mean: parameters, standard errors, log-likelihood', () => {
      const expected = stata.wpi1_ar3;
      const fit = fitArima(wpi, specify([3, 1, 0], 'n'))!;
      expect(Math.abs(fit.logLikelihood - expected.loglike)).toBeLessThan(1e-4);
      const parameters = listParameters(wpi, fit, goOn);
      expected.params_ar.forEach((value: number, i: number) => {
        expect(relative(parameters[i]!.value, value)).toBeLessThan(1e-3);
        expect(relative(parameters[i]!.standardError!, expected.se_ar[i])).toBeLessThan(1e-3);
      });
      expect(relative(parameters[3]!.value, expected.params_variance[0])).toBeLessThan(1e-3);
      expect(relative(parameters[3]!.standardError!, expected.se_variance[0])).toBeLessThan(1e-3);
    });

    it('ARIMA(3,1,0): one-step predictions of every step, and standardised residuals', () => {
      const rows = rowsOf('results_wpi1_ar3_stata.csv').slice(1);
      const fit = fitArima(wpi, specify([3, 1, 0], 'n'))!;
      rows.forEach((row, t) => {
        expect(Math.abs(fit.residuals[t]! - Number(row.sr1))).toBeLessThan(2e-4);
      });
    });

    it('the diffuse start is another method: its likelihood is not ours, its parameters are near', () => {
      const expected = stata.wpi1_diffuse;
      const fit = fitArima(wpi, specify([1, 1, 1], 'c'))!;
      expect(Math.abs(fit.logLikelihood - expected.loglike)).toBeGreaterThan(10);
      expect(Math.abs(fit.blocks.ar[0]! - expected.params_ar[0])).toBeLessThan(0.02);
    });

    it('ARMA(1,1) around a regression on money: the likelihood at the printed parameters', () => {
      const { params_exog, params_ar, params_ma, params_variance, loglike, data } = stata.friedman2_predict;
      // Fitted on 1959 q1 to 1978 q1; the rows after that are its forecasts.
      const series = Float64Array.from((data.consump as number[]).slice(0, 77));
      const regressors = [series.map(() => 1), Float64Array.from((data.m2 as number[]).slice(0, 77))];
      const form = toStateForm(params_ar, params_ma);
      const known = logLikelihoodAt(form, { series, regressors }, params_exog, params_variance[0]);
      expect(Math.abs(known - loglike)).toBeLessThan(1e-4);
    });

    it('the airline model on the logarithm of passengers, as its manual prints it', () => {
      const fit = fitArima((stata.air2_data as number[]).map(Math.log), specify([0, 1, 1], 'n', [0, 1, 1, 12]))!;
      expect(Math.abs(fit.logLikelihood - 244.69651)).toBeLessThan(1e-4);
      expect(relative(fit.blocks.ma[0]!, -0.4018324)).toBeLessThan(1e-3);
      expect(relative(fit.blocks.seasonalMa[0]!, -0.5569342)).toBeLessThan(1e-3);
      expect(relative(fit.variance, 0.0367167 ** 2)).toBeLessThan(1e-3);
    });
  });

  describe('gretl', () => {
    const prices = numbersOf('macrodata.csv', 'cpi');
    const rows = rowsOf('results_arima_forecasts.csv');
    const isInside = (row: Record<string, string>) => Number(row.year) * 4 + Number(row.quarter) <= 2009 * 4 + 3;

    it.each([
      ['fc111nc', [1, 1, 1], 'n'],
      ['fc111c', [1, 1, 1], 'c'],
      ['fc211nc', [2, 1, 1], 'n'],
      ['fc211c', [2, 1, 1], 'c'],
    ] as const)('%s: forecasts after the sample, their errors and intervals', (name, order, trend) => {
      const fit = fitArima(prices, specify(order, trend))!;
      const ahead = rows.filter((row) => !isInside(row));
      expect(ahead.length).toBe(25);
      forecastArima(prices, fit, 25).forEach(({ mean, variance }, h) => {
        const row = ahead[h]!;
        expect(relative(mean, Number(row[name]))).toBeLessThan(1e-5);
        expect(relative(Math.sqrt(variance), Number(row[`${name}se`]))).toBeLessThan(1e-3);
        expect(Math.abs(mean - 1.959964 * Math.sqrt(variance) - Number(row[`${name}conf1`]))).toBeLessThan(0.005);
        expect(Math.abs(mean + 1.959964 * Math.sqrt(variance) - Number(row[`${name}conf2`]))).toBeLessThan(0.005);
      });
    });

    it.each([
      ['fc111nc', [1, 1, 1], 'n'],
      ['fc111c', [1, 1, 1], 'c'],
      ['fc211nc', [2, 1, 1], 'n'],
      ['fc211c', [2, 1, 1], 'c'],
    ] as const)('%s: one-step predictions inside the sample', (name, order, trend) => {
      const predictions = predictionsOf(prices, fitArima(prices, specify(order, trend))!);
      const within = rows.filter(isInside);
      const last = predictions.slice(-within.length);
      expect(within.length).toBe(39);
      within.forEach((row, t) => {
        expect(relative(last[t]!, Number(row[name]))).toBeLessThan(2e-5);
      });
    });

    it('arima111_forecasts: the same model under its own dates', () => {
      const ahead = rowsOf('arima111_forecasts.csv').filter((row) => row.stderr !== '');
      const steps = forecastArima(prices, fitArima(prices, specify([1, 1, 1], 'c'))!, ahead.length);
      ahead.forEach((row, h) => {
        expect(Math.abs(steps[h]!.mean - Number(row.predict))).toBeLessThan(0.0015);
        expect(relative(Math.sqrt(steps[h]!.variance), Number(row.stderr))).toBeLessThan(1e-3);
      });
    });
  });

  describe('other series', () => {
    // statsmodels 0.15 on the same series (SARIMAX with a column of ones for the mean): an independent exact likelihood.
    it.each([
      ['nile.csv', 'volume', [0, 1, 1], 'n', -632.54563, [-0.732943, 20599.867]],
      ['sunspots.csv', 'SUNACTIVITY', [2, 0, 0], 'c', -1307.31817, [49.659398, 1.390656, -0.688571, 274.760368]],
      ['sunspots.csv', 'SUNACTIVITY', [3, 0, 0], 'c', -1304.70181, [49.749942, 1.30081, -0.508093, -0.129649, 270.104426]],
      ['y_arma_data.csv', 'y_arma11', [1, 0, 1], 'n', -354.24491, [0.788452, 0.381794, 0.989514]],
      ['y_arma_data.csv', 'y_arma14', [1, 0, 4], 'n', -362.00055, [0.763799, 0.306453, -0.835654, 0.151383, 0.42117, 1.045725]],
      ['y_arma_data.csv', 'y_arma41', [4, 0, 1], 'n', -334.40061, [0.859168, -0.445991, -0.094364, 0.633504, 0.039251, 0.830668]],
      ['y_arma_data.csv', 'y_arma22', [2, 0, 2], 'n', -373.14327, [0.810899, -0.535754, 0.101765, -0.691891, 1.143894]],
      ['y_arma_data.csv', 'y_arma50', [5, 0, 0], 'n', -339.71132, [0.726893, -0.31262, 0.32374, 0.226499, -0.089563, 0.880548]],
      ['y_arma_data.csv', 'y_arma02', [0, 0, 2], 'n', -384.50885, [0.169096, -0.683713, 1.260876]],
      ['y_arma_data.csv', 'y_arma11c', [1, 0, 1], 'c', -364.96132, [4.856476, 0.664363, 0.407548, 1.07987]],
      ['y_arma_data.csv', 'y_arma14c', [1, 0, 4], 'c', -353.40744, [4.77378, 0.59115, 0.322268, -0.702933, 0.11613, 0.32301, 0.98062]],
      ['y_arma_data.csv', 'y_arma22c', [2, 0, 2], 'c', -400.70862, [4.507729, 0.788365, -0.358657, 0.035887, -0.6996, 1.431157]],
      [
        'y_arma_data.csv',
        'y_arma50c',
        [5, 0, 0],
        'c',
        -348.90878,
        [4.562207, 0.754284, -0.305849, 0.253825, 0.281161, -0.172264, 0.948541],
      ],
      ['y_arma_data.csv', 'y_arma02c', [0, 0, 2], 'c', -375.0256, [4.519278, 0.200385, -0.643766, 1.16944]],
    ] as const)('%s %s %j %s', (file, column, order, trend, logLikelihood, parameters) => {
      const values = rowsOf(file).flatMap((row) => (row[column] === undefined || row[column] === '' ? [] : [Number(row[column])]));
      const fit = fitArima(values, specify(order, trend))!;
      expect(Math.abs(fit.logLikelihood - logLikelihood)).toBeLessThan(1e-4);
      listParameters(values, fit, goOn).forEach(({ value }, i) => {
        expect(Math.abs(value - parameters[i]!)).toBeLessThan(1e-3 * Math.max(Math.abs(parameters[i]!), 0.05));
      });
    });
  });
}
