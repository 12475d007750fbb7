/**
 * The state space form of an ARMA process (Harvey 1989, 3.3) and its stationary covariance, in units of the shock's variance. Pure.
 * State: `a_0 = x_t`, `a_i = Σ_{j >= i} (ar_{j+1} x_{t-1-(j-i)} + ma_j e_{t-(j-i)})`; transition `a_i' = ar_{i+1} a_0 + a_{i+1} + ma_i e'` with ma_0 = 1.
 */

export type StateForm = {
  /** Elements of the state, `max(p, q + 1)`. */
  size: number;
  /** Autoregressive weights, padded with 0 to `size`. */
  ar: Float64Array;
  /** What one shock does to each element: 1 and the moving-average weights, padded with 0. */
  shock: Float64Array;
};

export function toStateForm(ar: ArrayLike<number>, ma: ArrayLike<number>): StateForm {
  const size = Math.max(ar.length, ma.length + 1);
  const form = { size, ar: new Float64Array(size), shock: new Float64Array(size) };
  form.ar.set(Array.from(ar));
  form.shock[0] = 1;
  form.shock.set(Array.from(ma), 1);
  return form;
}

/** Weights of the shocks in `x_t = Σ psi_k e_{t-k}`, k < count. */
export function shockWeights({ ar, shock, size }: StateForm, count: number): Float64Array {
  const weights = new Float64Array(count);
  for (let k = 0; k < count; k += 1) {
    let weight = k < size ? shock[k]! : 0;
    for (let i = 0; i < Math.min(k, size); i += 1) weight += ar[i]! * weights[k - 1 - i]!;
    weights[k] = weight;
  }
  return weights;
}

/** Solves `matrix x = right` in place by elimination with pivots; `null` when the matrix is singular. `matrix` by rows. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const size = right.length;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(matrix[row * size + column]!) > Math.abs(matrix[pivot * size + column]!)) pivot = row;
    const top = matrix[pivot * size + column]!;
    if (!(Math.abs(top) > 0)) return null;
    if (pivot !== column) {
      for (let k = column; k < size; k += 1) {
        const held = matrix[column * size + k]!;
        matrix[column * size + k] = matrix[pivot * size + k]!;
        matrix[pivot * size + k] = held;
      }
      const held = right[column]!;
      right[column] = right[pivot]!;
      right[pivot] = held;
    }
    for (let row = column + 1; row < size; row += 1) {
      const factor = matrix[row * size + column]! / top;
      if (factor === 0) continue;
      for (let k = column; k < size; k += 1) matrix[row * size + k] = matrix[row * size + k]! - factor * matrix[column * size + k]!;
      right[row] = right[row]! - factor * right[column]!;
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let value = right[row]!;
    for (let k = row + 1; k < size; k += 1) value -= matrix[row * size + k]! * right[k]!;
    right[row] = value / matrix[row * size + row]!;
  }
  return right;
}

/** Autocovariances at the lags 0 to `count - 1` over the shock's variance; `null` when the process is not stationary. */
export function autocovariances(form: StateForm, count: number): Float64Array | null {
  const { ar, shock, size } = form;
  const psi = shockWeights(form, size);
  // What lag k has from the shocks both share: Σ_{j >= k} ma_j psi_{j-k}.
  const shared = (lag: number) => {
    let sum = 0;
    for (let j = lag; j < size; j += 1) sum += shock[j]! * psi[j - lag]!;
    return sum;
  };
  const order = ar.findLastIndex((weight) => weight !== 0) + 1;
  const known = order + 1;
  const matrix = new Float64Array(known * known);
  const right = new Float64Array(known);
  for (let lag = 0; lag < known; lag += 1) {
    matrix[lag * known + lag] = 1;
    for (let i = 1; i <= order; i += 1) {
      const at = lag * known + Math.abs(lag - i);
      matrix[at] = matrix[at]! - ar[i - 1]!;
    }
    right[lag] = shared(lag);
  }
  const first = solve(matrix, right);
  if (first === null || !(first[0]! > 0)) return null;
  const all = new Float64Array(count);
  for (let lag = 0; lag < count; lag += 1) {
    if (lag < known) {
      all[lag] = first[lag]!;
      continue;
    }
    let value = shared(lag);
    for (let i = 1; i <= order; i += 1) value += ar[i - 1]! * all[lag - i]!;
    all[lag] = value;
  }
  return all;
}

/** Covariance of every element of the state with `x_t`, the first column of the stationary covariance; `null` when there is none. */
export function stationaryColumn(form: StateForm): Float64Array | null {
  const { size, ar, shock } = form;
  const gamma = autocovariances(form, size + 1);
  if (gamma === null) return null;
  const psi = shockWeights(form, size);
  const column = new Float64Array(size);
  column[0] = gamma[0]!;
  for (let i = 1; i < size; i += 1) {
    let sum = 0;
    for (let j = i; j < size; j += 1) sum += ar[j]! * gamma[1 + j - i]! + shock[j]! * psi[j - i]!;
    column[i] = sum;
  }
  return column;
}

/** The whole stationary covariance by rows, from its first column: element by element from `P = T P T' + R R'`. */
export function stationaryCovariance(form: StateForm): Float64Array | null {
  const column = stationaryColumn(form);
  if (column === null) return null;
  const { size, ar, shock } = form;
  const covariance = new Float64Array(size * size);
  const read = (row: number, at: number) => (row < size && at < size ? covariance[row * size + at]! : 0);
  for (let i = 0; i < size; i += 1) {
    covariance[i * size] = column[i]!;
    covariance[i] = column[i]!;
  }
  for (let i = size - 1; i >= 1; i -= 1)
    for (let k = size - 1; k >= 1; k -= 1)
      covariance[i * size + k] =
        ar[i]! * ar[k]! * column[0]! +
        ar[i]! * (k + 1 < size ? column[k + 1]! : 0) +
        ar[k]! * (i + 1 < size ? column[i + 1]! : 0) +
        read(i + 1, k + 1) +
        shock[i]! * shock[k]!;
  return covariance;
}
