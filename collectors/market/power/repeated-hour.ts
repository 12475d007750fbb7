/** Which of its two instants a local time has that comes twice when the clock is set back, told by the order of the rows. Pure. */

/** Instants that the local time of a row can be, ascending; none for a row without a readable time. `isSaid`: the row itself tells which one it is. */
export type TimedRow = { instants: readonly number[]; isSaid: boolean };

/** Rows next to each other, `from` to `to` (excluded), all of times that come twice. */
type Block = { from: number; to: number };

/**
 * The instant of each row whose time comes twice and says no more; other rows are left out, and so are those that nobody can tell. Told are two rows of the same
 * time in one block, when the rows around it run forward (the first is the earlier hour) or backward (the later one), and stand once in the file: where they
 * stand twice, so may the block, and it is one hour said twice. Rows without a price count as rows. O(rows).
 */
export function tellRepeatedHours(rows: readonly TimedRow[]): Map<number, number> {
  const told = new Map<number, number>();
  const timed = rows.map((_, index) => index).filter((index) => rows[index]!.instants.length > 0);
  const isOpen = (place: number) => isTwice(rows[timed[place] ?? -1]);
  const counts = countStarts(rows);
  for (const block of findBlocks(timed.length, isOpen)) {
    const runsBackward = findDirection(block, timed, rows, counts);
    if (runsBackward === null) continue;
    for (const [earlier, later] of findPairs(timed.slice(block.from, block.to), rows, counts)) {
      const [first, second] = rows[earlier]!.instants as [number, number];
      told.set(earlier, runsBackward ? second : first);
      told.set(later, runsBackward ? first : second);
    }
  }
  return told;
}

const isTwice = (row: TimedRow | undefined) => row !== undefined && row.instants.length > 1 && !row.isSaid;

/** Rows of each first instant, over the whole file. */
function countStarts(rows: readonly TimedRow[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { instants } of rows) {
    const first = instants[0];
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return counts;
}

function findBlocks(length: number, isOpen: (place: number) => boolean): Block[] {
  const blocks: Block[] = [];
  for (let from = 0; from < length; from++) {
    if (!isOpen(from)) continue;
    let to = from + 1;
    while (to < length && isOpen(to)) to++;
    blocks.push({ from, to });
    from = to;
  }
  return blocks;
}

/** `true`: the rows around the block run from late to early; `null`: they do not tell. */
function findDirection(
  { from, to }: Block,
  timed: readonly number[],
  rows: readonly TimedRow[],
  counts: ReadonlyMap<number, number>,
): boolean | null {
  const around = [from - 1, to].map((place) => rows[timed[place] ?? -1]);
  let [earliest, latest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const index of timed.slice(from, to)) {
    const { instants } = rows[index]!;
    [earliest, latest] = [Math.min(earliest, instants[0]!), Math.max(latest, instants[1]!)];
  }
  const directions = around.flatMap((row, side) => {
    const startMs = row?.instants[0];
    if (row === undefined || startMs === undefined) return [];
    // A flagged row of the same hour is on neither side.
    if (row.instants.length > 1 || counts.get(startMs) !== 1 || (startMs >= earliest && startMs <= latest)) return [null];
    return [startMs > latest === (side === 0)];
  });
  const [first, second = first] = directions;
  return first === undefined || first !== second ? null : first;
}

/** The places of both rows of each time that stands twice in the block and nowhere else. */
function findPairs(block: readonly number[], rows: readonly TimedRow[], counts: ReadonlyMap<number, number>): [number, number][] {
  const seen = new Map<number, number>();
  const pairs: [number, number][] = [];
  for (const index of block) {
    const first = rows[index]!.instants[0]!;
    if (counts.get(first) !== 2) continue;
    const before = seen.get(first);
    if (before === undefined) seen.set(first, index);
    else pairs.push([before, index]);
  }
  return pairs;
}
