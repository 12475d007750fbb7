/** A scenario as it is kept: the form as it was typed, the market of that moment and what the engine was given. Checked on the way back: another release may have written it. Pure. */
import { z } from 'zod';
import { toClientInputs } from '#app/features/calculator/answer/compute-answer.ts';
import {
  type CalculatorForm,
  CURRENCIES,
  createDefaultForm,
  FORM_FIELD_NAMES,
  PERSPECTIVES,
} from '#app/features/calculator/inputs/calculator-form.ts';
import { type FindMachine, type ReadForm, toRoiInputs } from '#app/features/calculator/inputs/to-roi-inputs.ts';
import { MARKET_FIGURE_NAMES, type MarketSnapshot } from '#app/features/market/snapshot.ts';
import { FigureBasisSchema } from '#app/features/market/stored-figures.ts';
import type { RoiInputs } from '#engine';

export type SavedScenario = {
  id: string;
  name: string;
  machine: string;
  savedAt: Date;
  form: CalculatorForm;
  inputs: RoiInputs;
  market: MarketSnapshot;
};

/** `inputs` are those of the machine's owner, who bears price and difficulty: on the own site, or the client whose machine is hosted. */
export type OwnerReading = Exclude<ReadForm, { kind: 'ok' }> | { kind: 'ok'; inputs: RoiInputs; machine: string };

export function readOwnerInputs(form: CalculatorForm, market: MarketSnapshot, findMachine: FindMachine, nowMs: number): OwnerReading {
  const read = toRoiInputs(form, market, findMachine, nowMs);
  if (read.kind === 'invalid') return read;
  const inputs = form.view === 'own' ? { ...read.inputs, clientPowerUsdPerKwh: null } : toClientInputs(read.inputs);
  return { kind: 'ok', inputs, machine: read.machine.name };
}

const FormSchema = z.record(z.string(), z.string());
const InputsSchema = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]).nullable());
const Origin = z.enum(['live', 'shipped']);
const FigureSchema = z.union([
  z.object({
    value: z.number(),
    source: z.string(),
    sourceUrl: z.string().nullable(),
    at: z.string().nullable(),
    origin: Origin,
    basis: FigureBasisSchema.nullish(),
  }),
  z.object({ value: z.null(), source: z.null(), sourceUrl: z.null(), at: z.null(), origin: Origin }),
]);
const MarketSchema = z.record(z.enum(MARKET_FIGURE_NAMES), FigureSchema);

type StoredRow = { id: string; name: string; machine: string; createdAt: Date; form: unknown; inputs: string; market: unknown };

/** A field that the form has gained since then stands at its default; one that it has lost is left out. Throws on what never was a scenario. */
export function parseSavedScenario({ id, name, machine, createdAt, ...row }: StoredRow): SavedScenario {
  const typed = FormSchema.parse(row.form);
  const currency = CURRENCIES.find((one) => one === typed.currency) ?? 'usd';
  const known = FORM_FIELD_NAMES.flatMap((field) => (typed[field] === undefined ? [] : [[field, typed[field]]]));
  return {
    id,
    name,
    machine,
    savedAt: createdAt,
    form: {
      ...createDefaultForm(currency),
      ...Object.fromEntries(known),
      currency,
      view: PERSPECTIVES.find((one) => one === typed.view) ?? 'own',
    },
    inputs: InputsSchema.parse(JSON.parse(row.inputs)) as RoiInputs,
    market: MarketSchema.parse(row.market),
  };
}
