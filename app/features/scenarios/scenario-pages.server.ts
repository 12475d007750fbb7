/** What the pages of saved scenarios read and do, and the same explanation for programs. */

import { type AppLoadContext, redirect } from '@remix-run/node';
import { readCalculatorForm } from '#app/features/calculator/calculator.server.ts';
import { toCalculatorParams } from '#app/features/calculator/inputs/calculator-url.ts';
import { findMachine } from '#app/features/catalogue/find-machine.ts';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import { NOW_OF_FORM, NOW_PARAM, toNowParams, toScenarioPath } from '#app/paths.ts';
import { getDb } from '#app/platform/db.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { can } from '#app/platform/permissions/can.ts';
import { explainScenario, type Now } from './explain-scenario.ts';
import { readOwnerInputs, type SavedScenario } from './saved-scenario.ts';
import type { ScenarioExplanation } from './scenario-answer.ts';
import { type Caller, deleteScenario, findScenario, listScenarios, saveScenario } from './scenario-store.server.ts';
import type { CurrentView, ExplanationView, ScenarioResult, ScenariosView } from './scenario-views.ts';

export type PageArgs = { request: Request; context: AppLoadContext; params: { id?: string } };

export async function toScenarioCaller({
  address,
  requestId,
  getActor,
}: Pick<RequestContext, 'address' | 'requestId' | 'getActor'>): Promise<Caller> {
  return { actor: await getActor(), origin: { address, requestId } };
}

type Current = { view: CurrentView; save: ((name: string) => Parameters<typeof saveScenario>[2]) | null };

/** What the address holds of the calculator; null: nothing. */
async function readCurrent(url: URL): Promise<Current | null> {
  if (url.searchParams.get(NOW_PARAM) !== NOW_OF_FORM) return null;
  const { form, errors, market, nowMs } = await readCalculatorForm(url);
  const search = toNowParams(toCalculatorParams(form)).toString();
  const read = readOwnerInputs(form, market, findMachine, nowMs);
  const engine = await getEngine();
  if (read.kind === 'invalid' || errors.length > 0 || engine.project(read.inputs).kind === 'invalid')
    return { view: { kind: 'no-answer', search }, save: null };
  const { inputs, machine } = read;
  const { count, powerUsdPerKwh, priceUsdPerBtc, horizonMonths } = inputs;
  return {
    view: { kind: 'ok', search, machine, count, powerUsdPerKwh, priceUsdPerBtc, horizonMonths },
    save: (name) => ({ name, machine, form, inputs, market }),
  };
}

export async function readScenariosPage({ request, context }: PageArgs): Promise<ScenariosView> {
  const caller = await toScenarioCaller(context);
  const [scenarios, current] = await Promise.all([listScenarios({ db: getDb() }, caller), readCurrent(new URL(request.url))]);
  return { mayWrite: can(caller.actor, 'scenarios.write'), current: current?.view ?? null, scenarios };
}

/** Saving goes on to the explanation, which has nothing to explain yet and shows what was kept. */
export async function actOnScenarios({ request, context }: PageArgs): Promise<ScenarioResult> {
  const caller = await toScenarioCaller(context);
  const form = await request.formData();
  const deps = { db: getDb() };
  switch (form.get('intent')) {
    case 'save': {
      const current = await readCurrent(new URL(request.url));
      if (current === null || current.save === null) return { kind: 'refused', reason: 'no-answer' };
      const outcome = await saveScenario(deps, caller, current.save(String(form.get('name') ?? '')));
      if (outcome.kind === 'too-many') return outcome;
      throw redirect(toScenarioPath(outcome.id));
    }
    case 'delete': {
      const id = String(form.get('id') ?? '');
      const isDeleted = isUuid(id) && (await deleteScenario(deps, caller, id));
      return isDeleted ? { kind: 'deleted' } : { kind: 'refused', reason: 'not-found' };
    }
    default:
      return { kind: 'refused', reason: 'intent' };
  }
}

/** What the scenario is held against: the form in the address where the address says so, else its own inputs at the market of now. */
async function readNow(url: URL, saved: SavedScenario): Promise<Now> {
  if (url.searchParams.get(NOW_PARAM) === NOW_OF_FORM) return { ...(await readCalculatorForm(url)), inputsOfNow: 'given' };
  return { form: saved.form, market: await getMarketSnapshot(), errors: [], inputsOfNow: 'saved', nowMs: Date.now() };
}

async function explain(url: URL, caller: Caller, id: string): Promise<{ now: Now; explanation: ScenarioExplanation } | null> {
  const saved = isUuid(id) ? await findScenario({ db: getDb() }, caller, id) : null;
  if (saved === null) return null;
  const [now, engine] = await Promise.all([readNow(url, saved), getEngine()]);
  return { now, explanation: explainScenario(saved, now, { engine, findMachine }) };
}

export async function readExplanationPage({ request, context, params }: PageArgs): Promise<ExplanationView> {
  const explained = await explain(new URL(request.url), await toScenarioCaller(context), params.id ?? '');
  if (explained === null) throw new Response(null, { status: 404 });
  const { explanation, now } = explained;
  const { form } = now;
  const { exchangeRate } = explanation;
  // Without both rates dollars are all that can be said of both moments.
  const isYuan = form.currency === 'cny' && exchangeRate !== null;
  const inCurrency = (cnyPerUsd: number) => ({ currency: 'cny' as const, moneyPerUsd: cnyPerUsd });
  const dollars = { currency: 'usd' as const, moneyPerUsd: 1 };
  return {
    explanation,
    shown: isYuan ? inCurrency(exchangeRate.nowCnyPerUsd) : dollars,
    shownThen: isYuan ? inCurrency(exchangeRate.thenCnyPerUsd) : dollars,
    search: toCalculatorParams(form).toString(),
    isHostView: form.view === 'host',
  };
}

/** For `GET /api/v1/scenarios/{id}/explanation`: the figures of the page. Null: it is not there for this caller. */
export async function readExplanation(url: URL, caller: Caller, id: string): Promise<ScenarioExplanation | null> {
  return (await explain(url, caller, id))?.explanation ?? null;
}
