/**
 * The two functions a month of a path is made of, without a hole at 0: growthRatio(y) = (e^y - 1) / y and timeRatio(y) = ln(1 + y) / y. A volatility or a growth of 0
 * needs no case of its own. Two lanes at once in the SIMD build, the same operations in the same order in the scalar one; only + - x / and
 * powers of two. Series are summed in pairs (Estrin), so that a processor can do several terms at once. On what paths ask for, |y| <= 16 and y > -1, growthRatio errs
 * by at most 4 and timeRatio by at most 6 units in the last place (measured in engine/host/risk/functions.test.ts).
 */

export const LN2_HIGH: f64 = 6.93147180369123816490e-1;
export const LN2_LOW: f64 = 1.90821492927058770002e-10;
const LOG2_E: f64 = 1.4426950408889634;
/** 1.5 * 2^52: adding it rounds to a whole number and leaves that number in the low bits. */
export const ROUNDER: f64 = 6755399441055744.0;
export const ONE_BITS: i64 = 0x3ff0000000000000;
export const SQRT_HALF_BITS: i64 = 0x3fe6a09e00000000;
export const MANTISSA_MASK: i64 = 0x000fffffffffffff;

/** (e^r - 1) / r for |r| <= 0.35: Taylor's series up to r^12 / 13!; the first term left out is below 2^-56 of the sum. */
@inline
function shortGrowthRatio(r: f64): f64 {
  const r2 = r * r;
  const r4 = r2 * r2;
  const a = 1.0 + 0.5 * r + (1.0 / 6.0 + (1.0 / 24.0) * r) * r2;
  const b = 1.0 / 120.0 + (1.0 / 720.0) * r + (1.0 / 5040.0 + (1.0 / 40320.0) * r) * r2;
  const c = 1.0 / 362880.0 + (1.0 / 3628800.0) * r + (1.0 / 39916800.0 + (1.0 / 479001600.0) * r) * r2;
  return a + b * r4 + (c + (1.0 / 6227020800.0) * r4) * (r4 * r4);
}

@inline
function linearPair(constant: f64, slope: f64, x: v128): v128 {
  return f64x2.add(f64x2.splat(constant), f64x2.mul(f64x2.splat(slope), x));
}

@inline
function shortGrowthRatioPair(r: v128): v128 {
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const a = f64x2.add(linearPair(1.0, 0.5, r), f64x2.mul(linearPair(1.0 / 6.0, 1.0 / 24.0, r), r2));
  const b = f64x2.add(linearPair(1.0 / 120.0, 1.0 / 720.0, r), f64x2.mul(linearPair(1.0 / 5040.0, 1.0 / 40320.0, r), r2));
  const c = f64x2.add(
    linearPair(1.0 / 362880.0, 1.0 / 3628800.0, r),
    f64x2.mul(linearPair(1.0 / 39916800.0, 1.0 / 479001600.0, r), r2),
  );
  return f64x2.add(f64x2.add(a, f64x2.mul(b, r4)), f64x2.mul(linearPair2(c, 1.0 / 6227020800.0, r4), f64x2.mul(r4, r4)));
}

@inline
function linearPair2(constant: v128, slope: f64, x: v128): v128 {
  return f64x2.add(constant, f64x2.mul(f64x2.splat(slope), x));
}

/** (e^y - 1) / y; 1 at 0. */
export function growthRatio(y: f64): f64 {
  const rounded = y * LOG2_E + ROUNDER;
  const k = rounded - ROUNDER;
  const r = y - k * LN2_HIGH - k * LN2_LOW;
  const short = shortGrowthRatio(r);
  if (k == 0.0) return short;
  const scale = reinterpret<f64>((reinterpret<i64>(rounded) << 52) + ONE_BITS);
  return (scale - 1.0 + scale * (r * short)) / y;
}

export function growthRatioPair(y: v128): v128 {
  const rounded = f64x2.add(f64x2.mul(y, f64x2.splat(LOG2_E)), f64x2.splat(ROUNDER));
  const k = f64x2.sub(rounded, f64x2.splat(ROUNDER));
  const r = f64x2.sub(f64x2.sub(y, f64x2.mul(k, f64x2.splat(LN2_HIGH))), f64x2.mul(k, f64x2.splat(LN2_LOW)));
  const short = shortGrowthRatioPair(r);
  const isShort = f64x2.eq(k, f64x2.splat(0.0));
  if (i64x2.all_true(isShort)) return short;
  const scale = i64x2.add(i64x2.shl(rounded, 52), i64x2.splat(ONE_BITS));
  const long = f64x2.div(f64x2.add(f64x2.sub(scale, f64x2.splat(1.0)), f64x2.mul(scale, f64x2.mul(r, short))), y);
  return v128.bitselect(short, long, isShort);
}

/** artanh(s) / s as a function of z = s^2 for |s| <= 0.1716: series up to z^9 / 19; the first term left out is below 2^-55. */
@inline
export function artanhRatio(z: f64): f64 {
  const z2 = z * z;
  const z4 = z2 * z2;
  const a = 1.0 + (1.0 / 3.0) * z + (1.0 / 5.0 + (1.0 / 7.0) * z) * z2;
  const b = 1.0 / 9.0 + (1.0 / 11.0) * z + (1.0 / 13.0 + (1.0 / 15.0) * z) * z2;
  const c = 1.0 / 17.0 + (1.0 / 19.0) * z;
  return a + b * z4 + c * (z4 * z4);
}

@inline
export function artanhRatioPair(z: v128): v128 {
  const z2 = f64x2.mul(z, z);
  const z4 = f64x2.mul(z2, z2);
  const a = f64x2.add(linearPair(1.0, 1.0 / 3.0, z), f64x2.mul(linearPair(1.0 / 5.0, 1.0 / 7.0, z), z2));
  const b = f64x2.add(linearPair(1.0 / 9.0, 1.0 / 11.0, z), f64x2.mul(linearPair(1.0 / 13.0, 1.0 / 15.0, z), z2));
  const c = linearPair(1.0 / 17.0, 1.0 / 19.0, z);
  return f64x2.add(f64x2.add(a, f64x2.mul(b, z4)), f64x2.mul(c, f64x2.mul(z4, z4)));
}

/**
 * ln(1 + y) / y for y > -1; 1 at 0. With s = f / (2 + f), ln(1 + f) = 2 artanh(s); beyond a factor of sqrt(2) from 1, powers of two are taken out first.
 * For y <= -1 a number without meaning, never a trap.
 */
export function timeRatio(y: f64): f64 {
  const u = 1.0 + y;
  const shifted = reinterpret<i64>(u) + (ONE_BITS - SQRT_HALF_BITS);
  const exponent = <i64>(<u64>shifted >> 52) - 1023;
  const isNear = exponent == 0;
  const f = isNear ? y : reinterpret<f64>((shifted & MANTISSA_MASK) + SQRT_HALF_BITS) - 1.0;
  const d = 2.0 / (2.0 + f);
  const s = 0.5 * f * d;
  const near = d * artanhRatio(s * s);
  if (isNear) return near;
  const k = reinterpret<f64>(reinterpret<i64>(ROUNDER) + exponent) - ROUNDER;
  return (k * LN2_HIGH + (f * near + k * LN2_LOW)) / y;
}

export function timeRatioPair(y: v128): v128 {
  const u = f64x2.add(f64x2.splat(1.0), y);
  const shifted = i64x2.add(u, i64x2.splat(ONE_BITS - SQRT_HALF_BITS));
  const exponent = i64x2.sub(i64x2.shr_u(shifted, 52), i64x2.splat(1023));
  const isNear = i64x2.eq(exponent, i64x2.splat(0));
  const isAllNear = i64x2.all_true(isNear);
  let f = y;
  if (!isAllNear) {
    const mantissa = i64x2.add(v128.and(shifted, i64x2.splat(MANTISSA_MASK)), i64x2.splat(SQRT_HALF_BITS));
    f = v128.bitselect(y, f64x2.sub(mantissa, f64x2.splat(1.0)), isNear);
  }
  const d = f64x2.div(f64x2.splat(2.0), f64x2.add(f64x2.splat(2.0), f));
  const s = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), d);
  const near = f64x2.mul(d, artanhRatioPair(f64x2.mul(s, s)));
  if (isAllNear) return near;
  const k = f64x2.sub(i64x2.add(f64x2.splat(ROUNDER), exponent), f64x2.splat(ROUNDER));
  const far = f64x2.div(
    f64x2.add(f64x2.mul(k, f64x2.splat(LN2_HIGH)), f64x2.add(f64x2.mul(f, near), f64x2.mul(k, f64x2.splat(LN2_LOW)))),
    y,
  );
  return v128.bitselect(near, far, isNear);
}
