/**
 * Read model of the what-if page: the URL's form, the market of the moment, the sample days and, for fleets of a bounded size, the plan itself, so that the first HTML
 * holds an answer and the page works without script.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hashpriceUsdPerPhDay } from '#app/features/market/derive-market.ts';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import { readUsdRates } from '#app/features/market/usd-rates.server.ts';
import { getCurtailment } from '#app/platform/engine.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { TH_PER_PH } from '#engine/units/constants.ts';
import { LIVE_OPTIONS, PROOF_OPTIONS } from './plan-budget.ts';
import { toView, type View } from './plan-view.ts';
import { listSampleDays } from './sample-days.server.ts';
import { readStoredDays } from './stored-days.server.ts';
import type { SeriesWithoutRate, StoredDays } from './stored-days.ts';
import { type SampleDay, type Setting, toPlanProblem } from './to-plan-problem.ts';
import type { FormError, WhatIfForm } from './what-if-form.ts';
import { parseWhatIfUrl } from './what-if-url.ts';

/** A view with what its figures mean. */
export type Outcome = { setting: Setting; view: View };

export type WhatIfPage = {
  form: WhatIfForm;
  errors: FormError[];
  /** `null`: the form has errors, or the plan is left to the browser. */
  outcome: Outcome | null;
  /** The fleet is larger than what the server plans for a guest. */
  isTooLarge: boolean;
  market: MarketSnapshot;
  sampleDays: SampleDay[];
  /** Of the reader's own series of power prices. */
  storedDays: StoredDays[];
  /** Series among them that lack a rate. */
  withoutRate: SeriesWithoutRate[];
  /** The instant the page was made, ISO 8601 UTC. */
  nowAt: string;
};

/** Machines times intervals that the server plans while others wait: some 250 ms at the most. The browser has no such limit. */
const MAX_CELLS_ON_SERVER = 600_000;
/** Presets and shared links come again and again. */
const MAX_REMEMBERED = 40;
const remembered = new Map<string, View>();

async function planOnServer({ problem, classes }: Setting): Promise<View> {
  const key = JSON.stringify(problem);
  const known = remembered.get(key);
  if (known) return known;
  const curtailment = await getCurtailment();
  await nextTurn();
  const startedMs = performance.now();
  let result = curtailment.planCurtailment(problem, LIVE_OPTIONS);
  if (result.status === 'unknown') {
    await nextTurn();
    result = curtailment.planCurtailment(problem, PROOF_OPTIONS);
  }
  const elapsedMs = performance.now() - startedMs;
  const view = toView(result, { curtailment, problem, normal: classes.map(({ normal }) => normal), elapsedMs });
  if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
  remembered.set(key, view);
  return view;
}

export async function readWhatIfPage(url: URL, context: RequestContext): Promise<WhatIfPage> {
  const market = await getMarketSnapshot();
  const nowMs = Date.now();
  const form = parseWhatIfUrl(url.searchParams);
  const sampleDays = listSampleDays();
  const { storedDays, withoutRate } = await readStoredDays(context, form.day, await readUsdRates());
  const hashprice = hashpriceUsdPerPhDay(market);
  const made = toPlanProblem(form, {
    sampleDays,
    storedDays,
    withoutRate,
    marketHashpriceUsdPerThDay: hashprice === null ? null : hashprice / TH_PER_PH,
    cnyPerUsd: market.cnyPerUsd.value,
    nowMs,
  });
  const page = { form, market, sampleDays, storedDays, withoutRate, nowAt: new Date(nowMs).toISOString() };
  if (made.kind === 'invalid') return { ...page, errors: made.errors, outcome: null, isTooLarge: false };
  const { setting } = made;
  const cells = setting.classes.reduce((sum, { count }) => sum + count, 0) * setting.problem.interval.count;
  if (cells > MAX_CELLS_ON_SERVER) return { ...page, errors: [], outcome: null, isTooLarge: true };
  return { ...page, errors: [], outcome: { setting, view: await planOnServer(setting) }, isTooLarge: false };
}
