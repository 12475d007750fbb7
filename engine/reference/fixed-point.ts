/**
 * Arithmetic of 400 binary digits on whole numbers, the yardstick for the module's elementary functions: the exact value of a double is a fraction
 * of integers, so nothing in it rests on another floating-point library. For tests only.
 */

const BITS = 400n;
export const ONE = 1n << BITS;

/** Exact value of a double in units of 2^-400; magnitudes from 2^-340 up. */
export function toFixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n);
  const shift = BITS + BigInt(Math.max(exponent, 1) - 1075);
  const magnitude = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return bits >> 63n ? -magnitude : magnitude;
}

export function multiplyFixed(a: bigint, b: bigint): bigint {
  return (a * b) >> BITS;
}

export function divideFixed(a: bigint, b: bigint): bigint {
  return (a << BITS) / b;
}

/** e^x for x >= 0: Taylor's series of x / 2^16, squared 16 times. */
function expOfPositive(x: bigint): bigint {
  const reduced = x >> 16n;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term > 0n; k++) {
    term = multiplyFixed(term, reduced) / k;
    sum += term;
  }
  for (let i = 0; i < 16; i++) sum = multiplyFixed(sum, sum);
  return sum;
}

export function expFixed(x: bigint): bigint {
  return x >= 0n ? expOfPositive(x) : divideFixed(ONE, expOfPositive(-x));
}

/** ln x for x > 0, from a double near it, by Newton's method on e^y = x. */
export function logFixed(x: bigint, near: number): bigint {
  let y = toFixed(near);
  for (let step = 0; step < 4; step++) y += divideFixed(x, expFixed(y)) - ONE;
  return y;
}

/** Sine and cosine by Taylor's series. */
export function sineAndCosineFixed(x: bigint): { sine: bigint; cosine: bigint } {
  let term = ONE;
  let sine = 0n;
  let cosine = ONE;
  for (let k = 1n; term !== 0n && k < 200n; k++) {
    term = multiplyFixed(term, x) / k;
    const isNegative = k % 4n === 2n || k % 4n === 3n;
    const signed = isNegative ? -term : term;
    if (k % 2n === 1n) sine += signed;
    else cosine += signed;
  }
  return { sine, cosine };
}

/** Pi by Machin's formula: 16 arctan(1/5) - 4 arctan(1/239). */
export function piFixed(): bigint {
  const arctanOfInverse = (n: bigint): bigint => {
    let power = ONE / n;
    let sum = 0n;
    for (let k = 1n; power > 0n; k += 2n) {
      sum += k % 4n === 1n ? power / k : -(power / k);
      power /= n * n;
    }
    return sum;
  };
  return 16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n);
}

/** Square root of x >= 0 by Newton's method on whole numbers. */
export function rootFixed(x: bigint): bigint {
  if (x === 0n) return 0n;
  const scaled = x << BITS;
  let root = 1n << BigInt((scaled.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + scaled / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Unit in the last place of a double, in units of 2^-400. */
export function ulpFixed(y: number): bigint {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(y))), -1022) - 52;
  return exponent >= -Number(BITS) ? 1n << (BITS + BigInt(exponent)) : 1n;
}

/** An error in units in the last place of `y`. */
export function countUlps(error: bigint, y: number): number {
  const magnitude = error < 0n ? -error : error;
  return Number((magnitude * 1000n) / ulpFixed(y)) / 1000;
}
