/**
 * One form and one market to everything the page answers, by the engine: the server calls it for the first HTML, the browser at
 * every input. The same calls give the same bits, so what hydrates is what was sent.
 */

import {
  type CalculatorForm,
  type Currency,
  type FormError,
  NUMBER_FIELD_NAMES,
  NUMBER_FIELDS,
  type Perspective,
  plainError,
} from '#app/features/calculator/inputs/calculator-form.ts';
import { findHumanRange } from '#app/features/calculator/inputs/human-units.ts';
import { type ChosenMachine, type ComparedMachine, type FindMachine, toRoiInputs } from '#app/features/calculator/inputs/to-roi-inputs.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import type {
  Engine,
  FieldError,
  Projection,
  ProjectionSummary,
  ResolvedRoiInputs,
  RoiInputs,
  RoiResult,
  Today,
  Verification,
  Warning,
} from '#engine';
import { S_PER_MONTH } from '#engine/units/constants.ts';
import { computeHostToday, type HostToday } from './hosting-today.ts';

export type ComparedAnswer = {
  machine: ComparedMachine;
  netUsdPerDay: number;
  breakEvenPowerUsdPerKwh: number | null;
  summary: ProjectionSummary;
};

/** Both sides of the contract, without their months. */
export type HostingAnswer = {
  clientPowerUsdPerKwh: number;
  client: { today: Today; summary: ProjectionSummary };
  host: { today: HostToday; summary: ProjectionSummary; capexUsd: number };
};

/** Plain data: sent with the HTML. Money in USD; `moneyPerUsd` turns it into the currency shown. */
export type Answer = {
  view: Perspective;
  currency: Currency;
  moneyPerUsd: number;
  machine: ChosenMachine;
  /** As seen from `view`: for the client, `powerUsdPerKwh` is what the client pays. */
  inputs: ResolvedRoiInputs;
  /** Of own site or client; the host has `hosting.host.today`. */
  today: Today;
  /** Of `view`. */
  projection: Projection;
  hosting: HostingAnswer | null;
  verification: Verification;
  /** Months until the first halving of the path; `null` when none comes inside the horizon. */
  halvingMonths: number | null;
  compared: ComparedAnswer[];
  /** Day the projection starts at, a UTC midnight, ms since 1970. */
  startMs: number;
  warnings: Warning[];
  engineVersion: string;
};

export type Computed =
  | { kind: 'ok'; answer: Answer; errors: FormError[] }
  /** Nothing can be said; the errors say why and what to do. */
  | { kind: 'invalid'; errors: FormError[] };

function findHalvingMonths(result: RoiResult): number | null {
  const halving = result.events.find((event) => event.kind === 'halving');
  if (halving === undefined) return null;
  const months = halving.atS / S_PER_MONTH;
  return months <= result.inputs.horizonMonths ? months : null;
}

/** The engine's refusal in the names and units of the form; what the form cannot show is blamed on the machine. */
function toFormErrors(errors: readonly FieldError[], moneyPerUsd: number): FormError[] {
  return errors.map((error) => {
    const name = NUMBER_FIELD_NAMES.find((candidate) => NUMBER_FIELDS[candidate].engine === error.field) ?? 'model';
    if (name === 'model') return plainError(name, 'not_finite');
    const { min, max, minExclusive } = findHumanRange(name, moneyPerUsd);
    return { name, code: error.code, min, max, minExclusive };
  });
}

function withoutMonths(projection: Projection): ProjectionSummary {
  const { months: _months, ...summary } = projection;
  return summary;
}

/** The client's inputs: the same machine at the price the client pays. */
export function toClientInputs(inputs: RoiInputs): RoiInputs {
  const { clientPowerUsdPerKwh } = inputs;
  if (clientPowerUsdPerKwh === null) return inputs;
  return { ...inputs, powerUsdPerKwh: clientPowerUsdPerKwh, clientPowerUsdPerKwh: null };
}

/**
 * Inputs of the machine's owner, who bears price and difficulty: on the own site, or the client. Seen from the host these are the client's, which decide whether the
 * client keeps running.
 */
export function toOwnerInputs({ view, inputs }: Pick<Answer, 'view' | 'inputs'>): RoiInputs {
  return view === 'host' ? toClientInputs(inputs) : { ...inputs, clientPowerUsdPerKwh: null };
}

type Hosted = { answer: HostingAnswer; clientInputs: ResolvedRoiInputs; client: Projection; host: Projection };

function computeHosted(engine: Engine, result: RoiResult): Hosted | null {
  const { clientPowerUsdPerKwh, hostCapexUsd } = result.inputs;
  if (clientPowerUsdPerKwh === null || result.client === null || result.host === null) return null;
  const client = engine.project(toClientInputs(result.inputs));
  if (client.kind === 'invalid') return null;
  return {
    clientInputs: client.inputs,
    client: result.client,
    host: result.host,
    answer: {
      clientPowerUsdPerKwh,
      client: { today: client.today, summary: withoutMonths(result.client) },
      host: {
        today: computeHostToday(result.inputs, clientPowerUsdPerKwh, client.today),
        summary: withoutMonths(result.host),
        capexUsd: hostCapexUsd,
      },
    },
  };
}

function computeCompared(engine: Engine, inputs: RoiInputs, machines: readonly ComparedMachine[], errors: FormError[]): ComparedAnswer[] {
  const rows: ComparedAnswer[] = [];
  for (const machine of machines) {
    const { hashrateThs, powerW, capexUsd } = machine;
    const result = engine.project({ ...inputs, hashrateThs, powerW, capexUsd });
    if (result.kind === 'invalid') {
      errors.push(plainError(machine.field, 'not_finite'));
      continue;
    }
    rows.push({
      machine,
      netUsdPerDay: result.today.netUsdPerDay,
      breakEvenPowerUsdPerKwh: result.today.breakEvenPowerUsdPerKwh,
      summary: withoutMonths(result.projection),
    });
  }
  return rows;
}

export type ComputeContext = { engine: Engine; market: MarketSnapshot; findMachine: FindMachine; nowMs: number };

export function computeAnswer(form: CalculatorForm, { engine, market, findMachine, nowMs }: ComputeContext): Computed {
  const read = toRoiInputs(form, market, findMachine, nowMs);
  if (read.kind === 'invalid') return read;
  const { inputs, machine, moneyPerUsd, errors } = read;
  const result = engine.project(inputs);
  if (result.kind === 'invalid') return { kind: 'invalid', errors: toFormErrors(result.errors, moneyPerUsd) };

  const hosted = computeHosted(engine, result);
  const isSeenByClient = form.view === 'client' && hosted !== null;
  const isSeenByHost = form.view === 'host' && hosted !== null;
  // The machine's owner is compared: on the own site, or the client, whose choice of machine the host's earnings follow.
  const ownerInputs = form.view === 'own' ? { ...inputs, clientPowerUsdPerKwh: null } : toClientInputs(inputs);
  return {
    kind: 'ok',
    errors,
    answer: {
      view: form.view,
      currency: form.currency,
      moneyPerUsd,
      machine,
      inputs: isSeenByClient ? hosted.clientInputs : result.inputs,
      today: isSeenByClient ? hosted.answer.client.today : result.today,
      projection: isSeenByClient ? hosted.client : isSeenByHost ? hosted.host : result.projection,
      hosting: hosted?.answer ?? null,
      verification: result.verification,
      halvingMonths: findHalvingMonths(result),
      compared: computeCompared(engine, ownerInputs, read.compared, errors),
      startMs: read.startMs,
      warnings: result.warnings,
      engineVersion: result.engineVersion,
    },
  };
}
