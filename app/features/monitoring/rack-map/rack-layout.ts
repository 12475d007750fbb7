/** Where the cells of a rack map stand on a canvas of a given width. Pure. */

export type Rack = {
  id: string;
  /** With the place that it stands in before it, where there is one. */
  name: string;
  /** Null: the reader sees own machines only, and not how large the host's racks are. */
  rows: number | null;
  columns: number | null;
};

export type RackBlock = { name: string; x: number; y: number; width: number; height: number; rows: number; columns: number };

export type RackLayout = {
  cellPx: number;
  width: number;
  height: number;
  blocks: RackBlock[];
  /** Upper left corner of each machine's cell, by its place in the columns. */
  x: Float32Array;
  y: Float32Array;
  /** Machines as they are read: rack by rack, row by row. Every one of them, once. */
  order: readonly number[];
  /** Places in `order` at which a rack begins. */
  rackStarts: readonly number[];
};

/** Sides of cells that are tried, large first; the smallest is taken though the map then scrolls. */
const CELL_SIDES_PX = [24, 20, 16, 14, 12, 10, 9, 8, 7, 6, 5] as const;
const TITLE_PX = 18;
const GAP_PX = 12;
/** Machines beside each other that stand in no rack. */
const LOOSE_COLUMNS = 12;

type Group = { name: string; rows: number; columns: number; members: { index: number; row: number; column: number }[] };

export type Placed = { racks: readonly (number | null)[]; rows: readonly (number | null)[]; columns: readonly (number | null)[] };

/** `looseName`: heads the machines without a rack. */
export function groupByRack(racks: readonly Rack[], placed: Placed, looseName: string): Group[] {
  const groups = racks.map((rack): Group => ({ name: rack.name, rows: rack.rows ?? 0, columns: rack.columns ?? 0, members: [] }));
  const flowing: number[][] = racks.map(() => []);
  const loose: number[] = [];
  placed.racks.forEach((rack, index) => {
    const row = placed.rows[index] ?? null;
    const column = placed.columns[index] ?? null;
    const group = rack === null ? undefined : groups[rack];
    if (rack === null || group === undefined) loose.push(index);
    else if (row === null || column === null || row > group.rows || column > group.columns) flowing[rack]?.push(index);
    else group.members.push({ index, row: row - 1, column: column - 1 });
  });
  // Machines that are in a rack but have no position in it follow below its positions.
  groups.forEach((group, rack) => {
    const indexes = flowing[rack] ?? [];
    if (indexes.length === 0) return;
    group.columns = Math.max(group.columns, Math.min(LOOSE_COLUMNS, indexes.length));
    flow(group, indexes);
  });
  if (loose.length > 0) {
    const columns = Math.min(loose.length, Math.max(LOOSE_COLUMNS, Math.ceil(Math.sqrt(loose.length * 4))));
    const rest: Group = { name: looseName, rows: 0, columns, members: [] };
    flow(rest, loose);
    groups.push(rest);
  }
  return groups.filter(({ members }) => members.length > 0);
}

function flow(group: Group, indexes: readonly number[]): void {
  indexes.forEach((index, place) => {
    group.members.push({ index, row: group.rows + Math.floor(place / group.columns), column: place % group.columns });
  });
  group.rows += Math.ceil(indexes.length / group.columns);
}

/** The largest cells with which the racks fit into `heightPx`. Racks stand beside each other as words in a line do. */
export function layOutRacks(groups: readonly Group[], count: number, widthPx: number, heightPx: number): RackLayout {
  for (const cellPx of CELL_SIDES_PX) {
    const layout = place(groups, count, widthPx, cellPx);
    if ((layout.height <= heightPx && layout.width <= widthPx) || cellPx === CELL_SIDES_PX.at(-1)) return layout;
  }
  throw new Error('no side of a cell is left to try');
}

function place(groups: readonly Group[], count: number, widthPx: number, cellPx: number): RackLayout {
  const x = new Float32Array(count).fill(Number.NaN);
  const y = new Float32Array(count).fill(Number.NaN);
  const blocks: RackBlock[] = [];
  const order: number[] = [];
  const rackStarts: number[] = [];
  let left = 0;
  let top = 0;
  let lineHeight = 0;
  let widest = 0;
  for (const group of groups) {
    // What is wider than the map is folded: its columns go on in further rows.
    const columns = Math.max(1, Math.min(group.columns, Math.floor(widthPx / cellPx)));
    const folds = Math.ceil(group.columns / columns);
    const width = columns * cellPx;
    const height = TITLE_PX + group.rows * folds * cellPx;
    if (left > 0 && left + width > widthPx) {
      left = 0;
      top += lineHeight + GAP_PX;
      lineHeight = 0;
    }
    blocks.push({ name: group.name, x: left, y: top, width, height, rows: group.rows * folds, columns });
    for (const { index, row, column } of group.members) {
      x[index] = left + (column % columns) * cellPx;
      y[index] = top + TITLE_PX + (row * folds + Math.floor(column / columns)) * cellPx;
    }
    rackStarts.push(order.length);
    const read = [...group.members].sort((one, other) => one.row - other.row || one.column - other.column);
    order.push(...read.map(({ index }) => index));
    lineHeight = Math.max(lineHeight, height);
    widest = Math.max(widest, left + width);
    left += width + GAP_PX;
  }
  return { cellPx, width: widest, height: top + lineHeight, blocks, x, y, order, rackStarts };
}

/** The machine whose cell holds the point; null: none. */
export function findCell({ x, y, cellPx }: RackLayout, pointX: number, pointY: number): number | null {
  for (let index = 0; index < x.length; index++) {
    const dx = pointX - (x[index] ?? Number.NaN);
    const dy = pointY - (y[index] ?? Number.NaN);
    if (dx >= 0 && dx < cellPx && dy >= 0 && dy < cellPx) return index;
  }
  return null;
}
