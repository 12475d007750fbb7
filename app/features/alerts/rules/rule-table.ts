/** Every rule: how grave it is, what it may be set to, and when it keeps silent. The settings page, the API, the checks and the tests read this table. Pure. */
import { type FieldRange, range } from '#engine/units/fields.ts';

/** P0: wake somebody. P1: now. P2: today. P3: when there is time. */
export const SEVERITIES = ['P0', 'P1', 'P2', 'P3'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One step graver; P0 stays. */
export const raise = (severity: Severity): Severity => SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)] ?? 'P0';

/** How a rule waits, for every rule alike. `badSamples` of the last `ofSamples` and at least `holdS` since the first of them. */
type Timing = {
  badSamples: number;
  ofSamples: number;
  holdS: number;
  clearSamples: number;
  coolDownS: number;
  recurrences: number;
  recurrenceWindowS: number;
};

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;

export const TIMING_FIELDS = {
  badSamples: range('samples', 1, 16, { integer: true }),
  ofSamples: range('samples', 1, 16, { integer: true }),
  holdS: range('s', 0, DAY_S, { integer: true }),
  clearSamples: range('samples', 1, 60, { integer: true }),
  coolDownS: range('s', 0, 7 * DAY_S, { integer: true }),
  recurrences: range('openings', 2, 16, { integer: true }),
  recurrenceWindowS: range('s', 60, 7 * DAY_S, { integer: true }),
} as const satisfies Record<keyof Timing, FieldRange>;

const COMMON: Timing = {
  badSamples: 3,
  ofSamples: 5,
  holdS: 0,
  clearSamples: 5,
  coolDownS: 1_800,
  recurrences: 4,
  recurrenceWindowS: DAY_S,
};

type RuleSpec = {
  severity: Severity;
  timing: Timing;
  fields: Readonly<Record<string, FieldRange>>;
  /** Many machines at once have one cause: they become one alert. */
  isGrouped: boolean;
  /** Says something of the whole site, by whichever machine it was found. */
  isOfSite: boolean;
  /** Goes on while the machine is curtailed: heat, the pool and the firmware matter then too. */
  watchesCurtailed: boolean;
  /** Needs nothing but what samples keep, so it can be tested against them. */
  isInHistory: boolean;
};

const ratio = (value: number) => range('ratio', 0.01, 1, { default: value });
const celsius = (value: number) => range('°C', 20, 150, { default: value });
const deviations = (value: number) => range('deviations', 2, 20, { default: value });
const count = (value: number, max = 10_000) => range('1', 1, max, { integer: true, default: value });
const seconds = (value: number, min = 60) => range('s', min, 30 * DAY_S, { integer: true, default: value });

const rule = <Fields extends Record<string, FieldRange>>(
  severity: Severity,
  fields: Fields,
  timing: Partial<Timing> = {},
  flags: Partial<Pick<RuleSpec, 'isGrouped' | 'isOfSite' | 'watchesCurtailed' | 'isInHistory'>> = {},
) => ({
  severity,
  fields,
  timing: { ...COMMON, ...timing },
  isGrouped: false,
  isOfSite: false,
  watchesCurtailed: false,
  isInHistory: true,
  ...flags,
});

/** A counter is compared over windows, so a single one decides. */
const ONCE = { badSamples: 1, ofSamples: 1 } as const;
const ALWAYS = { isInHistory: false, watchesCurtailed: true } as const;

export const RULES = {
  // No answer; or, found by the sweep, not asked any more while others are.
  offline: rule('P1', {}, { holdS: 300, clearSamples: 2 }, { isGrouped: true }),
  // Found by the sweep: no machine of the site was heard. Its machines may be well.
  'not-read': rule('P1', {}, { ...ONCE, holdS: 300, clearSamples: 1 }, { isOfSite: true, isInHistory: false }),
  // Restarts within an hour, or a start that does not end.
  'not-coming-up': rule(
    'P1',
    { restarts: range('restarts', 2, 16, { integer: true, default: 3 }), startS: seconds(1_800, 300) },
    {},
    { isGrouped: true, isInHistory: false },
  ),
  'zero-hashrate': rule('P1', {}, { holdS: 300, clearSamples: 3 }, { isGrouped: true }),
  'low-hashrate': rule(
    'P2',
    { floorRatio: ratio(0.8), clearRatio: ratio(0.85) },
    { badSamples: 8, ofSamples: 10, clearSamples: 10 },
    { isGrouped: true },
  ),
  'below-baseline': rule(
    'P2',
    {
      floorRatio: ratio(0.85),
      clearRatio: ratio(0.92),
      deviations: deviations(4),
      learnS: seconds(6 * HOUR_S, HOUR_S),
      adoptS: seconds(3 * DAY_S, HOUR_S),
    },
    { badSamples: 8, ofSamples: 10, clearSamples: 10 },
    { isGrouped: true },
  ),
  'below-peers': rule(
    'P3',
    {
      deviations: deviations(4),
      clearDeviations: range('deviations', 1, 20, { default: 3 }),
      dropRatio: ratio(0.1),
      minPeers: count(8, 1_000),
    },
    { badSamples: 8, ofSamples: 10, clearSamples: 10 },
    { isInHistory: false },
  ),
  'hotter-than-peers': rule(
    'P3',
    {
      deviations: deviations(4),
      clearDeviations: range('deviations', 1, 20, { default: 3 }),
      riseC: range('°C', 1, 60, { default: 10 }),
      minPeers: count(8, 1_000),
    },
    { badSamples: 8, ofSamples: 10, clearSamples: 10 },
    { isInHistory: false },
  ),
  'boards-lost': rule('P1', { adoptS: seconds(7 * DAY_S, HOUR_S) }, {}),
  'chips-lost': rule('P2', { chipsMissing: count(2), adoptS: seconds(7 * DAY_S, HOUR_S) }, {}),
  'hot-warn': rule(
    'P2',
    { chipHotC: celsius(92), chipClearC: celsius(88), boardHotC: celsius(80), boardClearC: celsius(76) },
    {},
    { isGrouped: true, watchesCurtailed: true },
  ),
  'hot-critical': rule(
    'P0',
    { chipHotC: celsius(102), chipClearC: celsius(95), boardHotC: celsius(90), boardClearC: celsius(84) },
    { badSamples: 2, ofSamples: 3 },
    { isGrouped: true, watchesCurtailed: true },
  ),
  'fan-stopped': rule('P1', {}, { badSamples: 2, ofSamples: 3 }),
  rejects: rule(
    'P2',
    { rejectRatio: ratio(0.05), clearRatio: ratio(0.03), minShares: count(50) },
    { ...ONCE, clearSamples: 1 },
    { isGrouped: true },
  ),
  'hardware-errors': rule(
    'P3',
    { errorsPerHour: count(400, 1_000_000), clearPerHour: count(200, 1_000_000) },
    { ...ONCE, clearSamples: 1 },
  ),
  'wrong-pool': rule(
    'P0',
    { adoptS: seconds(DAY_S, 600) },
    { badSamples: 2, ofSamples: 2, clearSamples: 2 },
    { ...ALWAYS, isGrouped: true },
  ),
  'wrong-worker': rule(
    'P1',
    { adoptS: seconds(DAY_S, 600) },
    { badSamples: 2, ofSamples: 2, clearSamples: 2 },
    { ...ALWAYS, isGrouped: true },
  ),
  'firmware-changed': rule('P3', { adoptS: seconds(DAY_S, 600) }, { ...ONCE, clearSamples: 1 }, { ...ALWAYS, isGrouped: true }),
  'clock-skew': rule('P3', { skewS: seconds(120, 5), clearSkewS: seconds(60, 1) }, { badSamples: 5, ofSamples: 5 }, { isInHistory: false }),
  'unknown-state': rule('P3', {}, { badSamples: 5, ofSamples: 6, holdS: 1_800 }),
} as const satisfies Record<string, RuleSpec>;

export type RuleId = keyof typeof RULES;
export const RULE_IDS = Object.keys(RULES) as RuleId[];
export const isRuleId = (text: string): text is RuleId => Object.hasOwn(RULES, text);
export const findRule = (id: RuleId): RuleSpec => RULES[id];

export type RuleTiming = Timing;
/** Names of all numbers that some rule knows. */
export type RuleNumberName = keyof Timing | { [Id in RuleId]: keyof (typeof RULES)[Id]['fields'] }[RuleId];
/** The numbers of one rule by the names of its fields. */
export type RuleNumbers<Id extends RuleId> = Readonly<Record<keyof (typeof RULES)[Id]['fields'], number>>;
/** The same where any rule may be meant. */
export type AnyNumbers = Readonly<Record<string, number>>;
