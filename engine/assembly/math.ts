/**
 * exp, expm1, log, log1p and pow, written here so that browser and server agree bit for bit: only + - x / and exact powers of two,
 * each rounded once by IEEE 754, in a fixed order. Measured against 60-digit arithmetic in engine/host/math.test.ts:
 * exp, expm1, log, log1p err by at most 1 unit in the last place (ulp); pow by at most 2 + 2 |y ln x| ulp, because it goes through log.
 */

/** ln 2 in two parts: the first has 21 trailing zero bits, so that k * LN2_HIGH is exact for |k| < 2^20. */
const LN2_HIGH: f64 = 6.93147180369123816490e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const LOG2_E: f64 = 1.4426950408889634;
const LARGEST_EXP_ARGUMENT: f64 = 709.782712893384;
const SMALLEST_EXP_ARGUMENT: f64 = -745.1332191019412;
/** Below this |x|, expm1(x) = log1p(x) = x to the last bit. */
const TINY: f64 = 5.551115123125783e-17;
const SQRT_HALF_HIGH_WORD: u64 = 0x3fe6a09e00000000;
const MANTISSA_MASK: u64 = 0x000fffffffffffff;
const ONE_BITS: u64 = 0x3ff0000000000000;
const TWO_POW_54: f64 = 18014398509481984.0;
const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308;

/** 2^k for k in [-1022, 1023]. */
@inline
function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>((<u64>(k + 1023)) << 52);
}

/** (e^r - 1 - r) / r^2 for |r| <= 0.35: Taylor's series up to r^12 / 14!; the first term left out is below 2^-58 of the sum. */
@inline
function expTail(r: f64): f64 {
  let sum: f64 = 1.0 / 87178291200.0;
  sum = sum * r + 1.0 / 6227020800.0;
  sum = sum * r + 1.0 / 479001600.0;
  sum = sum * r + 1.0 / 39916800.0;
  sum = sum * r + 1.0 / 3628800.0;
  sum = sum * r + 1.0 / 362880.0;
  sum = sum * r + 1.0 / 40320.0;
  sum = sum * r + 1.0 / 5040.0;
  sum = sum * r + 1.0 / 720.0;
  sum = sum * r + 1.0 / 120.0;
  sum = sum * r + 1.0 / 24.0;
  sum = sum * r + 1.0 / 6.0;
  return sum * r + 0.5;
}

/** e^x. Overflows to infinity above 709.78, underflows to 0 below -745.13; NaN stays NaN. At most 1 ulp (subnormal results: 1 smallest subnormal). */
export function exp(x: f64): f64 {
  if (x != x) return x;
  if (x > LARGEST_EXP_ARGUMENT) return Infinity;
  if (x < SMALLEST_EXP_ARGUMENT) return 0.0;
  const k = nearest(x * LOG2_E);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const rounding = (high - r) - low;
  const value = 1.0 + (r + (r * r * expTail(r) + rounding));
  const exponent = <i32>k;
  // Two steps, because 2^1024 and 2^-1075 are no doubles though the results are.
  const half = exponent >> 1;
  return value * powerOfTwo(half) * powerOfTwo(exponent - half);
}

/** e^x - 1 without the loss of digits near 0. At most 1 ulp below |x| = 0.34, 2 ulp elsewhere. */
export function expm1(x: f64): f64 {
  if (x != x) return x;
  if (abs(x) < TINY) return x;
  const k = nearest(x * LOG2_E);
  if (k == 0.0) return x + x * x * expTail(x);
  // Beyond 2^56 the "- 1" is less than half a unit in the last place; below 2^-56 only the "- 1" is left.
  if (k > 56.0) return exp(x);
  if (k < -56.0) return -1.0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const rounding = (high - r) - low;
  const scale = powerOfTwo(<i32>k);
  return (scale - 1.0) + scale * (r + (r * r * expTail(r) + rounding));
}

/**
 * ln(1 + f) + k ln 2 for f in [sqrt(1/2) - 1, sqrt(2) - 1]: with s = f / (2 + f), ln(1 + f) = 2 artanh(s), and
 * 2 s = f - f^2/2 + s f^2/2, so that the large part f is never rounded. Series up to s^22; the rest is below 2^-58.
 */
@inline
function logOnePlus(f: f64, k: f64): f64 {
  const s = f / (2.0 + f);
  const z = s * s;
  let sum: f64 = 2.0 / 23.0;
  sum = sum * z + 2.0 / 21.0;
  sum = sum * z + 2.0 / 19.0;
  sum = sum * z + 2.0 / 17.0;
  sum = sum * z + 2.0 / 15.0;
  sum = sum * z + 2.0 / 13.0;
  sum = sum * z + 2.0 / 11.0;
  sum = sum * z + 2.0 / 9.0;
  sum = sum * z + 2.0 / 7.0;
  sum = sum * z + 2.0 / 5.0;
  sum = sum * z + 2.0 / 3.0;
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH + (f - (halfSquare - (s * (halfSquare + z * sum) + k * LN2_LOW)));
}

/** Natural logarithm. 0 -> -infinity, negative -> NaN. At most 1 ulp. */
export function log(x: f64): f64 {
  return logWithTail(x, 0.0);
}

/** ln(x + tail) for |tail| at most half a unit in the last place of x. */
@inline
function logWithTail(x: f64, tail: f64): f64 {
  if (x != x || x < 0.0) return NaN;
  if (x == 0.0) return -Infinity;
  if (x == Infinity) return x;
  let k: i32 = 0;
  let scaled = x;
  if (x < SMALLEST_NORMAL) {
    scaled = x * TWO_POW_54;
    k = -54;
  }
  // Shift the exponent so that the mantissa lands in [sqrt(1/2), sqrt(2)).
  const shifted = reinterpret<u64>(scaled) + (ONE_BITS - SQRT_HALF_HIGH_WORD);
  k += <i32>(shifted >> 52) - 1023;
  const m = reinterpret<f64>((shifted & MANTISSA_MASK) + SQRT_HALF_HIGH_WORD);
  return logOnePlus(m - 1.0 + (tail / x) * m, <f64>k);
}

/** ln(1 + x) without the loss of digits near 0. -1 -> -infinity, below -> NaN. At most 1 ulp. */
export function log1p(x: f64): f64 {
  if (x != x || x < -1.0) return NaN;
  if (x == -1.0) return -Infinity;
  if (abs(x) < TINY) return x;
  if (x > -0.29 && x < 0.41) return logOnePlus(x, 0.0);
  const sum = 1.0 + x;
  if (sum == Infinity) return sum;
  const tail = x >= 1.0 ? 1.0 - (sum - x) : x - (sum - 1.0);
  return logWithTail(sum, tail);
}

/** x^y for x > 0 through e^(y ln x): at most 2 + 2 |y ln x| ulp. Negative x -> NaN; 0^y = 0 for y > 0. */
export function pow(x: f64, y: f64): f64 {
  if (y == 0.0) return 1.0;
  if (x == 0.0) return y > 0.0 ? 0.0 : Infinity;
  return exp(y * log(x));
}
