/** Sections that only one kind of fleet has: models and weakest rows of a batch, coins mined against coins bought of a scenario. Pure. */
import { W_PER_KW } from '#engine/units/constants.ts';
import type { Fleet } from '../model/compute-fleet.ts';
import type { ComputedRow, ComputedRows } from '../model/day-columns.ts';
import { type Cell, type Column, type Section, textCell } from '../model/document.ts';
import { type Say, sayUsd } from './report-texts.ts';

/** As many as fit a page and a slide. */
const SHOWN_MODELS = 10;
const SHOWN_ROWS = 10;
const BTC_DIGITS = 4;

const number = (label: string): Column => ({ label, kind: 'number' });

export function toModelsSection(say: Say, { models }: Fleet): Section {
  const { t, format } = say;
  const shown = models.slice(0, SHOWN_MODELS);
  const best = shown.reduce((a, b) => (b.netUsdPerDay > a.netUsdPerDay ? b : a));
  const name = (model: string | null) => model ?? t('doc.noName');
  const title =
    best.netUsdPerDay > 0
      ? t('fleet.models.best', {
          model: name(best.model),
          net: sayUsd(say, best.netUsdPerDay),
          machines: format.integer(best.machines),
        })
      : t('fleet.models.none', { model: name(best.model) });
  return {
    id: 'models',
    title,
    lead: t('fleet.models.lead', { count: shown.length }),
    chart: {
      kind: 'bars',
      alt: title,
      categories: shown.map(({ model }) => name(model)),
      categoryTitle: '',
      valueTitle: t('fleet.models.axis'),
      series: [{ name: t('fleet.models.net'), values: shown.map(({ netUsdPerDay }) => netUsdPerDay), role: 'main' }],
      axisDigits: 0,
      base: 0,
    },
    table: {
      caption: title,
      columns: [
        { label: t('fleet.models.model'), kind: 'text' },
        ...(['machines', 'hashrate', 'power', 'efficiency', 'net', 'breakEven'] as const).map((key) => number(t(`fleet.models.${key}`))),
      ],
      rows: shown.map((group): Cell[] => {
        const breakEven = group.energyKwhPerDay === 0 ? null : group.revenueUsdPerDay / group.energyKwhPerDay;
        const efficiency = (group.powerKw * W_PER_KW) / group.hashrateThs;
        return [
          textCell(name(group.model)),
          { text: format.integer(group.machines), value: group.machines },
          { text: format.number(group.hashrateThs, 0), value: group.hashrateThs },
          { text: format.number(group.powerKw, 1), value: group.powerKw },
          { text: format.number(efficiency, 1), value: efficiency },
          { text: format.signedNumber(group.netUsdPerDay, 2), value: group.netUsdPerDay, shade: Math.sign(group.netUsdPerDay) },
          { text: format.usd(breakEven, 4), value: breakEven },
        ];
      }),
    },
  };
}

type NumberedRow = ComputedRow & { line: number };

const perMachine = ({ row, today }: ComputedRow) => today.netUsdPerDay / row.count;

/** Keeps no more rows than are shown: there may be 100,000. */
function findWeakest(rows: ComputedRows): NumberedRow[] {
  let weakest: NumberedRow[] = [];
  let place = 0;
  for (const one of rows) {
    place += 1;
    const worstKept = weakest.length === SHOWN_ROWS ? perMachine(weakest[SHOWN_ROWS - 1]!) : Number.POSITIVE_INFINITY;
    if (perMachine(one) > worstKept) continue;
    weakest = [...weakest, { ...one, line: one.row.line ?? place }]
      .sort((a, b) => perMachine(a) - perMachine(b) || a.line - b.line)
      .slice(0, SHOWN_ROWS);
  }
  return weakest;
}

export function toWorstSection(say: Say, { rows, losingMachines }: Fleet): Section {
  const { t, format } = say;
  const weakest = findWeakest(rows);
  let lossUsdPerDay = 0;
  for (const { today } of rows) lossUsdPerDay += Math.max(0, -today.netUsdPerDay);
  const title =
    losingMachines > 0
      ? t('fleet.worst.losing', { machines: format.integer(losingMachines), loss: sayUsd(say, lossUsdPerDay) })
      : t('fleet.worst.none');
  return {
    id: 'worst',
    title,
    lead: t('fleet.worst.lead'),
    chart: null,
    table: {
      caption: title,
      columns: [
        number(t('fleet.worst.line')),
        { label: t('fleet.models.model'), kind: 'text' },
        number(t('fleet.models.machines')),
        number(t('fleet.worst.powerPrice')),
        number(t('fleet.models.breakEven')),
        number(t('fleet.worst.perMachine')),
      ],
      rows: weakest.map((one): Cell[] => [
        { text: format.integer(one.line), value: one.line },
        textCell(one.row.model ?? t('doc.noName')),
        { text: format.integer(one.row.count), value: one.row.count },
        { text: format.usd(one.row.powerUsdPerKwh, 4), value: one.row.powerUsdPerKwh },
        { text: format.usd(one.today.breakEvenPowerUsdPerKwh, 4), value: one.today.breakEvenPowerUsdPerKwh },
        { text: format.signedNumber(perMachine(one), 2), value: perMachine(one), shade: Math.sign(perMachine(one)) },
      ]),
    },
  };
}

export function toCoinsSection(say: Say, { buyBtc, mineBtc, minedBtc, capexUsd, source }: Fleet): Section {
  const { t, format } = say;
  const more = format.btc(Math.abs(mineBtc - buyBtc), BTC_DIGITS);
  const title = mineBtc >= buyBtc ? t('fleet.coins.mining', { more }) : t('fleet.coins.buying', { more });
  const parts = [
    { name: t('fleet.coins.buy'), btc: buyBtc },
    { name: t('fleet.coins.mine'), btc: mineBtc },
    { name: t('fleet.coins.mined'), btc: minedBtc },
  ];
  return {
    id: 'coins',
    title,
    lead: t('fleet.coins.lead', { capex: sayUsd(say, capexUsd), price: format.usd(source.network.priceUsdPerBtc, 0) }),
    chart: {
      kind: 'bars',
      alt: title,
      categories: parts.map(({ name }) => name),
      categoryTitle: '',
      valueTitle: t('fleet.coins.axis'),
      series: [{ name: t('fleet.coins.axis'), values: parts.map(({ btc }) => btc), role: 'main' }],
      axisDigits: 2,
      base: 0,
    },
    table: {
      caption: title,
      columns: [{ label: t('sheet.figure'), kind: 'text' }, number(t('fleet.coins.axis'))],
      rows: parts.map(({ name, btc }) => [textCell(name), { text: format.btc(btc, BTC_DIGITS), value: btc }]),
    },
  };
}
