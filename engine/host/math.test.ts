/** The error bounds that engine/assembly/math.ts states, measured against fixed-point arithmetic of 400 binary digits. */
import { describe, expect, it } from 'vitest';
import { countUlps, divideFixed, expFixed, multiplyFixed, ONE, toFixed } from '../reference/fixed-point.ts';
import { openModule } from './open-module.ts';

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
    largest = Math.max(largest, countUlps(error, value));
  }
  return largest;
}

describe('elementary functions of the module', () => {
  it('exp errs by at most 1 ulp', () => {
    const largest = worst((random) => {
      const x = (random() - 0.5) * 2 * 10 ** (random() * 4 - 2);
      const value = exp(x);
      return { error: expFixed(toFixed(x)) - toFixed(value), value };
    });
    expect(largest).toBeLessThanOrEqual(1);
  });

  it('expm1 errs by at most 1 ulp near zero and 2 elsewhere', () => {
    const near = worst((random) => {
      const x = (random() - 0.5) * 0.68 * 10 ** (-random() * 12);
      const value = expm1(x);
      return { error: expFixed(toFixed(x)) - ONE - toFixed(value), value };
    });
    const far = worst((random) => {
      const x = (random() - 0.5) * 90;
      const value = expm1(x);
      return { error: expFixed(toFixed(x)) - ONE - toFixed(value), value };
    });
    expect(near).toBeLessThanOrEqual(1);
    expect(far).toBeLessThanOrEqual(2);
  });

  it('log errs by at most 1 ulp', () => {
    // ln x - y = x / e^y - 1, but for a square of the error.
    const largest = worst((random) => {
      const x = random() < 0.3 ? 1 + (random() - 0.5) * 10 ** (-random() * 8) : 10 ** (random() * 60 - 30);
      const value = log(x);
      return { error: divideFixed(toFixed(x), expFixed(toFixed(value))) - ONE, value };
    });
    expect(largest).toBeLessThanOrEqual(1);
  });

  it('log1p errs by at most 1 ulp', () => {
    const largest = worst((random) => {
      const x = random() < 0.5 ? (random() - 0.5) * 10 ** (-random() * 14) : random() * 10 ** (random() * 8) - 0.99;
      const value = log1p(x);
      return { error: divideFixed(ONE + toFixed(x), expFixed(toFixed(value))) - ONE, value };
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
      for (let k = 0; k < Math.abs(y); k++) exact = multiplyFixed(exact, toFixed(x));
      if (y < 0) exact = divideFixed(ONE, exact);
      expect(countUlps(exact - toFixed(value), value)).toBeLessThanOrEqual(2 + 2 * Math.abs(y * Math.log(x)));
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
