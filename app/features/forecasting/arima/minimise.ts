/** Minimum of a smooth function of a few numbers: BFGS with central differences and a backtracking line search (Nocedal and Wright 2006, ch. 6). Pure. */

const MAX_STEPS = 200;
/** Steps of the differences: the cube root of the machine's precision, on numbers of the size of 1. */
const DIFFERENCE = 6e-6;
/** A gradient this small per unit of the function's own scale is taken for zero. */
const FLAT = 1e-7;
const SUFFICIENT = 1e-4;
const MAX_HALVINGS = 40;
/** No single step is longer: far out the transformed parameters are flat and a step from there finds no way back. */
const LONGEST_STEP = 2;

export type Minimum = { point: Float64Array; value: number; steps: number };

/** `objective` may return Infinity outside of its domain. `checkpoint` is called at every step and may throw to stop. */
export function minimise(objective: (point: Float64Array) => number, start: ArrayLike<number>, checkpoint: () => void): Minimum {
  const size = start.length;
  let point: Float64Array = Float64Array.from(start);
  let value = objective(point);
  if (size === 0 || !Number.isFinite(value)) return { point, value, steps: 0 };
  let gradient = slope(objective, point, value);
  let inverse = unit(size);
  let isFresh = true;
  let steps = 0;
  for (; steps < MAX_STEPS; steps += 1) {
    checkpoint();
    if (largestOf(gradient) <= FLAT * Math.max(1, Math.abs(value))) break;
    const direction = times(inverse, gradient).map((entry) => -entry);
    let descent = dot(direction, gradient);
    if (!(descent < 0)) {
      if (isFresh) break;
      inverse = unit(size);
      isFresh = true;
      continue;
    }
    // Before the curvature is known the gradient says nothing about how far to go.
    const longest = isFresh ? 0.1 : LONGEST_STEP;
    const shrink = Math.min(1, longest / largestOf(direction));
    for (let i = 0; i < size; i += 1) direction[i] = direction[i]! * shrink;
    descent *= shrink;
    const found = search(objective, point, value, direction, descent);
    if (found === null) {
      if (isFresh) break;
      inverse = unit(size);
      isFresh = true;
      continue;
    }
    const nextGradient = slope(objective, found.point, found.value);
    const moved = found.point.map((entry, i) => entry - point[i]!);
    const turned = nextGradient.map((entry, i) => entry - gradient[i]!);
    const isDone = value - found.value <= 1e-13 * Math.abs(value) && !isFresh;
    ({ point, value } = found);
    gradient = nextGradient;
    const curvature = dot(moved, turned);
    if (curvature > 1e-12) {
      if (isFresh) inverse = unit(size).map((entry) => (entry * curvature) / dot(turned, turned));
      update(inverse, moved, turned, curvature);
      isFresh = false;
    }
    if (isDone) break;
  }
  return { point, value, steps };
}

function search(
  objective: (point: Float64Array) => number,
  point: Float64Array,
  value: number,
  direction: Float64Array,
  descent: number,
): { point: Float64Array; value: number } | null {
  let length = 1;
  for (let halving = 0; halving < MAX_HALVINGS; halving += 1) {
    const candidate = point.map((entry, i) => entry + length * direction[i]!);
    const reached = objective(candidate);
    if (reached <= value + SUFFICIENT * length * descent) return { point: candidate, value: reached };
    // The parabola through both values and the slope at the start; a half where it says nothing.
    const best = (-descent * length * length) / (2 * (reached - value - descent * length));
    length = Number.isFinite(best) ? Math.min(0.5 * length, Math.max(0.1 * length, best)) : 0.5 * length;
  }
  return null;
}

function slope(objective: (point: Float64Array) => number, point: Float64Array, value: number): Float64Array {
  const moved = Float64Array.from(point);
  return point.map((entry, i) => {
    const step = DIFFERENCE * Math.max(1, Math.abs(entry));
    moved[i] = entry + step;
    const above = objective(moved);
    moved[i] = entry - step;
    const below = objective(moved);
    moved[i] = entry;
    if (Number.isFinite(above) && Number.isFinite(below)) return (above - below) / (2 * step);
    if (Number.isFinite(above)) return (above - value) / step;
    return Number.isFinite(below) ? (value - below) / step : 0;
  });
}

function unit(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, row) => {
    let sum = 0;
    for (let k = 0; k < size; k += 1) sum += matrix[row * size + k]! * vector[k]!;
    return sum;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

function largestOf(vector: Float64Array): number {
  return vector.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}

/** The BFGS update of the inverse of the matrix of second derivatives, in place. */
function update(inverse: Float64Array, moved: Float64Array, turned: Float64Array, curvature: number): void {
  const size = moved.length;
  const carried = times(inverse, turned);
  const factor = (1 + dot(turned, carried) / curvature) / curvature;
  for (let i = 0; i < size; i += 1)
    for (let k = 0; k < size; k += 1)
      inverse[i * size + k] =
        inverse[i * size + k]! + factor * moved[i]! * moved[k]! - (carried[i]! * moved[k]! + moved[i]! * carried[k]!) / curvature;
}
