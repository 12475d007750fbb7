/** Draws the rack map: cells of one colour in one path each, so that six thousand are a few hundred microseconds of the frame. */
import { type FleetCells, isStale } from './fleet-cells.ts';
import { CLASS_MARKS, CLASS_TOKENS, classifyCell, type HeatClass, type HeatMode, type HeatToken } from './heat-colours.ts';
import type { RackLayout } from './rack-layout.ts';

export type Paint = Record<HeatToken | 'ink' | 'ink-2' | 'surface' | 'line', string> & { font: string };

export type HeatScene = {
  layout: RackLayout;
  cells: FleetCells;
  mode: HeatMode;
  nowS: number;
  cadenceS: number;
  gapS: number;
};

/** Of a cell whose sample is this many cadences old the colour begins to fade. */
const FADE_FROM_CADENCES = 1.25;
const FADED_ALPHA = 0.55;
const MARK_FROM_PX = 7;
const TITLE_BASELINE_PX = 13;
const TITLE_FONT = '12px ';

type Batch = { token: HeatToken; mark: 'cross' | 'hollow' | 'bar' | null; isFaded: boolean; indexes: number[] };

function batchCells({ cells, mode, nowS, cadenceS, gapS }: HeatScene): Iterable<Batch> {
  const batches = new Map<string, Batch>();
  for (let index = 0; index < cells.numbers.length; index++) {
    const name: HeatClass = classifyCell(cells, index, mode, nowS, gapS);
    const isFaded = name !== 'unknown' && isStale(cells.atS[index] ?? null, nowS, cadenceS * FADE_FROM_CADENCES);
    const key = isFaded ? `${name} faded` : name;
    const batch = batches.get(key);
    if (batch) batch.indexes.push(index);
    else batches.set(key, { token: CLASS_TOKENS[name], mark: CLASS_MARKS[name] ?? null, isFaded, indexes: [index] });
  }
  return batches.values();
}

export function paintRacks(context: CanvasRenderingContext2D, scene: HeatScene, paint: Paint): void {
  const { layout } = scene;
  const { cellPx, x, y } = layout;
  const gap = cellPx > 8 ? 2 : 1;
  const side = cellPx - gap;
  context.clearRect(0, 0, layout.width + cellPx, layout.height + cellPx);
  paintBlocks(context, layout, paint);
  for (const { token, mark, isFaded, indexes } of batchCells(scene)) {
    context.globalAlpha = isFaded ? FADED_ALPHA : 1;
    context.beginPath();
    if (mark === 'hollow') {
      context.strokeStyle = paint[token];
      context.lineWidth = 1;
      for (const index of indexes) context.rect((x[index] ?? 0) + 0.5, (y[index] ?? 0) + 0.5, side - 1, side - 1);
      context.stroke();
      continue;
    }
    context.fillStyle = paint[token];
    for (const index of indexes) context.rect(x[index] ?? 0, y[index] ?? 0, side, side);
    context.fill();
    if (mark !== null && cellPx >= MARK_FROM_PX) paintMarks(context, mark, indexes, layout, side, paint.surface);
  }
  context.globalAlpha = 1;
}

function paintMarks(
  context: CanvasRenderingContext2D,
  mark: 'cross' | 'bar',
  indexes: readonly number[],
  { x, y }: RackLayout,
  side: number,
  colour: string,
): void {
  const inset = Math.max(1, Math.round(side * 0.25));
  context.strokeStyle = colour;
  context.lineWidth = side > 12 ? 2 : 1;
  context.beginPath();
  for (const index of indexes) {
    const [left, top] = [x[index] ?? 0, y[index] ?? 0];
    if (mark === 'bar') {
      context.moveTo(left + inset, top + side / 2);
      context.lineTo(left + side - inset, top + side / 2);
      continue;
    }
    context.moveTo(left + inset, top + inset);
    context.lineTo(left + side - inset, top + side - inset);
    context.moveTo(left + side - inset, top + inset);
    context.lineTo(left + inset, top + side - inset);
  }
  context.stroke();
}

function paintBlocks(context: CanvasRenderingContext2D, { blocks }: RackLayout, paint: Paint): void {
  context.font = TITLE_FONT + paint.font;
  context.fillStyle = paint['ink-2'];
  for (const { name, x, y, width } of blocks) {
    const text = cutToWidth(context, name, width);
    if (text !== '') context.fillText(text, x, y + TITLE_BASELINE_PX);
  }
}

/** The end of a name tells racks apart: C1/R12 becomes R12 before it is cut. */
function cutToWidth(context: CanvasRenderingContext2D, name: string, width: number): string {
  const short = name.slice(name.lastIndexOf('/') + 1);
  return [name, short, short.slice(-3)].find((text) => context.measureText(text).width <= width) ?? '';
}
