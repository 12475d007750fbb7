/**
 * Lag polynomials of ARIMA models. Signs are those of Box and Jenkins with a plus on the moving average: `x_t = Σ ar_i x_{t-i} + e_t + Σ ma_i e_{t-i}`. Pure.
 */

/**
 * Coefficients of a stationary autoregression from numbers without bounds (Monahan 1984): each number becomes a partial autocorrelation `u / √(1 + u²)`, those become coefficients by the
 * recursion of Durbin and Levinson. Any stationary model is reached, and nothing else.
 */
export function toStationary(free: ArrayLike<number>): Float64Array {
  const count = free.length;
  let current = new Float64Array(count);
  let before = new Float64Array(count);
  for (let k = 0; k < count; k += 1) {
    const partial = free[k]! / Math.sqrt(1 + free[k]! * free[k]!);
    [before, current] = [current, before];
    for (let i = 0; i < k; i += 1) current[i] = before[i]! - partial * before[k - 1 - i]!;
    current[k] = partial;
  }
  return current;
}

/** Partial autocorrelations of an autoregression, by the same recursion backwards; `null` when it is not stationary. */
export function partialAutocorrelations(coefficients: ArrayLike<number>): Float64Array | null {
  const work = Float64Array.from(coefficients);
  for (let k = work.length - 1; k >= 0; k -= 1) {
    const partial = work[k]!;
    if (!(Math.abs(partial) < 1)) return null;
    const scale = 1 - partial * partial;
    const earlier = work.slice(0, k);
    for (let i = 0; i < k; i += 1) work[i] = (earlier[i]! + partial * earlier[k - 1 - i]!) / scale;
  }
  return work;
}

/** The inverse of `toStationary`; `null` when the autoregression is not stationary. */
export function toFree(coefficients: ArrayLike<number>): Float64Array | null {
  return partialAutocorrelations(coefficients)?.map((partial) => partial / Math.sqrt(1 - partial * partial)) ?? null;
}

/** Whether every root of `1 - Σ c_i B^i` lies outside of the circle with this radius (1: stationary). */
export function hasRootsBeyond(coefficients: ArrayLike<number>, radius: number): boolean {
  return partialAutocorrelations(Float64Array.from(coefficients, (value, i) => value * radius ** (i + 1))) !== null;
}

/**
 * The product `(1 - Σ a_i B^i)(1 - Σ b_j B^(period j))`, given and returned as the coefficients behind the minus signs.
 * For moving averages the caller turns the signs round.
 */
export function multiplySeasonal(plain: ArrayLike<number>, seasonal: ArrayLike<number>, period: number): Float64Array {
  const product = new Float64Array(plain.length + seasonal.length * period);
  for (let i = 0; i < plain.length; i += 1) product[i] = plain[i]!;
  for (let j = 0; j < seasonal.length; j += 1) {
    const at = (j + 1) * period;
    product[at - 1] = product[at - 1]! + seasonal[j]!;
    for (let i = 0; i < plain.length; i += 1) product[at + i] = product[at + i]! - plain[i]! * seasonal[j]!;
  }
  return product;
}

export function negate(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value) => -value);
}
