/**
 * Standard normals from the counter generator, two a block (Box and Muller 1958): with u and v uniform, sqrt(-2 ln u) cos(2 pi v) and sqrt(-2 ln u) sin(2 pi v) are
 * independent normals. u and v are the odd multiples of 2^-53 in (0, 1), so that the logarithm never meets 0 and |z| stays below 8.58. Against arithmetic of
 * 400 bits a normal errs by at most 5e-16 times max(1, |z|) (measured in engine/host/risk/functions.test.ts).
 */
import { PHILOX_FOUR_PTR, SECOND_HALVES, philoxFour } from './philox';
import { LN2_HIGH, LN2_LOW, MANTISSA_MASK, ONE_BITS, ROUNDER, SQRT_HALF_BITS, artanhRatio, artanhRatioPair } from './ratios';

const HALF_PI: f64 = 1.5707963267948966;
const HALF_STEP: f64 = 1.1102230246251565e-16;

// Coefficients of sine and cosine on [-pi/4, pi/4]: Taylor's series; the first terms left out are below 2^-57.
const S3: f64 = -1.0 / 6.0;
const S5: f64 = 1.0 / 120.0;
const S7: f64 = -1.0 / 5040.0;
const S9: f64 = 1.0 / 362880.0;
const S11: f64 = -1.0 / 39916800.0;
const S13: f64 = 1.0 / 6227020800.0;
const S15: f64 = -1.0 / 1307674368000.0;
const C2: f64 = -1.0 / 2.0;
const C4: f64 = 1.0 / 24.0;
const C6: f64 = -1.0 / 720.0;
const C8: f64 = 1.0 / 40320.0;
const C10: f64 = -1.0 / 3628800.0;
const C12: f64 = 1.0 / 479001600.0;
const C14: f64 = -1.0 / 87178291200.0;
const C16: f64 = 1.0 / 20922789888000.0;

@inline
function uniform(word: u64): f64 {
  return reinterpret<f64>((word >> 12) | <u64>ONE_BITS) - 1.0 + HALF_STEP;
}

@inline
function sineSeries(w: f64): f64 {
  const w2 = w * w;
  const w4 = w2 * w2;
  return 1.0 + S3 * w + (S5 + S7 * w) * w2 + (S9 + S11 * w + (S13 + S15 * w) * w2) * w4;
}

@inline
function cosineSeries(w: f64): f64 {
  const w2 = w * w;
  const w4 = w2 * w2;
  return 1.0 + C2 * w + (C4 + C6 * w) * w2 + (C8 + C10 * w + (C12 + C14 * w) * w2 + C16 * w4) * w4;
}

/** Writes the two normals of one block: to `first` the price's, to `second` the network's own. */
@inline
function storeNormals(firstWord: u64, secondWord: u64, first: usize, second: usize): void {
  const u = uniform(firstWord);
  const shifted = reinterpret<i64>(u) + (ONE_BITS - SQRT_HALF_BITS);
  const k = reinterpret<f64>(reinterpret<i64>(ROUNDER) + ((shifted >> 52) - 1023)) - ROUNDER;
  const f = reinterpret<f64>((shifted & MANTISSA_MASK) + SQRT_HALF_BITS) - 1.0;
  const d = 2.0 / (2.0 + f);
  const s = 0.5 * f * d;
  const logarithm = k * LN2_HIGH + (f * (d * artanhRatio(s * s)) + k * LN2_LOW);
  const radius = sqrt(-2.0 * logarithm);
  const quarters = 4.0 * uniform(secondWord);
  const rounded = quarters + ROUNDER;
  const angle = (quarters - (rounded - ROUNDER)) * HALF_PI;
  const w = angle * angle;
  const sine = angle * sineSeries(w);
  const cosine = cosineSeries(w);
  const quadrant = reinterpret<i64>(rounded);
  const isOdd = (quadrant & 1) != 0;
  const signOfSine = (quadrant & 2) << 62;
  const signOfCosine = ((quadrant + 1) & 2) << 62;
  store<f64>(first, radius * reinterpret<f64>(reinterpret<i64>(isOdd ? sine : cosine) ^ signOfCosine));
  store<f64>(second, radius * reinterpret<f64>(reinterpret<i64>(isOdd ? cosine : sine) ^ signOfSine));
}

@inline
function splat(x: f64): v128 {
  return f64x2.splat(x);
}

/** constant + slope x, lane by lane. */
@inline
function line(constant: f64, slope: f64, x: v128): v128 {
  return f64x2.add(splat(constant), f64x2.mul(splat(slope), x));
}

@inline
function uniformPair(words: v128): v128 {
  return f64x2.add(f64x2.sub(v128.or(i64x2.shr_u(words, 12), i64x2.splat(ONE_BITS)), splat(1.0)), splat(HALF_STEP));
}

@inline
function sineSeriesPair(w: v128): v128 {
  const w2 = f64x2.mul(w, w);
  const w4 = f64x2.mul(w2, w2);
  const high = f64x2.add(line(S9, S11, w), f64x2.mul(line(S13, S15, w), w2));
  return f64x2.add(f64x2.add(line(1.0, S3, w), f64x2.mul(line(S5, S7, w), w2)), f64x2.mul(high, w4));
}

@inline
function cosineSeriesPair(w: v128): v128 {
  const w2 = f64x2.mul(w, w);
  const w4 = f64x2.mul(w2, w2);
  const middle = f64x2.add(line(C8, C10, w), f64x2.mul(line(C12, C14, w), w2));
  const high = f64x2.add(middle, f64x2.mul(splat(C16), w4));
  return f64x2.add(f64x2.add(line(1.0, C2, w), f64x2.mul(line(C4, C6, w), w2)), f64x2.mul(high, w4));
}

@inline
function storeNormalsPair(firstWords: v128, secondWords: v128, first: usize, second: usize): void {
  const shifted = i64x2.add(uniformPair(firstWords), i64x2.splat(ONE_BITS - SQRT_HALF_BITS));
  const exponent = i64x2.sub(i64x2.shr_s(shifted, 52), i64x2.splat(1023));
  const k = f64x2.sub(i64x2.add(splat(ROUNDER), exponent), splat(ROUNDER));
  const mantissa = i64x2.add(v128.and(shifted, i64x2.splat(MANTISSA_MASK)), i64x2.splat(SQRT_HALF_BITS));
  const f = f64x2.sub(mantissa, splat(1.0));
  const d = f64x2.div(splat(2.0), f64x2.add(splat(2.0), f));
  const s = f64x2.mul(f64x2.mul(splat(0.5), f), d);
  const series = f64x2.mul(d, artanhRatioPair(f64x2.mul(s, s)));
  const low = f64x2.add(f64x2.mul(f, series), f64x2.mul(k, splat(LN2_LOW)));
  const logarithm = f64x2.add(f64x2.mul(k, splat(LN2_HIGH)), low);
  const radius = f64x2.sqrt(f64x2.mul(splat(-2.0), logarithm));
  const quarters = f64x2.mul(splat(4.0), uniformPair(secondWords));
  const rounded = f64x2.add(quarters, splat(ROUNDER));
  const angle = f64x2.mul(f64x2.sub(quarters, f64x2.sub(rounded, splat(ROUNDER))), splat(HALF_PI));
  const w = f64x2.mul(angle, angle);
  const sine = f64x2.mul(angle, sineSeriesPair(w));
  const cosine = cosineSeriesPair(w);
  const isOdd = i64x2.shr_s(i64x2.shl(rounded, 63), 63);
  const two = i64x2.splat(2);
  const signOfSine = i64x2.shl(v128.and(rounded, two), 62);
  const signOfCosine = i64x2.shl(v128.and(i64x2.add(rounded, i64x2.splat(1)), two), 62);
  v128.store(first, f64x2.mul(radius, v128.xor(v128.bitselect(sine, cosine, isOdd), signOfCosine)));
  v128.store(second, f64x2.mul(radius, v128.xor(v128.bitselect(cosine, sine, isOdd), signOfSine)));
}

/**
 * Normals of `count` pairs from `firstPair` on in one month, rounded up to four: the price's to `first`, the network's own to `second`. O(count).
 */
export function fillNormals(firstPair: i32, count: i32, month: i32, key0: u32, key1: u32, first: usize, second: usize): void {
  for (let i = 0; i < count; i += 4) {
    philoxFour(<u32>(firstPair + i), <u32>month, key0, key1);
    const at = <usize>i << 3;
    if (ASC_FEATURE_SIMD) {
      for (let half: usize = 0; half < 32; half += 16) {
        const words = PHILOX_FOUR_PTR + half;
        storeNormalsPair(v128.load(words), v128.load(words, SECOND_HALVES), first + at + half, second + at + half);
      }
    } else {
      for (let lane: usize = 0; lane < 32; lane += 8) {
        const words = PHILOX_FOUR_PTR + lane;
        storeNormals(load<u64>(words), load<u64>(words, SECOND_HALVES), first + at + lane, second + at + lane);
      }
    }
  }
}

/** Normals of four pairs from `firstPair` on in one month, for tests: four of the price's, then four of the network's own. */
export const NORMALS_PTR: usize = memory.data(64, 16);

export function drawNormals(firstPair: i32, month: i32, key0: i32, key1: i32): void {
  fillNormals(firstPair, 4, month, <u32>key0, <u32>key1, NORMALS_PTR, NORMALS_PTR + 32);
}
