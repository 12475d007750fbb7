/** Lists of doubles and of whole numbers at an address. */

@inline
export function figureAt(base: usize, index: i32): f64 {
  return load<f64>(base + (<usize>index << 3));
}

@inline
export function putFigure(base: usize, index: i32, value: f64): void {
  store<f64>(base + (<usize>index << 3), value);
}

@inline
export function wholeAt(base: usize, index: i32): i32 {
  return load<i32>(base + (<usize>index << 2));
}

@inline
export function putWhole(base: usize, index: i32, value: i32): void {
  store<i32>(base + (<usize>index << 2), value);
}
