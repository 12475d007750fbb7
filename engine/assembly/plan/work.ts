/** Multiplications of all searches so far, roughly: what budgets of work are measured with, the same on every machine. */
let work: i64 = 0;

@inline
export function addWork(multiplications: i64): void {
  work += multiplications;
}

@inline
export function workDone(): i64 {
  return work;
}

/** The same for the host. */
export function searchWork(): f64 {
  return <f64>work;
}
