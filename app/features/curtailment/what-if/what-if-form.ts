/**
 * The what-if page's form as a person types it: a fleet in rows, a day of prices, caps by the clock, floors by client and single figures. Everything is a string,
 * in the unit that is shown; `to-plan-problem.ts` turns it into the engine's problem. Pure: knows no market and no language.
 */

/** One kind of machine: what it does in normal mode comes from the catalogue, its other modes are the guest's own. */
export type FleetRow = {
  /** Name in the catalogue. */
  model: string;
  count: string;
  /** Whose machines these are; empty: the site's own. */
  client: string;
  /** A mode below and one above normal; both figures or none. */
  lowW: string;
  lowThs: string;
  highW: string;
  highThs: string;
};

/** From and to by the clock of the day ("17:00"), `to` not included; over midnight when `to` is not after `from`. */
export type CapWindow = { from: string; to: string; kw: string };

export const PRICE_UNITS = ['usdPerMwh', 'usdPerKwh', 'cnyPerKwh'] as const;
export type PriceUnit = (typeof PRICE_UNITS)[number];

/** Length of an interval in minutes; `auto`: from the number of prices. */
export const STEPS = ['auto', '60', '30', '15', '5'] as const;
export type Step = (typeof STEPS)[number];

/** Whether own prices have to fill their first day exactly, or may end before or after it. */
export const SPANS = ['day', 'asGiven'] as const;
export type Span = (typeof SPANS)[number];

/** In place of the date of a sample day: the guest's own prices. */
export const OWN_PRICES = 'own';

/** Range in the unit that is typed; `slider` covers its usual part. */
export type NumberSpec = {
  min: number;
  max: number;
  integer?: boolean;
  slider?: { min: number; max: number; step: number };
};

/** Single figures, in the order of the form. Empty: the market's figure for `hashprice`, otherwise that there is none. */
export const NUMBER_FIELDS = {
  /** USD per PH/s and day. */
  hashprice: { min: 0, max: 1000, slider: { min: 20, max: 120, step: 0.5 } },
  /** USD per MWh above the cap; empty: the cap is hard. */
  penalty: { min: 0, max: 1_000_000 },
  /** kW from one interval to the next. */
  ramp: { min: 0, max: 1_000_000 },
  /** Minutes. */
  minUp: { min: 0, max: 1440 },
  minDown: { min: 0, max: 1440 },
  /** USD a start. */
  restart: { min: 0, max: 1000, slider: { min: 0, max: 2, step: 0.05 } },
  /** Minutes without hashing after a start. */
  boot: { min: 0, max: 240, slider: { min: 0, max: 30, step: 1 } },
  /** MWh over the horizon, USD per MWh missing. */
  takeMwh: { min: 0, max: 1_000_000 },
  takePrice: { min: 0, max: 100_000 },
  /** USD per kW of the highest load, kW reached before. */
  demand: { min: 0, max: 1000 },
  peak: { min: 0, max: 1_000_000 },
} as const satisfies Record<string, NumberSpec>;
export type NumberName = keyof typeof NUMBER_FIELDS;
export const NUMBER_NAMES = Object.keys(NUMBER_FIELDS) as NumberName[];

export const ROW_NUMBER_SPECS = {
  count: { min: 1, max: 20_000, integer: true },
  lowW: { min: 1, max: 100_000 },
  lowThs: { min: 0.1, max: 10_000 },
  highW: { min: 1, max: 100_000 },
  highThs: { min: 0.1, max: 10_000 },
} as const satisfies Partial<Record<keyof FleetRow, NumberSpec>>;
export const CAP_SPEC: NumberSpec = { min: 0, max: 1_000_000 };
/** Percent of the client's machine time. */
export const FLOOR_SPEC: NumberSpec = { min: 0, max: 100 };

export const MAX_ROWS = 12;
export const MAX_CAPS = 4;
/** Guests' limits; the engine itself takes five times as many machines. */
export const MAX_MACHINES = 20_000;
export const MAX_INTERVALS = 288;
export const MAX_NAME_LENGTH = 60;
export const MAX_PRICES_LENGTH = 20_000;

export type WhatIfForm = {
  preset: PresetName;
  rows: FleetRow[];
  /** Date of a sample day, days of a stored series (`stored-days.ts`), or `own`. */
  day: string;
  /** As pasted. */
  prices: string;
  unit: PriceUnit;
  step: Step;
  span: Span;
  /** Of own prices: the local day of the first one, YYYY-MM-DD; empty: today. */
  date: string;
  /** Of own prices: IANA name. */
  zone: string;
  caps: CapWindow[];
  /** Percent by client. */
  floors: Record<string, string>;
} & Record<NumberName, string>;

/** The sample day the page opens with: an autumn day with a steep evening peak. */
export const DEFAULT_DAY = '2022-10-20';
export const SAMPLE_ZONE = 'America/Chicago';

export function emptyRow(): FleetRow {
  return { model: '', count: '', client: '', lowW: '', lowThs: '', highW: '', highThs: '' };
}

function row(model: string, count: number, client: string, low: { powerW: number; hashrateThs: number } | null = null): FleetRow {
  return { ...emptyRow(), model, count: String(count), client, lowW: String(low?.powerW ?? ''), lowThs: String(low?.hashrateThs ?? '') };
}

const COMMON = {
  day: DEFAULT_DAY,
  prices: '',
  unit: 'usdPerMwh',
  step: 'auto',
  span: 'day',
  date: '',
  zone: SAMPLE_ZONE,
  hashprice: '',
  penalty: '',
  ramp: '',
  minUp: '',
  minDown: '',
  restart: '0.1',
  boot: '6',
  takeMwh: '',
  takePrice: '',
  demand: '',
  peak: '',
} as const;

/** The low-power figures are examples of the page, about 70 % of the power for 78 % of the hash rate; the form says so. */
const S21_LOW = { powerW: 2450, hashrateThs: 156 };

const PRESETS = {
  small: {
    ...COMMON,
    rows: [row('Antminer S21', 24, 'A', S21_LOW), row('Antminer S19 XP', 20, 'A'), row('Antminer S19j Pro', 16, 'A')],
    caps: [{ from: '15:00', to: '21:00', kw: '100' }],
    floors: { A: '50' },
  },
  evening: {
    ...COMMON,
    rows: [
      row('Antminer S21 XP', 1000, 'A', { powerW: 2550, hashrateThs: 210 }),
      row('Antminer S21', 1200, 'A', S21_LOW),
      row('Antminer S19 XP', 900, 'B'),
      row('Whatsminer M50S', 800, 'B'),
      row('Antminer S19j Pro', 1300, 'C'),
      row('Antminer S19 Pro', 800, 'C'),
    ],
    caps: [{ from: '16:00', to: '22:00', kw: '6000' }],
    floors: { A: '80', C: '70' },
  },
} as const satisfies Record<string, Omit<WhatIfForm, 'preset'>>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
export const DEFAULT_PRESET: PresetName = 'small';

/** A fresh copy of the preset. */
export function createPreset(preset: PresetName): WhatIfForm {
  return structuredClone({ preset, ...PRESETS[preset] }) as WhatIfForm;
}

/** Clients of the fleet in the order in which they appear. */
export function listClients(rows: readonly FleetRow[]): string[] {
  return [...new Set(rows.map(({ client }) => client.trim()).filter((client) => client !== ''))];
}

/** A row nobody has filled in is no row. */
export function isBlankRow(given: FleetRow): boolean {
  return given.model.trim() === '' && given.count.trim() === '';
}

export function isBlankCap(cap: CapWindow): boolean {
  return cap.kw.trim() === '';
}

/** Name of a field in the HTML form and in the URL; rows and caps are counted from 1. */
export const ROW_FIELD_PREFIX = {
  model: 'm',
  count: 'n',
  client: 'c',
  lowW: 'lw',
  lowThs: 'lt',
  highW: 'hw',
  highThs: 'ht',
} as const satisfies Record<keyof FleetRow, string>;
export const CAP_FIELD_PREFIX = { from: 'cf', to: 'ct', kw: 'ck' } as const satisfies Record<keyof CapWindow, string>;

export function rowFieldName(index: number, field: keyof FleetRow): string {
  return `${ROW_FIELD_PREFIX[field]}${index + 1}`;
}
export function capFieldName(index: number, field: keyof CapWindow): string {
  return `${CAP_FIELD_PREFIX[field]}${index + 1}`;
}
export function floorFieldName(client: string): string {
  return `sla.${client}`;
}

/** Why something typed cannot be used; `field` is a field's name in the form. */
export type FormError = {
  field: string;
  code:
    | 'missing'
    | 'not_a_number'
    | 'not_an_integer'
    | 'out_of_range'
    | 'unknown_model'
    | 'pair'
    | 'not_a_time'
    | 'not_a_date'
    | 'unknown_zone'
    | 'unknown_day'
    | 'stored_gaps'
    | 'no_machines'
    | 'too_many_machines'
    | 'market_missing'
    | 'rate_missing'
    | 'no_rate'
    | 'no_prices'
    | 'price_unreadable'
    | 'price_out_of_range'
    | 'too_many_prices'
    | 'odd_count'
    | 'day_length'
    | 'clock_day_length';
  min?: number;
  max?: number;
  /** Line of the prices, from 1. */
  line?: number;
  /** What stood there. */
  text?: string;
  /** The local day that the prices do not fill. */
  day?: { date: string; zone: string; hours: number };
};
