/** What the pages of saved lists read and do. */

import { type AppLoadContext, redirect } from '@remix-run/node';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import { PATHS, toListPath, toSharedListPath } from '#app/paths.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { can } from '#app/platform/permissions/can.ts';
import { createFormat } from '#app/ui/format.ts';
import { toTypedText } from '#app/ui/typed-number.ts';
import { BATCH_FIELDS, type BatchField } from '../mapping/batch-field.ts';
import { createScenarioForm, readScenario, SCENARIO_FIELDS, type ScenarioForm, toTyped } from '../page/scenario-form.ts';
import type { Refusal } from '../reading/unreadable-file.ts';
import { type BatchWords, sayColumn, sayRefusal, sayRowError } from '../rows/say-row-error.ts';
import { getBatchDeps, toBatchCaller } from '../stored/batch-deps.server.ts';
import type { BatchFailure, StoredFigure, StoredRequest } from '../stored/batch-request.ts';
import {
  type Caller,
  cancelBatch,
  deleteBatch,
  duplicateBatch,
  findBatch,
  findShared,
  listBatches,
  listErrors,
  listRows,
  renameBatch,
  type StoreDeps,
  type StoredBatch,
  shareBatch,
  sumHostedRows,
  unshareBatch,
} from '../stored/batch-store.server.ts';
import { toProgress } from '../stored/progress.ts';
import type { ShownSummary, StoredSummary } from '../stored/stored-summary.ts';
import {
  type ActResult,
  AGAIN_FIELDS,
  type AgainField,
  type Basis,
  type Compared,
  type CompareView,
  type ListAct,
  type ListsView,
  type OneView,
  type SavedFailure,
  type SavedList,
} from './saved-views.ts';

export type PageArgs = { request: Request; context: AppLoadContext; params: { id?: string; secret?: string } };

const isBatchField = (name: string): name is BatchField => (BATCH_FIELDS as readonly string[]).includes(name);
const PAGE_ROWS = 100;
const SHOWN_ERRORS = 20;

function toBasis({ scenario, market }: StoredRequest): Basis {
  const { priceUsdPerBtc, horizonMonths, networkGrowthRatioPerMonth } = scenario.network;
  const priceSource = market.priceUsdPerBtc?.source ?? '';
  return {
    priceUsdPerBtc,
    priceSource,
    horizonMonths,
    networkGrowthRatioPerMonth,
    discountRatioPerYear: scenario.defaults.discountRatioPerYear,
  };
}

function readAfter(request: Request): number {
  const after = Number(new URL(request.url).searchParams.get('after') ?? 0);
  return Number.isInteger(after) && after > 0 ? after : 0;
}

async function sayFailure(request: Request, failure: BatchFailure | null, words: BatchWords): Promise<SavedFailure | null> {
  if (failure === null) return null;
  const t = await i18nServer.getFixedT(request, 'lists');
  const asks = failure.kind === 'mapping_asks';
  if (failure.kind === 'refused') return { text: sayRefusal(failure as Refusal, words), asks };
  if (!('fields' in failure)) return { text: t(`failure.${failure.kind}`), asks };
  const fields = failure.fields.map((name) => (isBatchField(name) ? words.t(`field.${name}`) : name));
  return { text: t(`failure.${failure.kind}`, { fields: words.format.list(fields) }), asks };
}

async function toSavedList(
  request: Request,
  deps: StoreDeps,
  caller: Caller,
  batch: StoredBatch,
  secret: string | null,
): Promise<SavedList> {
  const afterRow = readAfter(request);
  const [rows, errors, hosted, t] = await Promise.all([
    listRows(deps, caller, { batchId: batch.id, secret, afterRow, take: PAGE_ROWS }),
    listErrors(deps, caller, { batchId: batch.id, secret, afterRow: 0, take: SHOWN_ERRORS + 1 }),
    sumHostedRows(deps, caller, { batchId: batch.id, secret }),
    i18nServer.getFixedT(request, 'batch'),
  ]);
  const words = { t, format: createFormat(detectLanguage(request)) };
  return {
    id: batch.id,
    name: batch.name,
    fileName: batch.fileName,
    createdAt: batch.createdAt.toISOString(),
    isShared: batch.isShared,
    hasFile: batch.hasFile,
    progress: toProgress(batch, deps.now()),
    summary: batch.summary as unknown as ShownSummary | null,
    failure: await sayFailure(request, batch.failure as unknown as BatchFailure | null, words),
    hosted,
    basis: toBasis(batch.request as unknown as StoredRequest),
    rows: rows.map(({ row, machine, model, count, hashrateThs, powerW, powerUsdPerKwh, netUsdPerDay, npvUsd, paybackMonths }) => ({
      row,
      machine: machine ?? model,
      count,
      hashrateThs,
      powerW,
      powerUsdPerKwh,
      netUsdPerDay,
      npvUsd,
      paybackMonths,
      isHostHidden: powerUsdPerKwh === null,
    })),
    afterRow,
    nextAfterRow: rows.length === PAGE_ROWS ? (rows.at(-1)?.row ?? null) : null,
    hasMoreErrors: errors.length > SHOWN_ERRORS,
    errors: errors.slice(0, SHOWN_ERRORS).map(({ row, detail: error }) => {
      return { row, header: sayColumn(error, words), value: error.value, text: sayRowError(error, words) };
    }),
  };
}

function toAgain({ scenario }: StoredRequest): Record<AgainField, string> {
  const { network, defaults } = scenario;
  const typed = (field: AgainField, value: number) => toTypedText(toTyped(SCENARIO_FIELDS[field].unit, value, 1));
  return {
    price: '',
    difficulty: '',
    months: typed('months', network.horizonMonths),
    growth: typed('growth', network.networkGrowthRatioPerMonth),
    rise: typed('rise', network.priceGrowthRatioPerMonth),
    discount: typed('discount', defaults.discountRatioPerYear),
    power: defaults.powerUsdPerKwh === null ? '' : typed('power', defaults.powerUsdPerKwh),
    pool: typed('pool', defaults.poolFeeRatio),
    uptime: typed('uptime', defaults.uptimeRatio),
    decay: typed('decay', defaults.hashrateDecayRatioPerMonth),
    pue: typed('pue', defaults.pue),
  };
}

const notFound = () => new Response(null, { status: 404 });

export async function readListsPage({ context }: PageArgs): Promise<ListsView> {
  const caller = await toBatchCaller(context);
  const lists = await listBatches(getBatchDeps(), caller);
  return {
    lists: lists.map(({ createdAt, ...list }) => ({ ...list, createdAt: createdAt.toISOString() })),
    mayWrite: can(caller.actor, 'batches.write'),
    mayReport: can(caller.actor, 'reports.write'),
  };
}

export async function readOneList({ request, context, params }: PageArgs): Promise<OneView> {
  const caller = await toBatchCaller(context);
  const deps = getBatchDeps();
  const id = params.id ?? '';
  const batch = isUuid(id) ? await findBatch(deps, caller, id, null) : null;
  if (batch === null || batch.status === 'uploading') throw notFound();
  return {
    list: await toSavedList(request, deps, caller, batch, null),
    mayWrite: can(caller.actor, 'batches.write'),
    mayReport: can(caller.actor, 'reports.write'),
    again: toAgain(batch.request as unknown as StoredRequest),
  };
}

/** What a link shows: the list and nothing of the workspace. */
export async function readSharedList({ request, context, params }: PageArgs): Promise<SavedList> {
  const deps = getBatchDeps();
  const secret = params.secret ?? '';
  const batch = await findShared(deps, secret);
  if (batch === null) throw notFound();
  const list = await toSavedList(request, deps, await toBatchCaller(context), batch, secret);
  // Neither how the owner calls his file nor that he still has it.
  return { ...list, fileName: '', hasFile: false };
}

export async function readCompare({ request, context }: PageArgs): Promise<CompareView> {
  const caller = await toBatchCaller(context);
  const ids = new URL(request.url).searchParams
    .getAll('id')
    .filter((id) => isUuid(id))
    .slice(0, 2);
  const pair = await Promise.all(
    ids.map(async (id): Promise<Compared | null> => {
      const batch = await findBatch(getBatchDeps(), caller, id, null);
      const summary = (batch?.summary ?? null) as unknown as StoredSummary | null;
      if (batch === null || summary === null) return null;
      return { id, name: batch.name, summary, basis: toBasis(batch.request as unknown as StoredRequest) };
    }),
  );
  const [a, b] = pair;
  return { pair: a && b ? [a, b] : null };
}

async function runAct(act: ListAct, deps: StoreDeps, caller: Caller, id: string, form: FormData, origin: string): Promise<ActResult> {
  const done = (isDone: boolean): ActResult => (isDone ? { kind: 'done', act, link: null } : { kind: 'refused', reason: 'notFound' });
  switch (act) {
    case 'rename': {
      const name = String(form.get('name') ?? '').trim();
      return name === '' ? { kind: 'refused', reason: 'name' } : done(await renameBatch(deps, caller, id, name));
    }
    case 'share': {
      const secret = await shareBatch(deps, caller, id);
      return secret === null ? done(false) : { kind: 'done', act, link: `${origin}${toSharedListPath(secret)}` };
    }
    case 'unshare':
      return done(await unshareBatch(deps, caller, id));
    case 'cancel':
      return done(await cancelBatch(deps, caller, id));
    case 'delete':
      return done(await deleteBatch(deps, caller, id));
  }
}

const ACTS: readonly ListAct[] = ['rename', 'share', 'unshare', 'cancel', 'delete'];

/** `id`: from the address of a list's page, else from the form of the list of lists. */
export async function actOnLists({ request, context, params }: PageArgs): Promise<ActResult> {
  const form = await request.formData();
  const id = params.id ?? String(form.get('id') ?? '');
  if (!isUuid(id)) return { kind: 'refused', reason: 'notFound' };
  const caller = await toBatchCaller(context);
  const deps = getBatchDeps();
  const intent = String(form.get('intent') ?? '');
  if (intent === 'again') return computeAgain(deps, caller, id, form);
  const act = ACTS.find((one) => one === intent);
  if (act === undefined) return { kind: 'refused', reason: 'intent' };
  const result = await runAct(act, deps, caller, id, form, new URL(request.url).origin);
  if (result.kind === 'done' && act === 'delete' && params.id !== undefined) throw redirect(PATHS.lists);
  return result;
}

/** What the form does not ask for stays as it was computed. */
async function computeAgain(deps: StoreDeps, caller: Caller, id: string, form: FormData): Promise<ActResult> {
  const typed = Object.fromEntries(AGAIN_FIELDS.map((name) => [name, String(form.get(name) ?? '').slice(0, 40)])) as Record<
    AgainField,
    string
  >;
  const market = await getMarketSnapshot();
  const asked: ScenarioForm = { ...createScenarioForm(), ...typed };
  const { scenario, errors } = readScenario(asked, market, null);
  const isAsked = (name: string): name is AgainField => (AGAIN_FIELDS as readonly string[]).includes(name);
  if (scenario === null) {
    return { kind: 'faults', faults: errors.flatMap(({ name, min, max }) => (isAsked(name) ? [{ field: name, min, max }] : [])), typed };
  }
  const { network } = scenario;
  const used = (name: keyof StoredRequest['market'], isTyped: boolean): StoredFigure | null => {
    const value = network[name];
    if (value === null) return null;
    if (isTyped) return { value, source: 'request', sourceUrl: null, at: null, origin: 'request' };
    const { source, sourceUrl, at, origin } = market[name];
    return { value, source: source ?? '', sourceUrl, at, origin };
  };
  const figures: StoredRequest['market'] = {
    height: used('height', false),
    difficulty: used('difficulty', typed.difficulty.trim() !== ''),
    feesBtcPerBlock: used('feesBtcPerBlock', false),
    priceUsdPerBtc: used('priceUsdPerBtc', typed.price.trim() !== ''),
    networkHashrateThs: used('networkHashrateThs', false),
    epochElapsedS: used('epochElapsedS', false),
  };
  const { powerUsdPerKwh, poolFeeRatio, uptimeRatio, pue, hashrateDecayRatioPerMonth, discountRatioPerYear } = scenario.defaults;
  const own = { powerUsdPerKwh, poolFeeRatio, uptimeRatio, pue, hashrateDecayRatioPerMonth, discountRatioPerYear };
  const copy = await duplicateBatch(
    deps,
    caller,
    id,
    (earlier) => ({
      ...earlier,
      market: figures,
      scenario: {
        network: { ...network, payoutModel: earlier.scenario.network.payoutModel },
        defaults: { ...earlier.scenario.defaults, ...own },
        shutdownWhenUnprofitable: earlier.scenario.shutdownWhenUnprofitable,
      },
    }),
    null,
  );
  if (copy.kind !== 'copied') return { kind: 'refused', reason: copy.kind === 'no-file' ? 'noFile' : 'notFound' };
  throw redirect(toListPath(copy.id));
}
