/** Standard errors from the observed information: the inverse of the negative second derivatives of the log-likelihood at its maximum, by central differences. Pure. */

/** Fourth root of the machine's precision: the best step for second differences. */
const STEP = 1.2e-4;

/** One standard error for each parameter; all `null` when the likelihood is not curved downwards there (at an edge of its domain). */
export function observedErrors(
  logLikelihood: (point: Float64Array) => number,
  point: Float64Array,
  checkpoint: () => void,
): (number | null)[] {
  const size = point.length;
  const steps = point.map((value) => STEP * Math.max(Math.abs(value), 0.1));
  const top = logLikelihood(point);
  const information = new Float64Array(size * size);
  const at = (i: number, di: number, k: number, dk: number) => {
    const moved = Float64Array.from(point);
    moved[i] = moved[i]! + di * steps[i]!;
    moved[k] = moved[k]! + dk * steps[k]!;
    return logLikelihood(moved);
  };
  for (let i = 0; i < size; i += 1) {
    checkpoint();
    information[i * size + i] = -(at(i, 1, i, 0) - 2 * top + at(i, -1, i, 0)) / (steps[i]! * steps[i]!);
    for (let k = 0; k < i; k += 1) {
      const mixed = (at(i, 1, k, 1) - at(i, 1, k, -1) - at(i, -1, k, 1) + at(i, -1, k, -1)) / (4 * steps[i]! * steps[k]!);
      information[i * size + k] = -mixed;
      information[k * size + i] = -mixed;
    }
  }
  const inverse = invertPositive(information, size);
  return Array.from({ length: size }, (_, i) => (inverse === null ? null : Math.sqrt(inverse[i * size + i]!)));
}

/** Inverse of a symmetric positive matrix by Cholesky on its correlation form; `null` when it is not positive. */
function invertPositive(matrix: Float64Array, size: number): Float64Array | null {
  const scales = Float64Array.from({ length: size }, (_, i) => 1 / Math.sqrt(matrix[i * size + i]!));
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k <= i; k += 1) {
      let sum = matrix[i * size + k]! * scales[i]! * scales[k]!;
      for (let j = 0; j < k; j += 1) sum -= lower[i * size + j]! * lower[k * size + j]!;
      // Below rounding of the differences the information says nothing.
      if (i === k && !(sum > 1e-9)) return null;
      lower[i * size + k] = i === k ? Math.sqrt(sum) : sum / lower[k * size + k]!;
    }
  }
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column += 1) {
    const x = new Float64Array(size);
    for (let i = 0; i < size; i += 1) {
      let value = i === column ? 1 : 0;
      for (let k = 0; k < i; k += 1) value -= lower[i * size + k]! * x[k]!;
      x[i] = value / lower[i * size + i]!;
    }
    for (let i = size - 1; i >= 0; i -= 1) {
      let value = x[i]!;
      for (let k = i + 1; k < size; k += 1) value -= lower[k * size + i]! * x[k]!;
      x[i] = value / lower[i * size + i]!;
    }
    for (let i = 0; i < size; i += 1) inverse[i * size + column] = x[i]! * scales[i]! * scales[column]!;
  }
  return inverse;
}
