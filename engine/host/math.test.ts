/**
 * The error bounds that engine/assembly/math.ts states, measured against fixed-point arithmetic of 300 binary digits. The exact value of
 * a double is a fraction of integers, so nothing in the yardstick rests on another floating-point library.
 */
import { describe, expect, it } from 'vitest';
import { openModule } from './open-module.ts';

const BITS = 400n;
const ONE = 1n << BITS;

/** Exact value of a double in units of 2^-400; the samples keep below 340 fractional digits. */
function toFixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n);
  const shift = BITS + BigInt(Math.max(exponent, 1) - 1075);
  const magnitude = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return bits >> 63n ? -magnitude : magnitude;
}

/** e^x for x >= 0: Taylor's series of x / 2^16, squared 16 times. */
function expFixed(x: bigint): bigint {
  const reduced = x >> 16n;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term > 0n; k++) {
    term = ((term * reduced) >> BITS) / k;
    sum += term;
  }
  for (let i = 0; i < 16; i++) sum = (sum * sum) >> BITS;
  return sum;
}

function expOf(x: bigint): bigint {
  return x >= 0n ? expFixed(x) : (ONE * ONE) / expFixed(-x);
}

/** Unit in the last place of a double, in units of 2^-400. */
function ulp(y: number): bigint {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(y))), -1022) - 52;
  return exponent >= -Number(BITS) ? 1n << (BITS + BigInt(exponent)) : 1n;
}

function ulps(error: bigint, y: number): number {
  const magnitude = error < 0n ? -error : error;
  return Number((magnitude * 1000n) / ulp(y)) / 1000;
}

/** Deterministic numbers in [0, 1): a 32-bit linear congruence, good enough to scatter samples. */
function scatter(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const SAMPLES = 3000;
const { exp, expm1, log, log1p, pow } = openModule('simd');

function worst(sample: (random: () => number) => { error: bigint; value: number }): number {
  const random = scatter(20090103);
  let largest = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const { error, value } = sample(random);
    largest = Math.max(largest, ulps(error, value));
  }
  return largest;
}

describe('elementary functions of the module', () => {
  it('exp errs by at most 1 ulp', () => {
    const largest = worst((random) => {
      const x = (random() - 0.5) * 2 * 10 ** (random() * 4 - 2);
      const value = exp(x);
      return { error: expOf(toFixed(x)) - toFixed(value), value };
    });
    expect(largest).toBeLessThanOrEqual(1);
  });

  it('expm1 errs by at most 1 ulp near zero and 2 elsewhere', () => {
    const near = worst((random) => {
      const x = (random() - 0.5) * 0.68 * 10 ** (-random() * 12);
      const value = expm1(x);
      return { error: expOf(toFixed(x)) - ONE - toFixed(value), value };
    });
    const far = worst((random) => {
      const x = (random() - 0.5) * 90;
      const value = expm1(x);
      return { error: expOf(toFixed(x)) - ONE - toFixed(value), value };
    });
    expect(near).toBeLessThanOrEqual(1);
    expect(far).toBeLessThanOrEqual(2);
  });

  it('log errs by at most 1 ulp', () => {
    // ln x - y = x / e^y - 1, but for a square of the error.
    const largest = worst((random) => {
      const x = random() < 0.3 ? 1 + (random() - 0.5) * 10 ** (-random() * 8) : 10 ** (random() * 60 - 30);
      const value = log(x);
      return { error: (toFixed(x) * ONE) / expOf(toFixed(value)) - ONE, value };
    });
    expect(largest).toBeLessThanOrEqual(1);
  });

  it('log1p errs by at most 1 ulp', () => {
    const largest = worst((random) => {
      const x = random() < 0.5 ? (random() - 0.5) * 10 ** (-random() * 14) : random() * 10 ** (random() * 8) - 0.99;
      const value = log1p(x);
      return { error: ((ONE + toFixed(x)) * ONE) / expOf(toFixed(value)) - ONE, value };
    });
    expect(largest).toBeLessThanOrEqual(1);
  });

  it('pow errs by at most 2 + 2 |y ln x| ulp', () => {
    const random = scatter(7);
    for (let i = 0; i < SAMPLES; i++) {
      const x = 0.1 + random() * 3;
      const y = Math.floor(random() * 240) - 120;
      const value = pow(x, y);
      let exact = ONE;
      for (let k = 0; k < Math.abs(y); k++) exact = (exact * toFixed(x)) >> BITS;
      if (y < 0) exact = (ONE * ONE) / exact;
      expect(ulps(exact - toFixed(value), value)).toBeLessThanOrEqual(2 + 2 * Math.abs(y * Math.log(x)));
    }
  });

  it('keeps the special values of IEEE 754', () => {
    expect([exp(Number.NaN), exp(710), exp(-746), exp(0), exp(-Infinity)]).toEqual([Number.NaN, Infinity, 0, 1, 0]);
    expect(exp(709.782712893384)).toBeGreaterThan(1.79e308);
    expect([log(-1), log(0), log(1), log(Infinity), log(5e-324)]).toEqual([Number.NaN, -Infinity, 0, Infinity, Math.log(5e-324)]);
    expect([log1p(-1), log1p(-2), log1p(0), log1p(1e-300), log1p(Infinity)]).toEqual([-Infinity, Number.NaN, 0, 1e-300, Infinity]);
    expect([expm1(-50), expm1(1e-300), expm1(800), expm1(0)]).toEqual([-1, 1e-300, Infinity, 0]);
    expect([pow(2, 10), pow(5, 0), pow(0, 2), pow(-1, 0.5)]).toEqual([1024, 1, 0, Number.NaN]);
  });

  it('gives the same bits in the scalar build', () => {
    const scalar = openModule('scalar');
    const random = scatter(3);
    for (let i = 0; i < SAMPLES; i++) {
      const x = (random() - 0.3) * 20;
      expect([scalar.exp(x), scalar.expm1(x), scalar.log(x), scalar.log1p(x)]).toEqual([exp(x), expm1(x), log(x), log1p(x)]);
    }
  });
});
