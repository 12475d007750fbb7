/**
 * The what-if form in the URL and back. The names are those of the HTML form, so that the page works by plain GET. What differs from the preset is written: the
 * fleet and the caps whole, the rest field by field. Whatever stands in a URL is read into the form; nothing throws.
 */
import { parsePrices } from './parse-prices.ts';
import {
  CAP_FIELD_PREFIX,
  type CapWindow,
  createPreset,
  DEFAULT_PRESET,
  type FleetRow,
  floorFieldName,
  isBlankCap,
  isBlankRow,
  listClients,
  MAX_CAPS,
  MAX_NAME_LENGTH,
  MAX_PRICES_LENGTH,
  MAX_ROWS,
  NUMBER_NAMES,
  PRESET_NAMES,
  PRICE_UNITS,
  ROW_FIELD_PREFIX,
  SPANS,
  STEPS,
  type WhatIfForm,
} from './what-if-form.ts';

const ROW_KEYS = Object.keys(ROW_FIELD_PREFIX) as (keyof FleetRow)[];
const CAP_KEYS = Object.keys(CAP_FIELD_PREFIX) as (keyof CapWindow)[];
const FLOOR_PREFIX = floorFieldName('');
/** More than fits would be refused by servers on the way; the prices then stay in this browser. */
export const MAX_URL_PRICES_LENGTH = 4000;

/** Control characters mean nothing in names and numbers; prices keep their lines. */
function readText(params: URLSearchParams, name: string, most = MAX_NAME_LENGTH): string | null {
  const text = params.get(name);
  if (text === null) return null;
  // Forms send line ends as two characters.
  const clean = most === MAX_PRICES_LENGTH ? text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '') : text.replace(/\p{Cc}/gu, ' ');
  return [...clean].slice(0, most).join('').trim();
}

function readList<Entry>(
  params: URLSearchParams,
  prefixes: Readonly<Record<string, string>>,
  keys: readonly (keyof Entry & string)[],
  most: number,
): Entry[] | null {
  let isGiven = false;
  const entries: Entry[] = [];
  for (let index = 0; index < most; index++) {
    const texts = keys.map((key) => readText(params, `${prefixes[key]}${index + 1}`));
    if (texts.some((text) => text !== null)) isGiven = true;
    entries.push(Object.fromEntries(keys.map((key, place) => [key, texts[place] ?? ''])) as Entry);
  }
  return isGiven ? entries : null;
}

export function parseWhatIfUrl(params: URLSearchParams): WhatIfForm {
  const preset = PRESET_NAMES.find((name) => name === params.get('preset')) ?? DEFAULT_PRESET;
  const form = createPreset(preset);
  const rows = readList<FleetRow>(params, ROW_FIELD_PREFIX, ROW_KEYS, MAX_ROWS);
  if (rows) form.rows = rows.filter((row) => !isBlankRow(row));
  const caps = readList<CapWindow>(params, CAP_FIELD_PREFIX, CAP_KEYS, MAX_CAPS);
  if (caps) form.caps = caps.filter((cap) => !isBlankCap(cap));
  for (const client of listClients(form.rows)) {
    const floor = readText(params, floorFieldName(client));
    if (floor !== null) form.floors[client] = floor;
  }
  form.day = readText(params, 'day') ?? form.day;
  form.prices = readText(params, 'prices', MAX_PRICES_LENGTH) ?? form.prices;
  form.date = readText(params, 'date') ?? form.date;
  form.zone = readText(params, 'zone') ?? form.zone;
  form.unit = PRICE_UNITS.find((unit) => unit === params.get('unit')) ?? form.unit;
  form.step = STEPS.find((step) => step === params.get('step')) ?? form.step;
  form.span = SPANS.find((span) => span === params.get('span')) ?? form.span;
  for (const name of NUMBER_NAMES) form[name] = readText(params, name) ?? form[name];
  return form;
}

function writeList<Entry extends Record<string, string>>(
  params: URLSearchParams,
  prefixes: Readonly<Record<string, string>>,
  entries: readonly Entry[],
  defaults: readonly Entry[],
): void {
  if (JSON.stringify(entries) === JSON.stringify(defaults)) return;
  // An empty list has to be told from one that is not mentioned.
  if (entries.length === 0) params.set(`${Object.values(prefixes).at(-1)}1`, '');
  entries.forEach((entry, index) => {
    for (const [key, prefix] of Object.entries(prefixes)) if (entry[key] !== '') params.set(`${prefix}${index + 1}`, entry[key] ?? '');
  });
}

/** Prices that can be read go as numbers in one line, without dates, headers and decimal commas; what cannot be read goes as it was typed. */
function toShortPrices(prices: string): string {
  const parsed = parsePrices(prices);
  return parsed.kind === 'ok' ? parsed.prices.join(' ') : prices;
}

/** The shortest parameters that give the form again. Prices too long for a URL are left out: the browser keeps them. */
export function toWhatIfParams(form: WhatIfForm): URLSearchParams {
  const params = new URLSearchParams();
  const defaults = createPreset(form.preset);
  if (form.preset !== DEFAULT_PRESET) params.set('preset', form.preset);
  writeList(
    params,
    ROW_FIELD_PREFIX,
    form.rows.filter((row) => !isBlankRow(row)),
    defaults.rows,
  );
  writeList(
    params,
    CAP_FIELD_PREFIX,
    form.caps.filter((cap) => !isBlankCap(cap)),
    defaults.caps,
  );
  for (const client of listClients(form.rows)) {
    const [floor, usual] = [form.floors[client] ?? '', defaults.floors[client] ?? ''];
    if (floor !== usual) params.set(floorFieldName(client), floor);
  }
  for (const name of ['day', 'unit', 'step', 'span', 'date', 'zone', ...NUMBER_NAMES] as const) {
    if (form[name] !== defaults[name]) params.set(name, form[name]);
  }
  const prices = toShortPrices(form.prices);
  if (prices !== '' && prices.length <= MAX_URL_PRICES_LENGTH) params.set('prices', prices);
  return params;
}

/** Whether a parameter belongs to the form; others (language, campaign marks) are kept as they are. */
export function isWhatIfParam(name: string): boolean {
  if (name.startsWith(FLOOR_PREFIX)) return true;
  if (['preset', 'day', 'prices', 'unit', 'step', 'span', 'date', 'zone', ...NUMBER_NAMES].includes(name)) return true;
  return [...Object.values(ROW_FIELD_PREFIX), ...Object.values(CAP_FIELD_PREFIX)].some((prefix) =>
    new RegExp(`^${prefix}\\d+$`).test(name),
  );
}

/** The present address with the form in it. */
export function replaceWhatIfParams(current: URLSearchParams, form: WhatIfForm): URLSearchParams {
  const params = toWhatIfParams(form);
  for (const [name, value] of current) if (!isWhatIfParam(name)) params.append(name, value);
  return params;
}
