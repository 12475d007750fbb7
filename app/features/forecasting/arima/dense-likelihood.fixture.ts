/** The likelihood of an ARMA series as one multivariate normal density: the whole covariance matrix, no recursion over time. Slow and obvious, for tests only. */

/** Covariances by the sum over shocks, cut where what is left is below rounding. Signs as in polynomials.ts. */
export function denseAutocovariances(ar: readonly number[], ma: readonly number[], count: number): number[] {
  const reach = 4000;
  const psi: number[] = [];
  for (let k = 0; k < reach; k += 1) {
    let weight = k === 0 ? 1 : (ma[k - 1] ?? 0);
    ar.forEach((coefficient, i) => {
      weight += coefficient * (psi[k - 1 - i] ?? 0);
    });
    psi.push(weight);
  }
  return Array.from({ length: count }, (_, lag) => psi.reduce((sum, weight, k) => sum + weight * (psi[k + lag] ?? 0), 0));
}

/** ln of the density of the series at mean 0. */
export function denseLogLikelihood(series: readonly number[], ar: readonly number[], ma: readonly number[], variance: number): number {
  const count = series.length;
  const gamma = denseAutocovariances(ar, ma, count).map((value) => value * variance);
  const lower = series.map(() => new Array<number>(count).fill(0));
  const whitened: number[] = [];
  let logDeterminant = 0;
  for (let i = 0; i < count; i += 1) {
    for (let k = 0; k <= i; k += 1) {
      let sum = gamma[i - k]!;
      for (let j = 0; j < k; j += 1) sum -= lower[i]![j]! * lower[k]![j]!;
      lower[i]![k] = i === k ? Math.sqrt(sum) : sum / lower[k]![k]!;
    }
    let value = series[i]!;
    for (let k = 0; k < i; k += 1) value -= lower[i]![k]! * whitened[k]!;
    whitened.push(value / lower[i]![i]!);
    logDeterminant += 2 * Math.log(lower[i]![i]!);
  }
  return -0.5 * (count * Math.log(2 * Math.PI) + logDeterminant + whitened.reduce((sum, value) => sum + value * value, 0));
}

/** Independent standard normal numbers from a seed, the same everywhere (Lehmer's generator, then Box and Muller). */
export function normalNumbers(count: number, seed: number): number[] {
  let state = seed;
  const uniform = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

/** An ARMA series with these parameters, after 500 values that are thrown away. */
export function simulateArma(count: number, ar: readonly number[], ma: readonly number[], seed: number): number[] {
  const shocks = normalNumbers(count + 500, seed);
  const series: number[] = [];
  shocks.forEach((shock, t) => {
    let value = shock;
    ar.forEach((coefficient, i) => {
      value += coefficient * (series[t - 1 - i] ?? 0);
    });
    ma.forEach((coefficient, i) => {
      value += coefficient * (shocks[t - 1 - i] ?? 0);
    });
    series.push(value);
  });
  return series.slice(500);
}
