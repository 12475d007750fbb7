import { expect, test } from 'vitest';
import { arrivalsUntil } from './arrivals.ts';
import { draw } from './draw.ts';

test('the count never falls as time goes on, and follows from seed and stream alone', () => {
  for (let seed = 1; seed <= 20; seed++) {
    let reach = 0;
    let before = 0;
    for (let step = 0; step < 200; step++) {
      reach += 10 * draw(seed, 5, step) ** 4;
      const count = arrivalsUntil(reach, seed, 1);
      expect(count).toBeGreaterThanOrEqual(before);
      expect(arrivalsUntil(reach, seed, 1)).toBe(count);
      before = count;
    }
  }
});

test('mean and variance of the count over many seeds are those of a Poisson process', () => {
  for (const reach of [0.5, 3, 40.25, 1000]) {
    const counts = Array.from({ length: 3000 }, (_, seed) => arrivalsUntil(reach, seed + 1, 7));
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    // Five standard errors of a mean of 3,000, and as wide for the variance.
    expect(Math.abs(mean - reach)).toBeLessThan(5 * Math.sqrt(reach / 3000));
    expect(variance / reach).toBeGreaterThan(0.85);
    expect(variance / reach).toBeLessThan(1.15);
  }
});

test('counts of neighbouring spans do not hang together', () => {
  const spans = Array.from({ length: 3000 }, (_, seed) => {
    const middle = arrivalsUntil(8, seed + 1, 3);
    return [middle, arrivalsUntil(16, seed + 1, 3) - middle] as const;
  });
  const covariance = spans.reduce((sum, [a, b]) => sum + (a - 8) * (b - 8), 0) / spans.length;
  expect(Math.abs(covariance)).toBeLessThan(8 * 0.1);
});

test('nothing arrives before the beginning', () => {
  expect(arrivalsUntil(0, 1, 1)).toBe(0);
  expect(arrivalsUntil(-5, 1, 1)).toBe(0);
});
