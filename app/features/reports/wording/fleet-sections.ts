/** The findings about a fleet, one section each: cash flow, months, today, sensitivity, and for a batch its models and its weakest rows. Pure. */
import type { Fleet } from '../model/compute-fleet.ts';
import { type Cell, type Column, type Section, textCell } from '../model/document.ts';
import { POWER_DELTAS_USD_PER_KWH, PRICE_FACTORS } from '../model/fleet-sensitivity.ts';
import { toCoinsSection, toModelsSection, toWorstSection } from './fleet-part-sections.ts';
import { type Say, sayUsd } from './report-texts.ts';
import { toSwingSection } from './swing-section.ts';

const MONTHS_PER_YEAR = 12;
const USD_PER_THOUSAND = 1000;
const SATS_PER_BTC = 1e8;
const SHADES = 4;

export const numberColumn = (label: string): Column => ({ label, kind: 'number' });
export const usdCell = ({ format }: Say, value: number, digits = 0): Cell => ({ text: format.number(value, digits), value });

export function toFleetSections(say: Say, fleet: Fleet): Section[] {
  const isBatch = fleet.source.kind === 'batch';
  return [
    toCashSection(say, fleet),
    toMonthlySection(say, fleet),
    isBatch ? toCurveSection(say, fleet) : toTodaySection(say, fleet),
    toSwingSection(say, fleet),
    toHeatSection(say, fleet),
    ...(isBatch ? [toModelsSection(say, fleet), toWorstSection(say, fleet)] : [toCoinsSection(say, fleet)]),
  ];
}

function toCashSection(say: Say, { months, capexUsd, paybackMonths, source }: Fleet): Section {
  const { t, format } = say;
  const cumulative = [-capexUsd, ...months.map(({ cumulativeUsd }) => cumulativeUsd)];
  const end = cumulative.at(-1) ?? -capexUsd;
  const title =
    paybackMonths === null
      ? t('fleet.cash.never', { end: sayUsd(say, end) })
      : t('fleet.cash.paysBack', {
          month: format.integer(Math.max(1, Math.ceil(paybackMonths))),
          lowest: sayUsd(say, Math.min(...cumulative)),
        });
  const years = Array.from({ length: Math.ceil(months.length / MONTHS_PER_YEAR) }, (_, index) => {
    const part = months.slice(index * MONTHS_PER_YEAR, (index + 1) * MONTHS_PER_YEAR);
    const sum = (name: 'minedBtc' | 'revenueUsd' | 'powerUsd' | 'fixedUsd' | 'endUsd' | 'netUsd') =>
      part.reduce((total, month) => total + month[name], 0);
    return [
      { text: format.integer(index + 1), value: index + 1 },
      { text: format.btc(sum('minedBtc'), 4), value: sum('minedBtc') },
      usdCell(say, sum('revenueUsd')),
      usdCell(say, sum('powerUsd')),
      usdCell(say, sum('fixedUsd')),
      usdCell(say, sum('endUsd')),
      usdCell(say, sum('netUsd')),
      usdCell(say, part.at(-1)?.cumulativeUsd ?? 0),
    ];
  });
  return {
    id: 'cash',
    title,
    lead: t('fleet.cash.lead', { horizon: format.integer(source.network.horizonMonths) }),
    chart: {
      kind: 'line',
      alt: title,
      categories: cumulative.map((_, month) => format.integer(month)),
      categoryTitle: t('fleet.cash.months'),
      valueTitle: t('fleet.cash.axis'),
      series: [{ name: t('fleet.cash.series'), values: cumulative, role: 'main' }],
      axisDigits: 0,
      base: 0,
    },
    table: {
      caption: title,
      columns: (['year', 'mined', 'revenue', 'power', 'fixed', 'end', 'net', 'cumulative'] as const).map((name) =>
        numberColumn(t(`fleet.cash.${name}`)),
      ),
      rows: years,
    },
  };
}

function toMonthlySection(say: Say, { months, source }: Fleet): Section {
  const { t, format } = say;
  const first = months[0];
  // Machines that no longer pay their power are off: of the months behind there is no share to tell.
  const last = months.findLast(({ revenueUsd }) => revenueUsd > 0);
  const isOffAtEnd = last !== months.at(-1);
  const share = (month: typeof first) => (month === undefined || month.revenueUsd === 0 ? null : month.powerUsd / month.revenueUsd);
  const title =
    share(first) === null
      ? t('fleet.monthly.titleNoRevenue')
      : t(isOffAtEnd ? 'fleet.monthly.titleThenOff' : 'fleet.monthly.title', {
          first: format.percent(share(first), 0),
          last: format.percent(share(last), 0),
          month: format.integer(last?.month ?? source.network.horizonMonths),
        });
  return {
    id: 'monthly',
    title,
    lead: t('fleet.monthly.lead', { off: source.shutdownWhenUnprofitable ? t('fleet.monthly.off') : t('fleet.monthly.on') }),
    chart: {
      kind: 'line',
      alt: title,
      categories: months.map(({ month }) => format.integer(month)),
      categoryTitle: t('fleet.cash.months'),
      valueTitle: t('fleet.monthly.axis'),
      series: [
        { name: t('fleet.cash.revenue'), values: months.map(({ revenueUsd }) => revenueUsd), role: 'main' },
        { name: t('fleet.cash.power'), values: months.map(({ powerUsd }) => powerUsd), role: 'second' },
        { name: t('fleet.cash.fixed'), values: months.map(({ fixedUsd }) => fixedUsd), role: 'third' },
      ],
      axisDigits: 0,
      base: 0,
    },
    table: null,
  };
}

function toTodaySection(say: Say, { today }: Fleet): Section {
  const { t, format } = say;
  const { breakEvenPowerUsdPerKwh } = today;
  const title =
    breakEvenPowerUsdPerKwh === null || breakEvenPowerUsdPerKwh <= 0
      ? t('fleet.today.titleNone')
      : t('fleet.today.title', { price: format.usd(breakEvenPowerUsdPerKwh, 4) });
  const parts = [
    { name: t('fleet.cash.revenue'), usd: today.revenueUsdPerDay },
    { name: t('fleet.cash.power'), usd: today.powerUsdPerDay },
    { name: t('fleet.cash.fixed'), usd: today.fixedUsdPerDay },
    { name: t('fleet.cash.net'), usd: today.netUsdPerDay },
  ];
  return {
    id: 'today',
    title,
    lead: t('fleet.today.lead', { hashprice: format.number(today.hashpriceBtcPerThDay * SATS_PER_BTC, 2) }),
    chart: {
      kind: 'columns',
      alt: title,
      categories: parts.map(({ name }) => name),
      categoryTitle: '',
      valueTitle: t('fleet.today.axis'),
      series: [{ name: t('fleet.today.axis'), values: parts.map(({ usd }) => usd), role: 'main' }],
      axisDigits: 0,
      base: 0,
    },
    table: {
      caption: title,
      columns: [{ label: t('sheet.figure'), kind: 'text' }, numberColumn(t('fleet.today.axis'))],
      rows: parts.map(({ name, usd }) => [textCell(name), usdCell(say, usd, 2)]),
    },
  };
}

/** The price that the title speaks about: what the fleet pays today, rounded to the curve's steps. */
function toCurveSection(say: Say, { breakEven, powerKw, today }: Fleet): Section {
  const { t, format } = say;
  const ownUsdPerKwh = today.energyKwhPerDay === 0 ? 0 : today.powerUsdPerDay / today.energyKwhPerDay;
  const nearest = breakEven.reduce((best, point) =>
    Math.abs(point.powerUsdPerKwh - ownUsdPerKwh) < Math.abs(best.powerUsdPerKwh - ownUsdPerKwh) ? point : best,
  );
  const kw = (value: number) => format.number(value, 0);
  const title = t('fleet.curve.title', {
    price: format.usd(nearest.powerUsdPerKwh, 2),
    earning: kw(nearest.earningKw),
    all: kw(powerKw),
  });
  return {
    id: 'curve',
    title,
    lead: t('fleet.curve.lead'),
    chart: {
      kind: 'columns',
      alt: title,
      categories: breakEven.map(({ powerUsdPerKwh }) => format.number(powerUsdPerKwh, 2)),
      categoryTitle: t('fleet.curve.price'),
      valueTitle: t('fleet.curve.axis'),
      series: [{ name: t('fleet.curve.earning'), values: breakEven.map(({ earningKw }) => earningKw), role: 'main' }],
      axisDigits: 0,
      base: 0,
    },
    table: null,
  };
}

function toHeatSection(say: Say, { sensitivity, source }: Fleet): Section {
  const { t, format } = say;
  const all = PRICE_FACTORS.length * POWER_DELTAS_USD_PER_KWH.length;
  const count = sensitivity.npvUsd.flat().filter((npv) => npv > 0).length;
  const values = { all: format.integer(all), above: format.integer(count) };
  const title = count === all ? t('fleet.heat.all', values) : count === 0 ? t('fleet.heat.none', values) : t('fleet.heat.some', values);
  const widest = Math.max(...sensitivity.npvUsd.flat().map(Math.abs)) || 1;
  return {
    id: 'heat',
    title,
    lead: t('fleet.heat.lead'),
    chart: null,
    table: {
      caption: title,
      columns: [
        { label: t('fleet.heat.corner'), kind: 'text' },
        ...POWER_DELTAS_USD_PER_KWH.map((delta) => numberColumn(t('fleet.heat.power', { delta: format.signedNumber(delta, 3) }))),
      ],
      rows: PRICE_FACTORS.map((factor, y) => [
        textCell(`× ${format.number(factor, 1)} · ${format.usd(source.network.priceUsdPerBtc * factor, 0)}`),
        ...sensitivity.npvUsd[y]!.map((npv): Cell => {
          const shade = Math.sign(npv) * Math.max(1, Math.round((Math.abs(npv) / widest) * SHADES));
          return { text: format.signedNumber(npv / USD_PER_THOUSAND, Math.abs(npv) < 100_000 ? 1 : 0), value: npv, shade };
        }),
      ]),
    },
  };
}
