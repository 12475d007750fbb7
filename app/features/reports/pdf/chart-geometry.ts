/** Where the marks of a chart lie, in its own units. Pure. */
import { chooseScale } from '#app/ui/chart-axis.ts';
import type { Chart } from '../model/document.ts';

export const WIDTH = 680;
const TICKS_OF_CATEGORIES = 13;

export type Geometry = {
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  ticks: { at: number; value: number }[];
  /** From a value to its place on the value axis. */
  place: (value: number) => number;
  /** Middle of a category on the other axis, and the room it has. */
  middle: (index: number) => number;
  room: number;
  /** Categories that carry a label: each where there is room, else every n-th. */
  labelled: (index: number) => boolean;
};

export function toGeometry({ kind, categories, series, base }: Chart): Geometry {
  const values = series.flatMap(({ values: own }) => own).filter((value) => value !== null);
  const { bottom: low, top: high, ticks } = chooseScale(Math.min(base, ...values), Math.max(base, ...values));
  const isLying = kind === 'bars';
  const height = isLying ? 46 + categories.length * Math.max(34, 20 * series.length) : 340;
  const box = isLying
    ? { left: 190, right: WIDTH - 30, top: 28, bottom: height - 36 }
    : { left: 70, right: WIDTH - 20, top: 32, bottom: height - 44 };
  const share = (value: number) => (value - low) / (high - low);
  const place = (value: number) =>
    isLying ? box.left + share(value) * (box.right - box.left) : box.bottom - share(value) * (box.bottom - box.top);
  const span = isLying ? box.bottom - box.top : box.right - box.left;
  const from = isLying ? box.top : box.left;
  const isLine = kind === 'line';
  const parts = isLine ? Math.max(1, categories.length - 1) : categories.length;
  const room = span / parts;
  const every = isLying ? 1 : Math.max(1, Math.ceil(categories.length / TICKS_OF_CATEGORIES));
  return {
    height,
    ...box,
    ticks: ticks.map((value) => ({ at: place(value), value })),
    place,
    middle: (index) => from + (isLine ? index : index + 0.5) * room,
    room,
    labelled: (index) => index % every === 0,
  };
}

/** A line through the points that are known; a gap where one is not. */
export function toLinePath(values: readonly (number | null)[], { middle, place }: Geometry): string {
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const joins = index > 0 && values[index - 1] !== null;
    path += `${joins ? 'L' : 'M'}${middle(index).toFixed(1)} ${place(value).toFixed(1)}`;
  });
  return path;
}
