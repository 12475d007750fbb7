/** What a time chart shows, as a table: the newest moments of the part that is seen. Written only when somebody opens it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataDisclosure } from '../disclosure.tsx';
import { sayAt } from './readout.tsx';
import type { Pane } from './series.ts';

const MAX_ROWS = 200;

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
  const count = Math.max(0, Math.min(MAX_ROWS, last - first + 1));
  const columns = panes.flatMap((pane) => pane.series.map((series) => ({ pane, series })));
  return (
    <DataDisclosure title={t('table')} onOpen={setOpen}>
      {isOpen ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <section className="tw tc-table" tabIndex={0} aria-label={t('table')}>
          <table className="t dense">
            <thead>
              <tr>
                <th scope="col">{t('moment')}</th>
                {columns.map(({ pane, series }) => (
                  <th key={`${pane.id}-${series.id}`} scope="col" className="num">
                    {series.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Array.from({ length: count }, (_, row) => last - row).map((index) => (
                <tr key={times[index]}>
                  <th scope="row">{say(times[index]!)}</th>
                  {columns.map(({ pane, series }) => (
                    <td key={`${pane.id}-${series.id}`} className="num">
                      {sayAt(pane, series, index)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {last - first + 1 > MAX_ROWS ? <p className="small dim">{t('newest', { count: MAX_ROWS })}</p> : null}
    </DataDisclosure>
  );
}
