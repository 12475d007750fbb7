/**
 * The sheet "Cash flow": month by month for all machines together, as formulas over the sheet of machines (SUMPRODUCT), with NPV, payback and the internal rate of
 * return found from them. The rate is bisected in cells: the spreadsheet's own IRR needs a guess and stops at an error of its own choice.
 */
import type { Worksheet } from 'exceljs';
import type { Language } from '#app/platform/i18n/languages.ts';
import type { Fleet } from '../model/compute-fleet.ts';
import type { ReportTexts } from '../wording/report-texts.ts';
import { formula, num, text } from './cell-value.ts';
import { letterOf, type MachineColumnName, NAME_POWER_DELTA, NAME_PRICE_FACTOR } from './machine-columns.ts';
import { createSheetWriter } from './sheet-writer.ts';

/** First row of months; month 0, the purchase, stands above it. */
export const FIRST_MONTH_ROW = 5;
/** Where the bisection begins: monthly rates of DOMAIN section 4. */
const LOWEST_RATE = -0.99;
const HIGHEST_RATE = 10;
/** Halvings of [−0.99, 10]: below a double's own step. */
const BISECTIONS = 64;

export const NAME_DISCOUNT = 'discount_rate';
export const NAME_OFF = 'off_when_unprofitable';
export const NAME_EXIT_PRICE = 'exit_price';

export type CashFlowRefs = { sheetName: string; machines: string; firstMachineRow: number; lastMachineRow: number };

/** Formulas of the figures that other sheets show, by the name of the figure. */
export type FleetFormulas = Record<
  'npvUsd' | 'paybackMonths' | 'irrRatioPerYear' | 'roiRatio' | 'minedBtc' | 'capexUsd' | 'profitUsd',
  string
>;

const COLUMNS = {
  month: 'A',
  btcPerThs: 'B',
  usdPerThs: 'C',
  meanPrice: 'D',
  mined: 'E',
  held: 'F',
  revenue: 'G',
  power: 'H',
  fixed: 'I',
  end: 'J',
  net: 'K',
  cumulative: 'L',
  crossing: 'M',
  sign: 'N',
  step: 'P',
  low: 'Q',
  high: 'R',
  value: 'S',
} as const;

export function toFleetFormulas(fleet: Fleet, { sheetName }: Pick<CashFlowRefs, 'sheetName'>): FleetFormulas {
  const last = FIRST_MONTH_ROW + fleet.months.length - 1;
  const sheet = `'${sheetName}'!`;
  const range = (column: string, first = FIRST_MONTH_ROW) => `${sheet}$${column}$${first}:$${column}$${last}`;
  const start = FIRST_MONTH_ROW - 1;
  const capex = `-${sheet}$L$${start}`;
  const { month, net, crossing, cumulative, mined, sign, low, high } = COLUMNS;
  const lastStep = start + BISECTIONS;
  const root = `(${sheet}$${low}$${lastStep}+${sheet}$${high}$${lastStep})/2`;
  const changes = `SUMPRODUCT((${range(sign)}<>${sheet}$${sign}$${start}:$${sign}$${last - 1})*(${sheet}$${sign}$${start}:$${sign}$${last - 1}<>0))`;
  const valueAt = (rate: number) => `SUMPRODUCT(${range(net, start)}*(1+${rate})^(-${range(month, start)}))`;
  return {
    npvUsd: `${sheet}$L$${start}+SUMPRODUCT(${range(net)}*(1+${NAME_DISCOUNT})^(-${range(month)}/12))`,
    paybackMonths: `IF(COUNT(${range(crossing)})>0,IF(AND(${capex}=0,MIN(${range(cumulative)})>=0),0,MIN(${range(crossing)})),IF(AND(${capex}=0,MIN(${range(cumulative)})>=0),0,"—"))`,
    irrRatioPerYear: `IF(${changes}=1,IF(${valueAt(LOWEST_RATE)}*${valueAt(HIGHEST_RATE)}<=0,(1+${root})^12-1,"—"),"—")`,
    roiRatio: `IF(${capex}=0,"—",${sheet}$${cumulative}$${last}/(${capex}))`,
    minedBtc: `SUM(${range(mined)})`,
    capexUsd: capex,
    profitUsd: `${sheet}$${cumulative}$${last}`,
  };
}

export function writeCashFlowSheet(sheet: Worksheet, fleet: Fleet, t: ReportTexts, language: Language, refs: CashFlowRefs): void {
  const writer = createSheetWriter(sheet, language);
  const { months, path } = fleet;
  const machines = (name: MachineColumnName) =>
    `'${refs.machines}'!$${letterOf(name)}$${refs.firstMachineRow}:$${letterOf(name)}$${refs.lastMachineRow}`;
  const start = FIRST_MONTH_ROW - 1;
  const last = FIRST_MONTH_ROW + months.length - 1;
  const signs = toSigns(fleet);
  writer.add([text(t('sheet.cashFlow'), 'title')]);
  writer.add([text(t('sheet.pathNote'), 'quiet'), ...Array.from({ length: 14 }, () => null), text(t('sheet.irrWork'), 'quiet')]);
  writer.add([
    ...[
      t('fleet.cash.months'),
      t('sheet.btcPerThs'),
      t('sheet.usdPerThs'),
      t('sheet.meanPrice'),
      t('fleet.cash.mined'),
      t('sheet.held'),
      t('fleet.cash.revenue'),
      t('fleet.cash.power'),
      t('fleet.cash.fixed'),
      t('fleet.cash.end'),
      t('fleet.cash.net'),
      t('fleet.cash.cumulative'),
      t('sheet.crossing'),
      t('sheet.signs'),
    ].map((label) => text(label, 'head')),
    null,
    ...[t('sheet.step'), t('sheet.irrLow'), t('sheet.irrHigh'), t('sheet.irrValue')].map((label) => text(label, 'head')),
  ]);

  /** The bisection beside the months: its own rows, as many as it needs. */
  const bisection = solveInSteps(fleet);
  const bisect = (row: number) => {
    const index = row - start;
    if (index > BISECTIONS) return [];
    const { low, high, value } = bisection[index]!;
    const net = `$K$${start}:$K$${last}`;
    const month = `$A$${start}:$A$${last}`;
    const at = (rate: string) => `SUMPRODUCT(${net}*(1+${rate})^(-${month}))`;
    const keepsLow = `SIGN(S${row - 1})=SIGN(${at(String(LOWEST_RATE))})`;
    return [
      null,
      num(index, 'whole'),
      index === 0 ? num(LOWEST_RATE, 'general') : formula(`IF(${keepsLow},(Q${row - 1}+R${row - 1})/2,Q${row - 1})`, low, 'general'),
      index === 0 ? num(HIGHEST_RATE, 'general') : formula(`IF(${keepsLow},R${row - 1},(Q${row - 1}+R${row - 1})/2)`, high, 'general'),
      formula(at(`(Q${row}+R${row})/2`), value, 'general'),
    ];
  };

  writer.add([
    num(0, 'whole'),
    ...Array.from({ length: 9 }, () => null),
    formula(`-SUMPRODUCT(${machines('count')},${machines('capexUsd')})`, -fleet.capexUsd, 'usd'),
    formula(`K${start}`, -fleet.capexUsd, 'usd'),
    null,
    formula(`SIGN(K${start})`, signs[0]!, 'whole'),
    ...bisect(start),
  ]);
  months.forEach((month, index) => {
    const row = FIRST_MONTH_ROW + index;
    const isLast = index === months.length - 1;
    const decay = `(1-${machines('hashrateDecayRatioPerMonth')})^(A${row}-1)`;
    const usdPerThs = `$C${row}*${NAME_PRICE_FACTOR}`;
    const isOff = `(${machines('paidThs')}*${decay}*${usdPerThs}<${machines('kwhPerMonth')}*(${machines('powerUsdPerKwh')}+${NAME_POWER_DELTA}))`;
    const runs = `(1-${NAME_OFF}*${isOff})`;
    const held = toHeldBtc(fleet, index);
    const crossing = toCrossing(fleet, index);
    writer.add([
      num(month.month, 'whole'),
      num(path.btcPerThs[index]!, 'general'),
      num(path.usdPerThs[index]!, 'general'),
      num(path.meanPriceUsdPerBtc[index]!, 'usd'),
      formula(`B${row}*SUMPRODUCT(${machines('paidThs')}*${decay}*${runs})`, month.minedBtc, 'btc'),
      formula(`B${row}*SUMPRODUCT(${machines('paidThs')}*${machines('heldRatio')}*${decay}*${runs})`, held, 'btc'),
      formula(`${usdPerThs}*SUMPRODUCT(${machines('paidThs')}*(1-${machines('heldRatio')})*${decay}*${runs})`, month.revenueUsd, 'usd'),
      formula(`SUMPRODUCT(${machines('kwhPerMonth')}*(${machines('powerUsdPerKwh')}+${NAME_POWER_DELTA})*${runs})`, month.powerUsd, 'usd'),
      formula(
        `SUMPRODUCT(${machines('count')}*(${machines('hostingFeeUsdPerMonth')}+${machines('maintenanceUsdPerMonth')}))`,
        month.fixedUsd,
        'usd',
      ),
      isLast
        ? formula(
            `SUMPRODUCT(${machines('count')},${machines('residualUsd')})+SUM(F${FIRST_MONTH_ROW}:F${row})*${NAME_EXIT_PRICE}*${NAME_PRICE_FACTOR}`,
            month.endUsd,
            'usd',
          )
        : num(0, 'usd'),
      formula(`G${row}-H${row}-I${row}+J${row}`, month.netUsd, 'usd'),
      formula(`L${row - 1}+K${row}`, month.cumulativeUsd, 'usd'),
      formula(`IF(AND(L${row - 1}<0,L${row}>=0),A${row - 1}-L${row - 1}/K${row},"")`, crossing ?? '', 'two'),
      formula(`IF(K${row}=0,N${row - 1},SIGN(K${row}))`, signs[index + 1]!, 'whole'),
      ...bisect(row),
    ]);
  });
  for (let row = last + 1; row <= start + BISECTIONS; row += 1) writer.add([...Array.from({ length: 14 }, () => null), ...bisect(row)]);
}

/** Sign of each flow, month 0 first; a month of zero keeps the sign before it. */
function toSigns({ capexUsd, months }: Fleet): number[] {
  let sign = Math.sign(-capexUsd);
  return [sign, ...months.map(({ netUsd }) => (sign = netUsd === 0 ? sign : Math.sign(netUsd)))];
}

function toCrossing({ months, capexUsd }: Fleet, index: number): number | null {
  const before = index === 0 ? -capexUsd : months[index - 1]!.cumulativeUsd;
  const { cumulativeUsd, netUsd } = months[index]!;
  return before < 0 && cumulativeUsd >= 0 ? index - before / netUsd : null;
}

/** Coins of a month that are not sold: the same sum as the cell's formula. */
function toHeldBtc({ path, source }: Fleet, index: number): number {
  return source.rows.reduce((total, row) => {
    if (row.heldRatio === 0) return total;
    const paidThs = row.count * row.hashrateThs * row.uptimeRatio * (1 - row.poolFeeRatio) * (1 - row.hashrateDecayRatioPerMonth) ** index;
    const powerUsd = ((row.count * row.powerW * row.pue) / 1000) * 730.5 * row.uptimeRatio * row.powerUsdPerKwh;
    const isOff = source.shutdownWhenUnprofitable && paidThs * path.usdPerThs[index]! < powerUsd;
    return isOff ? total : total + paidThs * row.heldRatio * path.btcPerThs[index]!;
  }, 0);
}

/** The cells' own bisection, so that their known results are what they would compute. */
function solveInSteps({ capexUsd, months }: Fleet): { low: number; high: number; value: number }[] {
  const flows = [-capexUsd, ...months.map(({ netUsd }) => netUsd)];
  const valueAt = (rate: number) => flows.reduce((sum, flow, month) => sum + flow * (1 + rate) ** -month, 0);
  const signAtLow = Math.sign(valueAt(LOWEST_RATE));
  const steps: { low: number; high: number; value: number }[] = [];
  let [low, high] = [LOWEST_RATE, HIGHEST_RATE];
  for (let step = 0; step <= BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    const value = valueAt(middle);
    steps.push({ low, high, value });
    if (Math.sign(value) === signAtLow) low = middle;
    else high = middle;
  }
  return steps;
}
