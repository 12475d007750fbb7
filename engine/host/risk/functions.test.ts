/** Generator and elementary functions of the risk family: known answers, and the error bounds their files state. */
import { describe, expect, it } from 'vitest';
import {
  countUlps,
  divideFixed,
  expFixed,
  logFixed,
  multiplyFixed,
  ONE,
  piFixed,
  rootFixed,
  sineAndCosineFixed,
  toFixed,
} from '../../reference/fixed-point.ts';
import { drawReferenceNormals, philoxReference } from '../../reference/risk-paths.ts';
import { createRandom } from '../../vectors/random-inputs.ts';
import { openModule } from '../open-module.ts';

const wasm = openModule('simd');
const scalar = openModule('scalar');

function philoxOf(module: typeof wasm, counter: readonly number[], key: readonly number[]): string {
  module.philox(counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!);
  const words = new Uint32Array(module.memory.buffer, module.PHILOX_WORDS_PTR.value, 4);
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' ');
}

function normalsOf(module: typeof wasm, firstPair: number, month: number, key0: number, key1: number): number[] {
  module.drawNormals(firstPair, month, key0, key1);
  return Array.from(new Float64Array(module.memory.buffer, module.NORMALS_PTR.value, 8));
}

describe('Philox4x32-10', () => {
  // Known answers of the authors' library Random123 (kat_vectors).
  const FULL = 0xffffffff;
  it.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[FULL, FULL, FULL, FULL], [FULL, FULL], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ])('turns counter %j and key %j into the known answer', (counter, key, expected) => {
    for (const module of [wasm, scalar]) expect(philoxOf(module, counter, key)).toBe(expected);
    expect(
      philoxReference(counter, key)
        .map((word) => word.toString(16).padStart(8, '0'))
        .join(' '),
    ).toBe(expected);
  });
});

describe('normals', () => {
  it('are the same bits in both builds, four pairs at a time or one', () => {
    for (let pair = 0; pair < 400; pair += 4) expect(normalsOf(wasm, pair, 7, 42, 1)).toEqual(normalsOf(scalar, pair, 7, 42, 1));
  });

  it('err by at most 5e-16 times max(1, |z|)', () => {
    const pi = piFixed();
    let worst = 0;
    for (let pair = 0; pair < 4000; pair += 4) {
      const actual = normalsOf(wasm, pair, 3, 20_090_103, 0);
      for (let i = 0; i < 4; i++) {
        const [w0, w1, w2, w3] = philoxReference([pair + i, 3, 0, 0], [20_090_103, 0]).map(BigInt);
        // The odd multiples of 2^-53, exactly.
        const uniformOf = (low: bigint, high: bigint) => (((((high << 32n) | low) >> 12n) * 2n + 1n) * ONE) >> 53n;
        const u = uniformOf(w0!, w1!);
        const radius = rootFixed(-2n * logFixed(u, Math.log(Number(u) / Number(ONE))));
        const { sine, cosine } = sineAndCosineFixed(multiplyFixed(2n * pi, uniformOf(w2!, w3!)));
        for (const [z, exact] of [
          [actual[i]!, multiplyFixed(radius, cosine)],
          [actual[4 + i]!, multiplyFixed(radius, sine)],
        ] as const) {
          const error = Number(((toFixed(z) - exact) << 64n) / ONE) / 2 ** 64;
          worst = Math.max(worst, Math.abs(error) / Math.max(1, Math.abs(z)));
        }
      }
    }
    expect(worst).toBeLessThanOrEqual(5e-16);
    expect(worst).toBeGreaterThan(1e-17);
  });

  it('agree with the plain formula', () => {
    const [z1, z2] = drawReferenceNormals(6, 11, 5 + 3 * 2 ** 32);
    const actual = normalsOf(wasm, 4, 11, 5, 3);
    expect(actual[2]).toBeCloseTo(z1, 13);
    expect(actual[6]).toBeCloseTo(z2, 13);
  });

  it('have mean 0, variance 1, no correlation and normal tails', () => {
    const pairs = 20_000;
    const sums = { first: 0, second: 0, squares: 0, products: 0, beyondTwo: 0 };
    for (let pair = 0; pair < pairs; pair += 4) {
      const z = normalsOf(wasm, pair, 0, 99, 0);
      for (let i = 0; i < 4; i++) {
        const [a, b] = [z[i]!, z[4 + i]!];
        sums.first += a;
        sums.second += b;
        sums.squares += a * a + b * b;
        sums.products += a * b;
        sums.beyondTwo += Number(Math.abs(a) > 2) + Number(Math.abs(b) > 2);
      }
    }
    const root = Math.sqrt(pairs);
    expect(Math.abs(sums.first / root)).toBeLessThan(4);
    expect(Math.abs(sums.second / root)).toBeLessThan(4);
    expect(Math.abs(sums.products / root)).toBeLessThan(4);
    // Variance of z^2 is 2.
    expect(Math.abs(sums.squares - 2 * pairs) / Math.sqrt(4 * pairs)).toBeLessThan(4);
    // P(|z| > 2) = 0.0455003
    expect(Math.abs(sums.beyondTwo - 2 * pairs * 0.0455003) / Math.sqrt(2 * pairs * 0.0434)).toBeLessThan(4);
  });
});

describe('the functions of a month', () => {
  const random = createRandom(7);
  const samples = Array.from({ length: 3000 }, () => (random() - 0.5) * 2 * 10 ** (random() * 5 - 3.8)).filter((y) => Math.abs(y) <= 16);

  it('growthRatio errs by at most 4 ulp', () => {
    const worst = samples.reduce((largest, y) => {
      const value = wasm.growthRatio(y);
      const exact = divideFixed(expFixed(toFixed(y)) - ONE, toFixed(y));
      return Math.max(largest, countUlps(toFixed(value) - exact, value));
    }, 0);
    expect(worst).toBeLessThanOrEqual(4);
  });

  it('timeRatio errs by at most 6 ulp', () => {
    const worst = samples
      .map((y) => (y > -1 ? y : Math.exp(y) - 1))
      .reduce((largest, y) => {
        const value = wasm.timeRatio(y);
        const exact = divideFixed(logFixed(ONE + toFixed(y), Math.log1p(y)), toFixed(y));
        return Math.max(largest, countUlps(toFixed(value) - exact, value));
      }, 0);
    expect(worst).toBeLessThanOrEqual(6);
  });

  it('are 1 at 0, and never trap', () => {
    expect([wasm.growthRatio(0), wasm.timeRatio(0)]).toEqual([1, 1]);
    for (const y of [Number.NaN, Infinity, -Infinity, -1, -2, 1e308]) {
      wasm.growthRatio(y);
      wasm.timeRatio(y);
    }
  });

  it('have the same bits in the scalar build', () => {
    for (const y of samples) expect([scalar.growthRatio(y), scalar.timeRatio(y)]).toEqual([wasm.growthRatio(y), wasm.timeRatio(y)]);
  });
});
