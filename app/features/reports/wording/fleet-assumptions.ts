/** Everything the figures of a fleet rest on: one value each, or its span where rows differ. Pure. */
import { FLOW_FIELDS } from '#app/features/batch/computing/scenario.ts';
import type { Fleet } from '../model/compute-fleet.ts';
import { type Cell, type Section, type Table, textCell } from '../model/document.ts';
import type { FleetRow } from '../model/fleet-source.ts';
import type { Say } from './report-texts.ts';

type FlowField = (typeof FLOW_FIELDS)[number];

export function sayRowValue({ format }: Say, field: Exclude<keyof FleetRow, 'model' | 'line'>, value: number): string {
  switch (field) {
    case 'poolFeeRatio':
    case 'uptimeRatio':
    case 'hashrateDecayRatioPerMonth':
    case 'heldRatio':
      return format.percent(value, 2);
    case 'powerUsdPerKwh':
      return format.usd(value, 4);
    case 'pue':
      return format.number(value, 2);
    case 'hostingFeeUsdPerMonth':
    case 'maintenanceUsdPerMonth':
      return format.usd(value, 2);
    case 'capexUsd':
    case 'residualUsd':
      return format.usd(value, 0);
    case 'hashrateThs':
      return format.number(value, 1);
    default:
      return format.integer(value);
  }
}

function saySpan(say: Say, fleet: Fleet, field: FlowField): Cell {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { row } of fleet.rows) {
    low = Math.min(low, row[field]);
    high = Math.max(high, row[field]);
  }
  if (low === high) return { text: sayRowValue(say, field, low), value: low };
  return textCell(say.t('assumptions.varied', { low: sayRowValue(say, field, low), high: sayRowValue(say, field, high) }));
}

export function toFleetAssumptions(say: Say, fleet: Fleet): Section & { table: Table } {
  const { t, format } = say;
  const { network, discountRatioPerYear, shutdownWhenUnprofitable, hostedRows } = fleet.source;
  const percent = (value: number): Cell => ({ text: format.percent(value, 2), value });
  const rows: Cell[][] = [
    [textCell(t('assumptions.horizonMonths')), { text: format.integer(network.horizonMonths), value: network.horizonMonths }],
    [textCell(t('assumptions.discountRatioPerYear')), percent(discountRatioPerYear)],
    [textCell(t('assumptions.priceGrowthRatioPerMonth')), percent(network.priceGrowthRatioPerMonth)],
    [textCell(t('assumptions.networkGrowthRatioPerMonth')), percent(network.networkGrowthRatioPerMonth)],
    [textCell(t('assumptions.shutdownWhenUnprofitable')), textCell(shutdownWhenUnprofitable ? t('assumptions.yes') : t('assumptions.no'))],
    [textCell(t('assumptions.payoutModel')), textCell(network.payoutModel)],
    ...FLOW_FIELDS.map((field): Cell[] => [textCell(t(`assumptions.${field}`)), saySpan(say, fleet, field)]),
    ...(hostedRows === 0
      ? []
      : [[textCell(t('assumptions.hostedRows')), textCell(t('assumptions.hostPrice', { rows: format.integer(hostedRows) }))]]),
  ];
  return {
    id: 'assumptions',
    title: t('assumptions.title'),
    lead: t('assumptions.lead'),
    chart: null,
    table: {
      caption: t('assumptions.title'),
      columns: [
        { label: t('assumptions.name'), kind: 'text' },
        { label: t('assumptions.value'), kind: 'number' },
      ],
      rows,
    },
  };
}
