/** The list grouped by any of its columns, by machine or by maker. */
import { useEffect, useState } from 'react';
import type { BatchGroup, Grouped } from '../computing/groups.ts';
import { sayColumn } from '../rows/say-row-error.ts';
import type { GroupBy } from '../session/batch-session.ts';
import { sayPower } from './summary-part.tsx';
import { type Batch, type OpenList, useTexts } from './use-batch.ts';

function GroupRow({ batch, group, name }: { batch: Batch; group: BatchGroup; name: string }) {
  const t = useTexts();
  const { format, amounts } = batch;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num" data-l={t('page.column.count')}>
        {format.integer(group.machines)}
      </td>
      <td className="num">{format.hashrate(group.hashrateThs, 1)}</td>
      <td className="num">{Object.values(sayPower(format, group.powerW)).join(' ')}</td>
      <td className="num">{group.efficiencyJPerTh === null ? '—' : format.number(group.efficiencyJPerTh, 1)}</td>
      <td className={group.netUsdPerDay < 0 ? 'num loss' : 'num'} data-l={t('page.column.netUsdPerDay')}>
        {amounts.signedDaily(group.netUsdPerDay)}
      </td>
      <td className={group.npvUsd < 0 ? 'num loss' : 'num'} data-l={t('page.column.npvUsd')}>
        {amounts.signedTotal(group.npvUsd)}
      </td>
      <td className="num">{format.percent(group.unprofitableRatio, 0)}</td>
    </tr>
  );
}

export function GroupsPart({ batch, list }: { batch: Batch; list: OpenList }) {
  const t = useTexts();
  const { groupBy, setGroupBy, getClient, version, format } = batch;
  const [grouped, setGrouped] = useState<Grouped | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is what asks for new groups
  useEffect(() => {
    let isCurrent = true;
    getClient()
      .call('group', groupBy)
      .then(
        (answer) => {
          if (isCurrent) setGrouped(answer);
        },
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [groupBy, version, getClient]);
  const select = (text: string) => setGroupBy((text === 'machine' || text === 'maker' ? text : Number(text)) as GroupBy);
  return (
    <section className="sec">
      <header className="row wrap">
        <h2>{t('page.groups.title')}</h2>
        <label className="inline-select">
          <span className="dim">{t('page.groups.by')}</span>
          <span className="box">
            <select value={String(groupBy)} onChange={(event) => select(event.currentTarget.value)}>
              <option value="machine">{t('page.groups.machine')}</option>
              <option value="maker">{t('page.groups.maker')}</option>
              {list.mapping.columns.map((column) => (
                <option key={column.column} value={column.column}>
                  {sayColumn(column, { t, format })}
                </option>
              ))}
            </select>
          </span>
        </label>
      </header>
      {grouped === null ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <section className="tw groups-table" tabIndex={0} aria-label={t('page.groups.title')}>
          <table className="t cards">
            <thead>
              <tr>
                <th scope="col">{t('page.groups.value')}</th>
                {(['count', 'hashrateThs', 'powerW', 'efficiencyJPerTh', 'netUsdPerDay', 'npvUsd'] as const).map((name) => (
                  <th key={name} scope="col" className="num">
                    {t(`page.column.${name}`)}
                  </th>
                ))}
                <th scope="col" className="num">
                  {t('page.groups.losing')}
                </th>
              </tr>
            </thead>
            <tbody>
              {grouped.groups.map((group) => (
                <GroupRow key={group.key} batch={batch} group={group} name={group.key === '' ? t('page.noName') : group.key} />
              ))}
              {grouped.rest === null ? null : (
                <GroupRow
                  batch={batch}
                  group={grouped.rest}
                  name={t('page.groups.rest', { total: format.integer(grouped.valueCount - grouped.groups.length) })}
                />
              )}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
