/**
 * A heat map as a table: value, sign and colour in each cell, the own cell outlined. React puts the cells there; every input then
 * writes into them directly, since eighty cells a map through a tree of elements would not fit the frame.
 */
import { useMemo, useRef } from 'react';
import type { CalculatorState } from '#app/features/calculator/calculator-store.ts';
import { createTextWriter } from '#app/features/calculator/text-writer.ts';
import { useCalculator, useIsHydrated } from '#app/features/calculator/use-calculator.ts';
import { useFollower, useSelectedWhenSeen } from '#app/features/calculator/when-seen.ts';
import type { HeatMap } from './heat-map.ts';

/** One head or cell of the table, ready to be shown. */
export type HeatText = { text: string; className: string };
export type HeatTexts = { columns: HeatText[]; rows: { head: HeatText; cells: HeatText[] }[] };

function classes(...names: (string | false)[]): string {
  return names.filter(Boolean).join(' ');
}

export type HeatFormats = {
  column: (value: number) => string;
  row: (priceUsdPerBtc: number) => string;
  cell: (value: number, digits: number) => string;
};

export function toHeatTexts(map: HeatMap, formats: HeatFormats): HeatTexts {
  return {
    columns: map.columns.map((column) => ({
      text: formats.column(column.value),
      className: classes(column.isOwn && 'me', column.isOptional && 'opt'),
    })),
    rows: map.rows.map((row) => ({
      head: { text: formats.row(row.priceUsdPerBtc), className: row.isOwn ? 'me' : '' },
      cells: row.cells.map((cell, x) => ({
        text: formats.cell(cell.value, map.digits),
        className: classes(cell.className, cell.isOwn && 'me', map.columns[x]?.isOptional === true && 'opt'),
      })),
    })),
  };
}

/** Heads and cells in the order of the page. */
function flatten({ columns, rows }: HeatTexts): HeatText[] {
  return [...columns, ...rows.flatMap((row) => [row.head, ...row.cells])];
}

export type HeatMapTableProps = {
  caption: string;
  /** `null`: the map cannot be computed for these inputs. Has to give the same for the same state. */
  read: (state: CalculatorState) => HeatTexts | null;
  /** Rows x columns of the state's map, "9x9"; "none" without one. */
  readShape: (state: CalculatorState) => string;
};

export function HeatMapTable({ caption, read, readShape }: HeatMapTableProps) {
  const { store } = useCalculator();
  const isHydrated = useIsHydrated();
  const table = useRef<HTMLTableElement>(null);
  const shape = useSelectedWhenSeen(table, readShape);

  useFollower(
    table,
    (element) => {
      const writer = createTextWriter([...element.querySelectorAll('th, tbody td')]);
      const update = () => {
        const texts = read(store.getState());
        if (texts === null) return;
        flatten(texts).forEach(({ text, className }, index) => {
          writer.setText(index, text);
          writer.setClass(index, className);
        });
      };
      return { update };
    },
    shape,
  );

  // Only another shape is React's business; the texts inside are written by the follower.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const rows = useMemo(() => {
    const texts = read(isHydrated ? store.getState() : store.initialState);
    return texts === null ? null : <Cells texts={texts} />;
  }, [shape]);
  if (rows === null) return null;
  return (
    <table className="heat" ref={table} key={shape}>
      <caption className="vh">{caption}</caption>
      {rows}
    </table>
  );
}

function Cells({ texts }: { texts: HeatTexts }) {
  return (
    <>
      <thead>
        <tr>
          <td />
          {texts.columns.map(({ text, className }, x) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column keeps its place while its value moves
            <th key={x} scope="col" className={className}>
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {texts.rows.map((row, y) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <tr key={y}>
            <th scope="row" className={row.head.className}>
              {row.head.text}
            </th>
            {row.cells.map(({ text, className }, x) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <td key={x} className={className}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
}

const SKELETON_ROWS = 9;
const SKELETON_COLUMNS = 10;

/** The same table without figures: what comes takes exactly its place. */
export function HeatMapSkeleton() {
  const blank = { text: '\u00a0', className: '' };
  const texts: HeatTexts = {
    columns: Array.from({ length: SKELETON_COLUMNS }, (_, x) => ({ ...blank, className: x % 2 === 0 ? '' : 'opt' })),
    rows: Array.from({ length: SKELETON_ROWS }, () => ({
      head: blank,
      cells: Array.from({ length: SKELETON_COLUMNS }, (_, x) => ({ ...blank, className: x % 2 === 0 ? 'z0' : 'z0 opt' })),
    })),
  };
  return (
    <table className="heat wait" aria-hidden="true">
      <Cells texts={texts} />
    </table>
  );
}
