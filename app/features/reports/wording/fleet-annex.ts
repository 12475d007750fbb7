/** Everything behind a fleet's figures, line by line: all months of a scenario, all rows of a batch. Pure. */
import type { Fleet } from '../model/compute-fleet.ts';
import { type Cell, type Column, type Section, type Table, textCell } from '../model/document.ts';
import { sayRowValue } from './fleet-assumptions.ts';
import type { Say } from './report-texts.ts';

export function toFleetAnnex(say: Say, fleet: Fleet, what: 'months' | 'rows'): Section & { table: Table } {
  const { t } = say;
  const title = what === 'months' ? t('fleet.annex.months') : t('fleet.annex.rows', { rows: say.format.integer(fleet.rows.length) });
  const lead = what === 'months' ? t('fleet.annex.monthsLead') : t('fleet.annex.rowsLead');
  const table = what === 'months' ? toMonths(say, fleet) : toRows(say, fleet);
  return { id: 'annex', title, lead, chart: null, table: { ...table, caption: title } };
}

const number = (label: string): Column => ({ label, kind: 'number' });

function toMonths({ t, format }: Say, { months }: Fleet): Omit<Table, 'caption'> {
  const usd = (value: number): Cell => ({ text: format.number(value, 2), value });
  return {
    columns: [
      number(t('fleet.cash.months')),
      number(t('fleet.cash.mined')),
      number(t('fleet.cash.revenue')),
      number(t('fleet.cash.power')),
      number(t('fleet.cash.fixed')),
      number(t('fleet.cash.end')),
      number(t('fleet.cash.net')),
      number(t('fleet.cash.cumulative')),
    ],
    rows: months.map((month) => [
      { text: format.integer(month.month), value: month.month },
      { text: format.btc(month.minedBtc, 6), value: month.minedBtc },
      usd(month.revenueUsd),
      usd(month.powerUsd),
      usd(month.fixedUsd),
      usd(month.endUsd),
      usd(month.netUsd),
      usd(month.cumulativeUsd),
    ]),
  };
}

function toRows(say: Say, { rows }: Fleet): Omit<Table, 'caption'> {
  const { t, format } = say;
  return {
    columns: [
      number(t('fleet.columns.line')),
      { label: t('fleet.columns.model'), kind: 'text' },
      ...(
        [
          'count',
          'hashrateThs',
          'powerW',
          'powerUsdPerKwh',
          'revenueUsdPerDay',
          'powerUsdPerDay',
          'netUsdPerDay',
          'breakEvenPowerUsdPerKwh',
        ] as const
      ).map((name) => number(t(`fleet.columns.${name}`))),
    ],
    rows: Array.from(rows, ({ row, today }, index) => [
      { text: format.integer(row.line ?? index + 1), value: row.line ?? index + 1 },
      textCell(row.model ?? t('doc.noName')),
      { text: format.integer(row.count), value: row.count },
      { text: sayRowValue(say, 'hashrateThs', row.hashrateThs), value: row.hashrateThs },
      { text: sayRowValue(say, 'powerW', row.powerW), value: row.powerW },
      { text: sayRowValue(say, 'powerUsdPerKwh', row.powerUsdPerKwh), value: row.powerUsdPerKwh },
      { text: format.number(today.revenueUsdPerDay, 2), value: today.revenueUsdPerDay },
      { text: format.number(today.powerUsdPerDay, 2), value: today.powerUsdPerDay },
      { text: format.signedNumber(today.netUsdPerDay, 2), value: today.netUsdPerDay, shade: Math.sign(today.netUsdPerDay) },
      { text: format.usd(today.breakEvenPowerUsdPerKwh, 4), value: today.breakEvenPowerUsdPerKwh },
    ]),
  };
}
