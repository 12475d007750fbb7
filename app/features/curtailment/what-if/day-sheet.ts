/** Geometry of the day sheet: equal neighbours joined to bars, steps of price and load, ticks of the clock. Across in percent of the horizon, so that every row shares one axis. Pure. */
import { MINUTES_PER_DAY, writeClock } from './local-time.ts';
import type { Setting } from './to-plan-problem.ts';

/** Share of full power in five levels: off, up to a third, up to two thirds, less than all, all. */
export const LEVELS = ['q0', 'q1', 'q2', 'q3', 'q4'] as const;
export type Level = (typeof LEVELS)[number];

export function levelOf(share: number): Level {
  if (share <= 0) return 'q0';
  if (share >= 1 - 1e-9) return 'q4';
  return share <= 1 / 3 ? 'q1' : share <= 2 / 3 ? 'q2' : 'q3';
}

export type Bar = { from: number; to: number; xPercent: number; widthPercent: number; level: Level; share: number };

const SHARES_ALIKE = 0.005;

/** Neighbouring intervals of the same share as one bar. */
export function toBars(powerKw: readonly number[], fullKw: number): Bar[] {
  const bars: Bar[] = [];
  powerKw.forEach((kw, t) => {
    const share = fullKw > 0 ? kw / fullKw : 0;
    const level = levelOf(share);
    const open = bars.at(-1);
    if (open && open.level === level && Math.abs(open.share - share) < SHARES_ALIKE) open.to = t + 1;
    else bars.push({ from: t, to: t + 1, xPercent: 0, widthPercent: 0, level, share });
  });
  const percent = (t: number) => (t / powerKw.length) * 100;
  return bars.map((bar) => ({ ...bar, xPercent: percent(bar.from), widthPercent: percent(bar.to) - percent(bar.from) }));
}

/** Units of the step drawings: one across an interval, so many from bottom to top. */
export const STEP_HEIGHT = 100;

export type Scale = { low: number; high: number };

export function toY(value: number, { low, high }: Scale): number {
  return high === low ? STEP_HEIGHT : ((high - Math.min(high, Math.max(low, value))) / (high - low)) * STEP_HEIGHT;
}

/** A line of steps; gaps where the value is null. */
export function toStepPath(values: readonly (number | null)[], scale: Scale): string {
  let path = '';
  values.forEach((value, t) => {
    if (value === null) return;
    const y = toY(value, scale).toFixed(2);
    path += t > 0 && values[t - 1] !== null && values[t - 1] !== undefined ? `V${y}H${t + 1}` : `M${t} ${y}H${t + 1}`;
  });
  return path;
}

/** The area between the steps and zero. */
export function toStepArea(values: readonly number[], scale: Scale): string {
  const zero = toY(0, scale).toFixed(2);
  return `M0 ${zero}${values.map((value, t) => `V${toY(value, scale).toFixed(2)}H${t + 1}`).join('')}V${zero}Z`;
}

export function priceScale(prices: readonly number[]): Scale {
  return { low: Math.min(0, ...prices), high: Math.max(0, ...prices) };
}

/** Up to the whole fleet, and to a cap that lies a little above it. */
export function loadScale(fullKw: number, capKw: readonly (number | null)[]): Scale {
  const caps = capKw.filter((cap) => cap !== null && cap <= fullKw * 1.2) as number[];
  return { low: 0, high: Math.max(fullKw, ...caps) };
}

export type Tick = { xPercent: number; label: string; isMinor: boolean };

const MAJOR_MINUTES = 360;
const MINOR_MINUTES = 180;

/** Every six hours of the clock, every three between; the end of the horizon. */
export function listTicks({ times, problem }: Pick<Setting, 'times' | 'problem'>): Tick[] {
  const { count, minutes } = problem.interval;
  const ticks: Tick[] = [];
  times.startMinutes.forEach((start, t) => {
    if (start % MINOR_MINUTES !== 0 || times.isRepeated[t]) return;
    ticks.push({ xPercent: (t / count) * 100, label: writeClock(start), isMinor: start % MAJOR_MINUTES !== 0 });
  });
  const end = (times.startMinutes[count - 1] ?? 0) + minutes;
  if (ticks.length > 0) ticks.push({ xPercent: 100, label: writeClock(Math.min(MINUTES_PER_DAY, end)), isMinor: false });
  return ticks;
}
