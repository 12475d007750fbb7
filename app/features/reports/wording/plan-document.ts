/** A curtailment plan as a report in words. Pure. */
import type { Plan } from '../model/compute-plan.ts';
import { type Cell, type Figure, type ReportDocument, type Section, type Table, textCell } from '../model/document.ts';
import type { DocumentOptions } from './fleet-document.ts';
import { toPlanSections } from './plan-sections.ts';
import { createSay, type Say, saySignedUsd, sayUsd } from './report-texts.ts';
import { createClock } from './say-clock.ts';

const KWH_PER_MWH = 1000;

export function toPlanDocument(plan: Plan, { language, workspace, logo, madeAt }: DocumentOptions): ReportDocument {
  const say = createSay(language);
  const { t, format } = say;
  const { interval } = plan.problem;
  const clock = createClock(language, interval.timeZone);
  const values = { value: saySignedUsd(say, plan.answer.valueUsd), gap: sayUsd(say, plan.answer.gapUsd) };
  return {
    subject: 'plan',
    language,
    title: t('doc.title.plan', { day: clock.day(interval.startAt) }),
    subtitle: t('doc.subtitle.plan', {
      machines: format.integer(plan.machines),
      intervals: format.integer(interval.count),
      minutes: format.integer(interval.minutes),
      zone: interval.timeZone,
    }),
    headline: t(plan.answer.status === 'certified' ? 'plan.headline.certified' : 'plan.headline.bounded', values),
    workspace,
    logo,
    preparedFor: workspace === null ? t('doc.guest') : t('doc.for', { workspace }),
    madeAt,
    madeText: t('doc.made', { at: format.dateTime(madeAt) }),
    note: t('doc.note'),
    engineNote: t('doc.engine', { version: plan.answer.engineVersion }),
    contentsTitle: t('doc.contents'),
    answerTitle: t('doc.contentsAnswer'),
    figures: listFigures(say, plan),
    sections: toPlanSections(say, plan),
    assumptions: toAssumptions(say, plan),
    market: toGiven(say, plan),
    listAnnexes: () => toAnnexes(say, plan),
  };
}

function listFigures(say: Say, plan: Plan): Figure[] {
  const { t, format } = say;
  const { answer, on } = plan;
  const clock = createClock(say.language, plan.problem.interval.timeZone);
  const share = (part: number, whole: number) => format.percent(whole === 0 ? null : part / whole, 1);
  const tone = (value: number) => (value === 0 ? 'plain' : value > 0 ? 'gain' : 'loss');
  const figure = (
    id: string,
    name: 'value' | 'gain' | 'on' | 'gap' | 'energy' | 'peak' | 'off' | 'starts',
    value: number,
    text: string,
    values = {},
  ): Figure => {
    return { id, label: t(`plan.figures.${name}`), value, text, basis: t(`plan.figures.${name}Basis`, values), tone: 'plain' };
  };
  return [
    { ...figure('valueUsd', 'value', answer.valueUsd, saySignedUsd(say, answer.valueUsd)), tone: tone(answer.valueUsd) },
    { ...figure('gainUsd', 'gain', plan.gainUsd, saySignedUsd(say, plan.gainUsd)), tone: tone(plan.gainUsd) },
    figure('onUsd', 'on', on.valueUsd, saySignedUsd(say, on.valueUsd)),
    figure('gapUsd', 'gap', answer.gapUsd, format.usd(answer.gapUsd, 4), { ratio: format.percent(answer.gapRatio, 4) }),
    figure('energyMwh', 'energy', plan.energyKwh / KWH_PER_MWH, format.number(plan.energyKwh / KWH_PER_MWH, 2), {
      share: share(plan.energyKwh, plan.fullEnergyKwh),
    }),
    figure('peakKw', 'peak', plan.peakKw, format.number(plan.peakKw, 1), { at: clock.time(plan.intervals[plan.peakInterval]!.startAt) }),
    figure('hoursOff', 'off', plan.machineHoursOff, format.number(plan.machineHoursOff, 1), {
      share: share(plan.machineHoursOff, plan.machineHours),
    }),
    figure('starts', 'starts', plan.starts, format.integer(plan.starts)),
  ];
}

function toAssumptions(say: Say, { problem, answer, machines }: Plan): Section & { table: Table } {
  const { t, format } = say;
  const { demandCharge, takeOrPay, sites = [], clients = [] } = problem;
  const number = (value: number, digits = 0): Cell => ({ text: format.number(value, digits), value });
  const rows: Cell[][] = [
    [textCell(t('plan.assumption.machines')), number(machines)],
    [textCell(t('plan.assumption.sites')), sites.length === 0 ? textCell('—') : textCell(sites.map(({ id }) => id).join(', '))],
    [textCell(t('plan.assumption.clients')), clients.length === 0 ? textCell('—') : textCell(clients.map(({ id }) => id).join(', '))],
    [textCell(t('plan.assumption.demandCharge')), demandCharge === undefined ? textCell('—') : number(demandCharge.usdPerKw, 2)],
    [textCell(t('plan.assumption.peakSoFar')), demandCharge === undefined ? textCell('—') : number(demandCharge.peakSoFarKw, 1)],
    [textCell(t('plan.assumption.takeOrPay')), takeOrPay === undefined ? textCell('—') : number(takeOrPay.minKwh)],
    [textCell(t('plan.assumption.gapTarget')), { text: format.percent(answer.options.gapTarget, 4), value: answer.options.gapTarget }],
  ];
  return toPairs(say, 'assumptions', t('assumptions.title'), t('assumptions.lead'), rows);
}

/** Prices and hashprice come with the request: nothing of the market is added to a plan. */
function toGiven(say: Say, { problem }: Plan): Section & { table: Table } {
  const { t, format } = say;
  const { interval, priceUsdPerMwh, hashpriceUsdPerThDay } = problem;
  const clock = createClock(say.language, interval.timeZone);
  const span = (values: readonly number[], digits: number): Cell => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (low === high) return { text: format.number(low, digits), value: low };
    return textCell(t('plan.given', { low: format.number(low, digits), high: format.number(high, digits) }));
  };
  const rows: Cell[][] = [
    [textCell(t('plan.assumption.start')), textCell(clock.full(interval.startAt))],
    [textCell(t('plan.assumption.zone')), textCell(interval.timeZone)],
    [textCell(t('plan.assumption.minutes')), { text: format.integer(interval.minutes), value: interval.minutes }],
    [textCell(t('plan.assumption.intervals')), { text: format.integer(interval.count), value: interval.count }],
    [textCell(t('plan.assumption.prices')), span(priceUsdPerMwh, 2)],
    [
      textCell(t('plan.assumption.hashprice')),
      span(typeof hashpriceUsdPerThDay === 'number' ? [hashpriceUsdPerThDay] : hashpriceUsdPerThDay, 5),
    ],
  ].map((row) => [...row, textCell(t('market.given'))]);
  const section = toPairs(say, 'market', t('market.titlePlan'), t('market.lead'), rows);
  section.table.columns.push({ label: t('market.source'), kind: 'text' });
  return section;
}

function toPairs({ t }: Say, id: string, title: string, lead: string, rows: Cell[][]): Section & { table: Table } {
  const columns: Table['columns'] = [
    { label: t('assumptions.name'), kind: 'text' },
    { label: t('assumptions.value'), kind: 'number' },
  ];
  return { id, title, lead, chart: null, table: { caption: title, columns, rows } };
}

function toAnnexes(say: Say, plan: Plan): (Section & { table: Table })[] {
  const { t, format } = say;
  const clock = createClock(say.language, plan.problem.interval.timeZone);
  const number = (value: number, digits: number): Cell => ({ text: format.number(value, digits), value });
  const intervals = plan.intervals.map((one): Cell[] => [
    textCell(clock.full(one.startAt)),
    number(one.priceUsdPerMwh, 2),
    number(one.loadKw, 1),
    number(one.energyKwh, 1),
    number(one.energyUsd, 2),
    number(one.hashingUsd, 2),
  ]);
  // First and last interval, counted from 1, as people count.
  const runs = plan.units.map(({ id, unit, on }): Cell[] => [
    textCell(`${id} · ${unit + 1}`),
    textCell(on.length === 0 ? '—' : on.map(([from, to]) => `${from + 1}–${to}`).join(', ')),
  ]);
  const labels = [t('plan.price.price'), t('plan.load.load'), t('plan.energy'), t('plan.energyCost'), t('plan.hashingUsd')];
  return [
    {
      id: 'annex',
      title: t('plan.annex'),
      lead: t('plan.annexLead'),
      chart: null,
      table: {
        caption: t('plan.annex'),
        columns: [{ label: t('plan.load.interval'), kind: 'text' }, ...labels.map((label) => ({ label, kind: 'number' as const }))],
        rows: intervals,
      },
    },
    {
      id: 'runs',
      title: t('plan.annexRuns'),
      lead: t('plan.annexRunsLead'),
      chart: null,
      table: {
        caption: t('plan.annexRuns'),
        columns: [
          { label: t('plan.unit'), kind: 'text' },
          { label: t('plan.runs'), kind: 'text' },
        ],
        rows: runs,
      },
    },
  ];
}
