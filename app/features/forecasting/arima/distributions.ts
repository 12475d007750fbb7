/**
 * Tail probabilities and quantiles that tests of residuals and intervals of waiting times need. Series and continued fractions of Abramowitz and Stegun 6.5.29, 6.5.31 and 26.5.8, by Lentz's method; relative error
 * below 1e-12. Pure.
 */

const TINY = 1e-300;
const PRECISION = 1e-16;
const MAX_TERMS = 100_000;

/** ln of the gamma function for x > 0 (Lanczos 1964, g = 7, nine terms); relative error about 1e-15. */
export function lnGamma(x: number): number {
  const terms = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
    -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const at = x - 1;
  const base = at + 7.5;
  const sum = terms.reduce((total, term, i) => (i === 0 ? term : total + term / (at + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** `P(X > x)` for a chi-squared X with `degrees` > 0. */
export function chiSquaredTail(x: number, degrees: number): number {
  if (!(x > 0)) return 1;
  const shape = degrees / 2;
  const at = x / 2;
  const front = Math.exp(shape * Math.log(at) - at - lnGamma(shape));
  if (at < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let k = 1; k < MAX_TERMS && term > sum * PRECISION; k += 1) {
      term *= at / (shape + k);
      sum += term;
    }
    return 1 - front * sum;
  }
  let b = at + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < MAX_TERMS; k += 1) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / guard(a * d + b);
    c = guard(b + a / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return front * fraction;
}

/** The regularised incomplete beta function `I_x(a, b)` for a, b > 0 and x in 0..1: `P(B <= x)`. */
export function betaShare(x: number, a: number, b: number): number {
  if (!(x > 0)) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let k = 1; k < MAX_TERMS; k += 1) {
    const even = (k * (b - k) * x) / ((a + 2 * k - 1) * (a + 2 * k));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + k) * (a + b + k) * x) / ((a + 2 * k) * (a + 2 * k + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < PRECISION) break;
  }
  return fraction;
}

function guard(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** `P(X <= x)` for X with Fisher's distribution. */
export function fisherShare(x: number, numeratorDegrees: number, denominatorDegrees: number): number {
  if (!(x > 0)) return 0;
  const scaled = numeratorDegrees * x;
  return betaShare(scaled / (scaled + denominatorDegrees), numeratorDegrees / 2, denominatorDegrees / 2);
}

/** The ratio X/Y of independent gamma variables with these shapes and one scale (beta prime): the value that it does not exceed with this probability. */
export function gammaRatioQuantile(probability: number, shape: number, otherShape: number): number {
  let low = 0;
  let high = 1;
  // Sixty halvings of the unit interval leave less than one unit in the last place.
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2;
    if (betaShare(middle, shape, otherShape) < probability) low = middle;
    else high = middle;
  }
  const share = (low + high) / 2;
  return share / (1 - share);
}

/** Normal deviate below which 97.5 % lie: half the width of a 95 % interval. */
export const DEVIATE_95 = 1.959963984540054;
/** Normal deviate below which 90 % lie: half the width of an 80 % interval. */
export const DEVIATE_80 = 1.2815515655446004;
