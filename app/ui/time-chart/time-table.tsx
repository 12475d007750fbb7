/** What a time chart shows, as a table: the newest moments of the part that is seen. A few rows stand in the page for readers without script; the rest is written when somebody opens it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataDisclosure } from '../disclosure.tsx';
import { listParts, type Pane, readValue } from './series.ts';

const MAX_ROWS = 200;
const ROWS_UNOPENED = 20;

type Props = {
  times: readonly number[] | Float64Array;
  panes: readonly Pane[];
  first: number;
  last: number;
  say: (timeMs: number) => string;
};

export function TimeTable({ times, panes, first, last, say }: Props) {
  const { t } = useTranslation('chart');
  const [isOpen, setOpen] = useState(false);
  const count = Math.max(0, Math.min(isOpen ? MAX_ROWS : ROWS_UNOPENED, last - first + 1));
  const names = {
    lower: t('part.lower'),
    upper: t('part.upper'),
    open: t('part.open'),
    high: t('part.high'),
    low: t('part.low'),
    close: t('part.close'),
  };
  const columns = panes.flatMap((pane) => pane.series.flatMap((series) => listParts(series, names).map((part) => ({ pane, part }))));
  return (
    <DataDisclosure title={t('table')} onOpen={setOpen}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="tw tc-table" tabIndex={0} aria-label={t('table')}>
        <table className="t dense">
          <thead>
            <tr>
              <th scope="col">{t('moment')}</th>
              {columns.map(({ pane, part }) => (
                <th key={`${pane.id}-${part.id}`} scope="col" className="num">
                  {part.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: count }, (_, row) => last - row).map((index) => (
              <tr key={times[index]}>
                <th scope="row" className="nw">
                  {say(times[index]!)}
                </th>
                {columns.map(({ pane, part }) => (
                  <td key={`${pane.id}-${part.id}`} className="num">
                    {pane.say(readValue(part.values, index))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {last - first + 1 > count ? <p className="small dim">{t('newest', { count })}</p> : null}
    </DataDisclosure>
  );
}
