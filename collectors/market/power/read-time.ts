/** Days and times as price files write them. What stands for a local time stays one: the zone is the caller's. Pure. */

/** Local time or day, written as if it were UTC, or an instant where the file says the offset. */
export type ReadTime = { kind: 'wall' | 'instant'; ms: number };

/** Order of the parts of dates with strokes: 01/02/2024 is a day in February, or the second of January. */
export type StrokeOrder = 'month-first' | 'day-first';

const CLOCK = String.raw`(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const YEAR_FIRST = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${CLOCK}${ZONE}$`, 'i');
const POINTS = new RegExp(`^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})${CLOCK}${ZONE}$`, 'i');
const STROKES = new RegExp(`^(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4})${CLOCK}${ZONE}$`, 'i');

/** The beginning of a span: "01.01.2024 00:00 - 01.01.2024 01:00". */
const beginning = (cell: string) => cell.split(/\s+[-–]\s+/)[0]?.trim() ?? '';

/** `null`: no cell with strokes says which part is the day, or they contradict each other. */
export function findStrokeOrder(cells: Iterable<string>): StrokeOrder | null | 'none' {
  let hasStrokes = false;
  const said = new Set<StrokeOrder>();
  for (const cell of cells) {
    const match = STROKES.exec(beginning(cell));
    if (match === null) continue;
    hasStrokes = true;
    if (Number(match[1]) > 12) said.add('day-first');
    if (Number(match[2]) > 12) said.add('month-first');
  }
  if (!hasStrokes) return 'none';
  const [order = null] = said;
  return said.size > 1 ? null : order;
}

function toMs(parts: readonly [string, string, string], rest: readonly (string | undefined)[]): ReadTime | null {
  const [year, month, day] = parts.map(Number) as [number, number, number];
  const [hour = 0, minute = 0, second = 0] = rest.slice(0, 3).map((part) => Number(part ?? 0));
  const isMidnightAfter = hour === 24 && minute === 0 && second === 0;
  if (month < 1 || month > 12 || (hour > 23 && !isMidnightAfter) || minute > 59 || second > 59) return null;
  const dayMs = Date.UTC(year, month - 1, day);
  // 31 February would be a day of March.
  if (new Date(dayMs).getUTCDate() !== day) return null;
  const ms = dayMs + ((hour * 60 + minute) * 60 + second) * 1000;
  const zone = rest[3];
  if (zone === undefined) return { kind: 'wall', ms };
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (offset === null) return { kind: 'instant', ms };
  const minutes = (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1);
  return { kind: 'instant', ms: ms - minutes * 60_000 };
}

export function readTime(given: string, strokes: StrokeOrder): ReadTime | null {
  const cell = beginning(given);
  const yearFirst = YEAR_FIRST.exec(cell);
  if (yearFirst !== null) return toMs([yearFirst[1]!, yearFirst[2]!, yearFirst[3]!], yearFirst.slice(4));
  const points = POINTS.exec(cell);
  if (points !== null) return toMs([points[3]!, points[2]!, points[1]!], points.slice(4));
  const match = STROKES.exec(cell);
  if (match === null) return null;
  const [month, day] = strokes === 'month-first' ? [match[1]!, match[2]!] : [match[2]!, match[1]!];
  return toMs([match[3]!, month, day], match.slice(4));
}
