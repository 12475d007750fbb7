// Round ticks for the axes of charts. Pure, so that the server draws the same picture as the browser.

/** A step of 1, 2 or 5 times a power of ten that divides `span` > 0 into at most `most` parts. */
function findTickStep(span: number, most: number): number {
  const rough = span / most;
  const decade = 10 ** Math.floor(Math.log10(rough));
  return decade * ([1, 2, 5, 10].find((factor) => factor * decade >= rough) ?? 10);
}

const MOST_PARTS = 4;

export type Scale = { bottom: number; top: number; ticks: number[] };

/** From the round figure at or below `lowest` to the one at or above `highest`. Never empty, even when both are the same. */
export function chooseScale(lowest: number, highest: number): Scale {
  const step = findTickStep(highest - lowest > 0 ? highest - lowest : 1, MOST_PARTS);
  const bottom = Math.floor(lowest / step) * step;
  const top = Math.max(Math.ceil(highest / step) * step, bottom + step);
  const ticks: number[] = [];
  for (let k = 0; bottom + k * step <= top + step / 2; k++) ticks.push(bottom + k * step);
  return { bottom, top, ticks };
}

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 36] as const;

/** Months 0 to `horizon` that carry a label: at most five. */
export function chooseMonthTicks(horizon: number): number[] {
  const step = MONTH_STEPS.find((candidate) => horizon / candidate <= MOST_PARTS) ?? horizon;
  return Array.from({ length: Math.floor(horizon / step) + 1 }, (_, k) => k * step);
}
