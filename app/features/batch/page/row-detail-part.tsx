/** One row opened: everything the file says of it, how its machine was found, and the figures that have no column. */
import { useEffect, useState } from 'react';
import type { MatchKind } from '../matching/match-model.ts';
import { toColumnLetters } from '../reading/source-row.ts';
import type { RowDetail } from '../session/batch-session.ts';
import { type Batch, useTexts } from './use-batch.ts';

export function RowDetailPart({ batch, index, onClose }: { batch: Batch; index: number; onClose: () => void }) {
  const t = useTexts();
  const { getClient, version, format, amounts } = batch;
  const [detail, setDetail] = useState<RowDetail | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has new figures
  useEffect(() => {
    let isCurrent = true;
    getClient()
      .call('row', index)
      .then(
        (answer) => {
          if (isCurrent) setDetail(answer);
        },
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [index, version, getClient]);
  if (detail === null) return null;
  const { match, lines } = toLines();

  function toLines() {
    const from = detail!;
    const kind = from.matchKind as MatchKind | null;
    const money = (usd: number | null, write: (usd: number) => string) => (usd === null ? '—' : write(usd));
    return {
      match:
        kind === null
          ? t('page.detail.notListed')
          : t('page.detail.matched', {
              machine: from.machine ?? '',
              how: t(`match.${kind}`),
              confidence: format.percent(from.matchConfidence ?? 0, 0),
            }),
      lines: [
        [t('page.detail.revenue'), money(from.revenueUsdPerDay, amounts.daily)],
        [t('page.detail.power'), money(from.powerUsdPerDay, amounts.daily)],
        [t('page.detail.mined'), from.minedBtcPerDay === null ? '—' : amounts.coins(from.minedBtcPerDay)],
        [t('page.detail.breakEvenPrice'), money(from.breakEvenPriceUsdPerBtc, amounts.bitcoinPrice)],
        [t('page.detail.shutdown'), from.shutdownMonth === null ? t('page.detail.never') : format.integer(from.shutdownMonth)],
        [t('page.detail.keep'), money(from.keepUsd, amounts.signedTotal)],
        ...toHosted(from.hosted),
      ] as const,
    };
  }

  function toHosted(hosted: RowDetail['hosted']): readonly (readonly [string, string])[] {
    if (hosted === null) return [];
    const { clientPowerUsdPerKwh, clientNetUsdPerDay, hostNetUsdPerDay } = hosted;
    return [
      [t('page.detail.clientPower'), `${amounts.roundedPowerPrice(clientPowerUsdPerKwh)}${t('page.unitName.perKwh')}`],
      [t('page.hosted.client'), amounts.signedDaily(clientNetUsdPerDay)],
      [t('page.hosted.host'), amounts.signedDaily(hostNetUsdPerDay)],
    ];
  }

  return (
    <section className="row-detail" aria-label={t('page.row', { row: format.integer(detail.row) })}>
      <div className="row">
        <h3>
          {t('page.row', { row: format.integer(detail.row) })} · {match}
        </h3>
        <button type="button" className="btn sm quiet" onClick={onClose}>
          {t('page.close')}
        </button>
      </div>
      {detail.notes.map((note) => (
        <p key={note} className="small">
          {t(`note.${note}`)}
        </p>
      ))}
      {detail.repeats === null ? null : (
        <p className="small">
          {t(detail.serial === null ? 'duplicate.identical' : 'duplicate.serial', { row: format.integer(detail.repeats) })}
        </p>
      )}
      {detail.fromCatalogue.length > 0 ? (
        <p className="small">
          {t('page.detail.fromCatalogue', { fields: format.list(detail.fromCatalogue.map((name) => t(`field.${name}`))) })}
        </p>
      ) : null}
      <dl>
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {detail.cells.map((cell, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column's place is its identity
          <div key={column} className="cell">
            <dt>{cell.header === '' ? t('file.column', { letters: toColumnLetters(column) }) : cell.header}</dt>
            <dd>{cell.text === '' ? '—' : cell.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
