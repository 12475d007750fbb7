/** The findings about a plan: load, prices, money, machines, and what its limits cost. Pure. */
import type { Plan, PlanInterval } from '../model/compute-plan.ts';
import { type Cell, type Column, type Section, textCell } from '../model/document.ts';
import { type Say, saySignedUsd, sayUsd } from './report-texts.ts';
import { createClock } from './say-clock.ts';

/** As many as fit a page and a slide. */
const SHOWN_GROUPS = 10;
const SHOWN_LIMITS = 12;

const number = (label: string): Column => ({ label, kind: 'number' });
const MONEY_PARTS = ['hashingUsd', 'energyUsd', 'restartUsd', 'capPenaltyUsd', 'takeOrPayUsd', 'demandChargeUsd', 'valueUsd'] as const;
type MoneyPart = (typeof MONEY_PARTS)[number];

function isIncome(part: MoneyPart): boolean {
  return part === 'hashingUsd' || part === 'valueUsd';
}

export function toPlanSections(say: Say, plan: Plan): Section[] {
  const clock = createClock(say.language, plan.problem.interval.timeZone);
  return [
    toLoadSection(say, plan, clock.time),
    toPriceSection(say, plan, clock.time),
    toMoneySection(say, plan),
    toGroupsSection(say, plan),
    toShadowSection(say, plan, clock.time),
  ];
}

type SayTime = (instant: string) => string;
const starts = (intervals: readonly PlanInterval[], sayTime: SayTime) => intervals.map(({ startAt }) => sayTime(startAt));

function toLoadSection({ t, format }: Say, { intervals }: Plan, sayTime: SayTime): Section {
  const highest = Math.max(...intervals.map(({ loadKw }) => loadKw));
  const least = intervals.reduce((low, one) => (one.loadKw < low.loadKw ? one : low));
  const kw = (value: number) => format.number(value, 1);
  const title =
    least.loadKw === highest
      ? t('plan.load.flat', { highest: kw(highest) })
      : t('plan.load.title', { highest: kw(highest), lowest: kw(least.loadKw), at: sayTime(least.startAt) });
  return {
    id: 'load',
    title,
    lead: t('plan.load.lead'),
    chart: {
      kind: 'line',
      alt: title,
      categories: starts(intervals, sayTime),
      categoryTitle: t('plan.load.interval'),
      valueTitle: t('plan.load.axis'),
      series: [
        { name: t('plan.load.load'), values: intervals.map(({ loadKw }) => loadKw), role: 'main' },
        { name: t('plan.load.full'), values: intervals.map(({ fullKw }) => fullKw), role: 'third' },
      ],
      axisDigits: 0,
      base: 0,
    },
    table: null,
  };
}

function toPriceSection(say: Say, { intervals }: Plan, sayTime: SayTime): Section {
  const { t, format } = say;
  const highest = Math.max(...intervals.map(({ priceUsdPerMwh }) => priceUsdPerMwh));
  const title = t('plan.price.title', { highest: format.usd(highest, 2), breakEven: format.usd(intervals[0]!.worthUsdPerMwh, 2) });
  return {
    id: 'prices',
    title,
    lead: t('plan.price.lead'),
    chart: {
      kind: 'line',
      alt: title,
      categories: starts(intervals, sayTime),
      categoryTitle: t('plan.load.interval'),
      valueTitle: t('plan.price.axis'),
      series: [
        { name: t('plan.price.price'), values: intervals.map(({ priceUsdPerMwh }) => priceUsdPerMwh), role: 'second' },
        { name: t('plan.price.breakEven'), values: intervals.map(({ worthUsdPerMwh }) => worthUsdPerMwh), role: 'main' },
      ],
      axisDigits: 0,
      base: 0,
    },
    table: null,
  };
}

function toMoneySection(say: Say, { answer, on }: Plan): Section {
  const { t } = say;
  const plan = { ...answer.money, valueUsd: answer.valueUsd };
  const title = t('plan.money.title', { hashing: sayUsd(say, plan.hashingUsd), energy: sayUsd(say, plan.energyUsd) });
  const shown = MONEY_PARTS.filter((part) => plan[part] !== 0 || on[part] !== 0);
  // What is paid stands below zero, so that the parts add up to the value.
  const signed = (money: Record<MoneyPart, number>, part: MoneyPart) => (isIncome(part) || money[part] === 0 ? money[part] : -money[part]);
  const cell = (value: number): Cell => ({ text: saySignedUsd(say, value), value });
  return {
    id: 'money',
    title,
    lead: t('plan.money.lead'),
    chart: {
      kind: 'columns',
      alt: title,
      categories: shown.map((part) => t(`plan.money.${part}`)),
      categoryTitle: '',
      valueTitle: t('plan.money.axis'),
      series: [
        { name: t('plan.money.plan'), values: shown.map((part) => signed(plan, part)), role: 'main' },
        { name: t('plan.money.on'), values: shown.map((part) => signed(on, part)), role: 'third' },
      ],
      axisDigits: 0,
      base: 0,
    },
    table: {
      caption: title,
      columns: [{ label: t('plan.money.part'), kind: 'text' }, number(t('plan.money.plan')), number(t('plan.money.on'))],
      rows: shown.map((part) => [textCell(t(`plan.money.${part}`)), cell(signed(plan, part)), cell(signed(on, part))]),
    },
  };
}

function toGroupsSection({ t, format }: Say, { groups }: Plan): Section {
  const shown = [...groups].sort((a, b) => b.hoursOffEach - a.hoursOffEach).slice(0, SHOWN_GROUPS);
  const longest = shown[0]!;
  const title =
    longest.hoursOffEach === 0
      ? t('plan.groups.none')
      : t('plan.groups.title', { id: longest.id, hours: format.number(longest.hoursOffEach, 1) });
  return {
    id: 'groups',
    title,
    lead: t('plan.groups.lead'),
    chart: {
      kind: 'bars',
      alt: title,
      categories: shown.map(({ id }) => id),
      categoryTitle: '',
      valueTitle: t('plan.groups.axis'),
      series: [{ name: t('plan.groups.series'), values: shown.map(({ hoursOffEach }) => hoursOffEach), role: 'main' }],
      axisDigits: 1,
      base: 0,
    },
    table: {
      caption: title,
      columns: [
        { label: t('plan.groups.id'), kind: 'text' },
        { label: t('plan.groups.site'), kind: 'text' },
        ...(['machines', 'power', 'efficiency', 'hours', 'starts'] as const).map((key) => number(t(`plan.groups.${key}`))),
      ],
      rows: shown.map((group): Cell[] => [
        textCell(group.id),
        textCell(group.site ?? '—'),
        { text: format.integer(group.machines), value: group.machines },
        { text: format.number(group.powerKw, 2), value: group.powerKw },
        { text: format.number(group.efficiencyJPerTh, 1), value: group.efficiencyJPerTh },
        { text: format.number(group.hoursOffEach, 1), value: group.hoursOffEach },
        { text: format.integer(group.starts), value: group.starts },
      ]),
    },
  };
}

function toShadowSection(say: Say, { answer, intervals }: Plan, sayTime: SayTime): Section {
  const { t, format } = say;
  const { cap, ramp, clients, takeOrPayUsdPerKwh, peak } = answer.shadowPrices;
  const at = (interval: number) => sayTime(intervals[interval]!.startAt);
  const limits = [
    ...cap.map((one) => ({ limit: t('plan.shadow.cap'), where: `${one.site} · ${at(one.interval)}`, usd: one.usdPerMw })),
    ...ramp.map((one) => ({ limit: t('plan.shadow.ramp'), where: `${one.site} · ${at(one.interval)}`, usd: one.usdPerMw })),
    ...clients.map((one) => ({ limit: t('plan.shadow.client'), where: one.id, usd: one.usdPerMachineInterval })),
    ...(takeOrPayUsdPerKwh ? [{ limit: t('plan.shadow.takeOrPay'), where: '—', usd: takeOrPayUsdPerKwh }] : []),
    ...peak.map((one) => ({ limit: t('plan.shadow.peak'), where: at(one.interval), usd: one.usdPerKw })),
  ].filter(({ usd }) => usd !== 0);
  const dearest = cap.reduce<(typeof cap)[number] | null>(
    (best, one) => (best === null || one.usdPerMw > best.usdPerMw ? one : best),
    null,
  );
  const title =
    dearest === null || dearest.usdPerMw === 0
      ? limits.length === 0
        ? t('plan.shadow.none')
        : `${limits[0]!.limit}: ${sayUsd(say, limits[0]!.usd)}`
      : t('plan.shadow.title', { site: dearest.site, at: at(dearest.interval), usd: sayUsd(say, dearest.usdPerMw) });
  return {
    id: 'limits',
    title,
    lead: t('plan.shadow.lead'),
    chart: null,
    table: {
      caption: title,
      columns: [
        { label: t('plan.shadow.limit'), kind: 'text' },
        { label: t('plan.shadow.where'), kind: 'text' },
        number(t('plan.shadow.worth')),
      ],
      rows:
        limits.length === 0
          ? [[textCell('—'), textCell('—'), { text: format.number(0, 2), value: 0 }]]
          : [...limits]
              .sort((a, b) => b.usd - a.usd)
              .slice(0, SHOWN_LIMITS)
              .map(({ limit, where, usd }): Cell[] => [textCell(limit), textCell(where), { text: format.number(usd, 4), value: usd }]),
    },
  };
}
