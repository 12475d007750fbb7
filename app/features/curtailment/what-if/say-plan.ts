/** The plan in words: headline, certificate, shadow prices, reasons, breaches. Pure: texts and number formats are given. */
import type { Format } from '#app/ui/format.ts';
import type { PlanGapParts } from '#engine';
import type { PlanView, View } from './plan-view.ts';
import type { ReasonSpan } from './reasons.ts';
import type { Breach, RulePlan } from './rule-plans.ts';
import { isUnderCent, sayGapRatio, sayGapUsd } from './say-gap.ts';
import { createSayTime, joinIntervals, type SayTime } from './say-time.ts';
import type { Setting } from './to-plan-problem.ts';
import type { Texts } from './use-what-if.ts';

const KW_PER_MW = 1000;
const MINUTES_PER_HOUR = 60;
/** Half a cent: less is nothing on a screen that shows cents. */
const CENT_USD = 0.005;
/** From here amounts go without cents. */
const WHOLE_USD_FROM = 10_000;
const MOST_PRICES = 3;
/** Half a tenth of a cent: less is nothing on a screen that shows three digits. */
const LEAST_HOUR_USD = 0.0005;

export type Say = {
  t: Texts;
  format: Format;
  setting: Setting;
  time: SayTime;
  usd: (value: number) => string;
  power: (kw: number) => string;
};

export function sayUsd(format: Format, value: number): string {
  return format.usd(value, Math.abs(value) >= WHOLE_USD_FROM ? 0 : 2);
}

/** 950 W, 83.4 kW, 2.41 MW. */
export function sayPower(format: Format, kw: number): string {
  if (Math.abs(kw) >= KW_PER_MW) return `${format.number(kw / KW_PER_MW, 2)} MW`;
  if (Math.abs(kw) < 1 && kw !== 0) return `${format.integer(kw * 1000)} W`;
  return `${format.number(kw, Number.isInteger(kw) ? 0 : 1)} kW`;
}

export function createSay(t: Texts, format: Format, setting: Setting): Say {
  return {
    t,
    format,
    setting,
    time: createSayTime(t, setting),
    usd: (value) => sayUsd(format, value),
    power: (kw) => sayPower(format, kw),
  };
}

/** The best of the rules that keep all limits. */
export function findBestRule(rules: readonly RulePlan[]): RulePlan | null {
  const allowed = rules.filter(({ breaches }) => breaches.length === 0);
  return allowed.reduce<RulePlan | null>((best, rule) => (best === null || rule.valueUsd > best.valueUsd ? rule : best), null);
}

export function sayHeadline({ t, usd }: Say, view: View): string {
  if (view.kind !== 'plan') return t(`headline.${view.kind}`);
  const value = usd(view.valueUsd);
  const best = findBestRule(view.rules);
  if (best === null) return t('headline.alone', { value });
  const gainUsd = view.valueUsd - best.valueUsd;
  const rule = t(`rule.${best.rule}`);
  return gainUsd < CENT_USD ? t('headline.same', { value, rule }) : t('headline.gain', { value, rule, gain: usd(gainUsd) });
}

/** The certificate in one sentence. */
export function sayCertificate({ t, format }: Say, { gapUsd, gapRatio }: PlanView): string {
  if (isUnderCent(gapUsd)) return t('lead.cent');
  return t('lead.gap', { gap: sayGapUsd(t, format, gapUsd), ratio: sayGapRatio(format, gapRatio) });
}

export function sayLead(say: Say, view: View): string {
  const { t, usd } = say;
  switch (view.kind) {
    case 'plan':
      return sayCertificate(say, view);
    case 'infeasible':
      return t('lead.infeasible');
    case 'refused':
      return t('lead.refused', { path: view.path, allowed: view.allowed });
    default:
      return view.boundUsd === null ? t('lead.unknownBoundless') : t('lead.unknown', { bound: usd(view.boundUsd) });
  }
}

export function sayDate(format: Format, setting: Pick<Setting, 'date'>): string {
  return format.date(`${setting.date}T00:00:00Z`);
}

/** How large the problem is and how long it took; `null`: it was stopped. */
export function sayScope({ t, format, setting }: Say, elapsedMs: number | null): string {
  const count = setting.classes.reduce((sum, one) => sum + one.count, 0);
  const { interval } = setting.problem;
  return t(elapsedMs === null ? 'lead.size' : 'lead.scope', {
    count,
    n: format.integer(count),
    date: sayDate(format, setting),
    intervals: format.integer(interval.count),
    minutes: interval.minutes,
    ms: elapsedMs === null ? '' : format.number(elapsedMs, elapsedMs < 10 ? 1 : 0),
  });
}

export function sayBreach({ t, format, setting, power }: Say, breach: Breach): string {
  switch (breach.kind) {
    case 'cap':
    case 'ramp':
      return t(`breach.${breach.kind}`, { count: breach.intervals, n: format.integer(breach.intervals), power: power(breach.mostOverKw) });
    case 'floor':
      return t('breach.floor', { client: breach.client, hours: sayHours(format, setting, breach.missingMachineIntervals) });
    case 'minimum-times':
      return t('breach.minimum-times', { count: breach.machines, n: format.integer(breach.machines) });
  }
}

export function sayHours(format: Format, { problem }: Pick<Setting, 'problem'>, machineIntervals: number): string {
  const hours = (machineIntervals * problem.interval.minutes) / MINUTES_PER_HOUR;
  return format.number(hours, Number.isInteger(hours) ? 0 : 1);
}

/** What the gap is made of; parts that are nothing on a screen are left out unless they are all there is. */
export function sayGapParts({ t, format, time, power }: Say, { gapParts, gapUsd, unusedCap }: PlanView): string[] {
  const least = Math.min(CENT_USD, gapUsd / 10);
  const entries = Object.entries(gapParts) as [keyof PlanGapParts, number][];
  return entries
    .filter(([, usd]) => usd > least)
    .sort(([, a], [, b]) => b - a)
    .map(([part, usd]) => {
      const list = unusedCap
        .map(({ interval, kw }) => t('proof.place', { power: power(kw), time: time.at(interval) }))
        .join(t('list.comma'));
      return t(`proof.part.${part}`, {
        usd: sayGapUsd(t, format, usd),
        places: part === 'unusedCapUsd' && list !== '' ? t('proof.places', { list }) : '',
      });
    });
}

/** Stretches of neighbouring intervals in which the price of a MW is the same to the cent are told once. */
function listCapPrices(capUsdPerMw: readonly number[]): { from: number; to: number; usd: number }[] {
  const spans: { from: number; to: number; usd: number }[] = [];
  for (const [from, to] of joinIntervals(capUsdPerMw.flatMap((usd, t) => (usd > CENT_USD ? [t] : [])))) {
    for (let t = from; t < to; t++) {
      const open = spans.at(-1);
      const usd = capUsdPerMw[t]!;
      if (open && open.to === t && Math.abs(open.usd - usd) < CENT_USD) open.to = t + 1;
      else spans.push({ from: t, to: t + 1, usd });
    }
  }
  return spans.sort((a, b) => b.usd - a.usd);
}

/** What one more of each limit is worth, dearest first. */
export function sayShadowPrices(say: Say, view: PlanView): string[] {
  const { t, time, usd, format, setting } = say;
  const perInterval = setting.problem.interval.minutes / MINUTES_PER_HOUR;
  const caps = listCapPrices(view.capUsdPerMw);
  const total = view.capUsdPerMw.reduce((sum, one) => sum + one, 0);
  const ramps = view.rampUsdPerMw.map((one, interval) => ({ one, interval })).filter(({ one }) => one > CENT_USD);
  const peaks = view.peak.filter(({ usdPerKw }) => usdPerKw > CENT_USD).sort((a, b) => b.usdPerKw - a.usdPerKw);
  return [
    ...caps
      .slice(0, MOST_PRICES)
      .map((span) =>
        t('worth.cap', { time: span.to - span.from > 1 ? time.range(span.from, span.to) : time.at(span.from), usd: usd(span.usd) }),
      ),
    ...(caps.length > 1 ? [t('worth.capAll', { usd: usd(total) })] : []),
    ...view.clients
      .filter(({ costUsd, usdPerMachineInterval }) => (costUsd ?? 0) > CENT_USD || usdPerMachineInterval / perInterval > LEAST_HOUR_USD)
      .map(({ id, costUsd, usdPerMachineInterval }) => {
        const each = format.usd(usdPerMachineInterval / perInterval, 3);
        return costUsd === null ? t('worth.floorHour', { client: id, each }) : t('worth.floor', { client: id, usd: usd(costUsd), each });
      }),
    ...ramps
      .sort((a, b) => b.one - a.one)
      .slice(0, MOST_PRICES)
      .map(({ one, interval }) => t('worth.ramp', { time: time.at(interval), usd: usd(one) })),
    ...peaks.slice(0, MOST_PRICES).map(({ interval, usdPerKw }) => t('worth.peak', { time: time.at(interval), usd: usd(usdPerKw) })),
    ...(view.takeOrPayUsdPerKwh !== null && view.takeOrPayUsdPerKwh * KW_PER_MW > CENT_USD
      ? [t('worth.takeOrPay', { usd: usd(view.takeOrPayUsdPerKwh * KW_PER_MW) })]
      : []),
  ];
}

export function sayReason({ t, format, time }: Say, span: ReasonSpan): { what: string; why: string } {
  const n =
    span.fewest === span.most
      ? format.integer(span.most)
      : t('reasons.what.several', { fewest: format.integer(span.fewest), most: format.integer(span.most) });
  const what = t(`reasons.what.${span.track}`, { count: span.most, n, range: time.range(span.from, span.to) });
  const { reason } = span;
  if (span.track === 'low' && (reason === 'price' || reason === 'cap' || reason === 'peak' || reason === 'ramp')) {
    return { what, why: t(`reasons.whyLow.${reason}`) };
  }
  return { what, why: t(`reasons.why.${reason}`, { usd: format.usd(Math.abs(span.marginUsdPerHour), 3) }) };
}

/** Share of the class's machine time that is off. */
export function offShare(counts: readonly (readonly number[])[], count: number): number {
  const off = counts[0] ?? [];
  return off.length === 0 ? 0 : off.reduce((sum, units) => sum + units, 0) / (off.length * count);
}
