/** A heat map as a table: value, sign and colour in each cell, the own cell outlined. */
import { memo } from 'react';
import type { Format } from '#app/ui/format.ts';
import type { HeatMap } from './heat-map.ts';

export type HeatMapTableProps = {
  map: HeatMap;
  caption: string;
  format: Format;
  formatColumn: (value: number) => string;
  formatRow: (priceUsdPerBtc: number) => string;
};

const HeatCellView = memo(function HeatCellView({ text, className }: { text: string; className: string }) {
  return <td className={className}>{text}</td>;
});

const HeadCell = memo(function HeadCell({ text, scope, className }: { text: string; scope: 'col' | 'row'; className: string | undefined }) {
  return (
    <th scope={scope} className={className}>
      {text}
    </th>
  );
});

function classes(...names: (string | false)[]): string | undefined {
  const kept = names.filter(Boolean).join(' ');
  return kept === '' ? undefined : kept;
}

export function HeatMapTable({ map, caption, format, formatColumn, formatRow }: HeatMapTableProps) {
  return (
    <table className="heat">
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <td />
          {map.columns.map((column, x) => (
            <HeadCell
              // biome-ignore lint/suspicious/noArrayIndexKey: a column keeps its place while its value moves
              key={x}
              scope="col"
              text={formatColumn(column.value)}
              className={classes(column.isOwn && 'me', column.isOptional && 'opt')}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {map.rows.map((row, y) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <tr key={y}>
            <HeadCell scope="row" text={formatRow(row.priceUsdPerBtc)} className={row.isOwn ? 'me' : undefined} />
            {row.cells.map((cell, x) => (
              <HeatCellView
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                key={x}
                text={format.signedNumber(cell.value, map.digits)}
                className={classes(cell.className, cell.isOwn && 'me', map.columns[x]?.isOptional === true && 'opt') ?? ''}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SKELETON_ROWS = 9;
const SKELETON_COLUMNS = 9;

/** The same table without figures: what comes takes exactly its place. */
export function HeatMapSkeleton() {
  return (
    <table className="heat wait" aria-hidden="true">
      <thead>
        <tr>
          <td />
          {Array.from({ length: SKELETON_COLUMNS }, (_, x) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells them apart
            <th key={x} className={x % 2 === 0 ? undefined : 'opt'}>
              &nbsp;
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: SKELETON_ROWS }, (_, y) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells them apart
          <tr key={y}>
            <th />
            {Array.from({ length: SKELETON_COLUMNS }, (_, x) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells them apart
              <td key={x} className={x % 2 === 0 ? 'z0' : 'z0 opt'} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
