import { draw, drawNormal, mix } from './draw.ts';

/** Points are thrown on [0, 2³¹): at one a second, 68 years. */
const LEVELS = 31;

/**
 * How many of the points of a Poisson process with one point a unit lie in [0, reach): never falls as `reach` grows, and costs the same for every
 * `reach`. 2³¹ points lie in [0, 2³¹) and each half of an interval holds a binomial share of its points, drawn by the interval's place, so the
 * way down to `reach` is 31 draws. A process with another intensity is this one at the integral of its intensity.
 */
export function arrivalsUntil(reach: number, seed: number, stream: number): number {
  if (!(reach > 0)) return 0;
  let points = 2 ** LEVELS;
  let before = 0;
  let from = 0;
  let length = 2 ** LEVELS;
  if (reach >= length) return points;
  for (let level = 1; length > 1 && points > 0; level++) {
    length /= 2;
    const left = drawHalf(points, mix(seed, stream, level), from);
    if (reach < from + length) {
      points = left;
    } else {
      before += left;
      points -= left;
      from += length;
    }
  }
  const share = reach - from;
  for (let point = 0; point < points; point++) if (draw(seed, stream + LEVELS, from, point) < share) before += 1;
  return before;
}

/** Of `points`, how many fall in the left half: exact for few of them, by the normal distribution for many. */
function drawHalf(points: number, seed: number, place: number): number {
  if (points <= 64) {
    const high = points > 32 ? countBits(mix(seed, place, 1) >>> (64 - points)) : 0;
    const low = countBits(points >= 32 ? mix(seed, place, 2) : mix(seed, place, 2) >>> (32 - points));
    return high + low;
  }
  const half = points / 2 + drawNormal(seed, place) * (Math.sqrt(points) / 2);
  return Math.min(points, Math.max(0, Math.round(half)));
}

function countBits(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
