/** What the pages of reports read and do. */

import { type AppLoadContext, redirect } from '@remix-run/node';
import type { ReportRequest } from '#app/features/api/report-request.ts';
import { readCalculatorAnswer } from '#app/features/calculator/calculator.server.ts';
import { LIST_PARAM, toReportPath } from '#app/paths.ts';
import { getDb } from '#app/platform/db.server.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { findLanguage, type Language } from '#app/platform/i18n/languages.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { can } from '#app/platform/permissions/can.ts';
import { requirePermission } from '#app/platform/permissions/require-permission.ts';
import { changeLogo, findLogo } from './logo/logo-store.server.ts';
import {
  cancelReport,
  findForCaller,
  findLimit,
  MAX_UNDER_WAY,
  type Ordering,
  orderReport,
  removeReport,
  rerunReport,
  WORKSPACE_LIFE_DAYS,
} from './order-report.server.ts';
import { REPORT_FORMATS } from './report-file.ts';
import type { ListResult, ListView, NewResult, NewView } from './report-page-views.ts';
import { listReports } from './report-store.server.ts';
import { type ReportView, toReportView } from './report-view.ts';
import { toScenarioInputs } from './scenario-inputs.ts';

export type PageArgs = { request: Request; context: AppLoadContext; params: { id?: string } };

async function toOrdering({ context }: PageArgs): Promise<Ordering> {
  return { actor: await context.getActor(), address: context.address, requestId: context.requestId };
}

export async function readListPage(args: PageArgs): Promise<ListView> {
  const { actor } = await toOrdering(args);
  const limit = await findLimit(actor, 'reports.read');
  const { tenantId } = limit;
  const [reports, { tenant, logos }] = await Promise.all([
    listReports(tenantId, { limit }),
    getDb().$withTenant(tenantId, async (tx) => ({
      tenant: await tx.tenant.findFirst({ where: { id: tenantId }, select: { name: true } }),
      logos: await tx.workspaceLogo.count({ where: { tenantId } }),
    })),
  ]);
  return {
    workspace: tenant?.name ?? '',
    days: WORKSPACE_LIFE_DAYS,
    mayWrite: can(actor, 'reports.write'),
    maySet: can(actor, 'reports.write') && can(actor, 'settings.write'),
    hasLogo: logos > 0,
    reports: reports.map(toReportView),
  };
}

export async function actOnList(args: PageArgs): Promise<ListResult> {
  const ordering = await toOrdering(args);
  requirePermission(ordering.actor, 'reports.write');
  const form = await args.request.formData();
  if (form.get('intent') === 'logo') return setLogo(ordering, form.get('logo'));
  if (form.get('intent') === 'no-logo') {
    await changeLogo(ordering, null);
    return { kind: 'done', act: 'logoRemoved' };
  }
  const id = String(form.get('id') ?? '');
  if (!isUuid(id)) return { kind: 'refused', reason: 'notFound', max: MAX_UNDER_WAY };
  const acts = { rerun: rerunReport, cancelled: cancelReport, removed: removeReport } as const;
  const intent = String(form.get('intent') ?? '');
  if (intent !== 'rerun' && intent !== 'cancelled' && intent !== 'removed')
    return { kind: 'refused', reason: 'intent', max: MAX_UNDER_WAY };
  const outcome = await acts[intent](ordering, id);
  if (outcome === 'done') return { kind: 'done', act: intent };
  return { kind: 'refused', reason: outcome === 'not-found' ? 'notFound' : 'tooMany', max: MAX_UNDER_WAY };
}

async function setLogo(ordering: Ordering, file: FormDataEntryValue | null): Promise<ListResult> {
  const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(0);
  const outcome = await changeLogo(ordering, bytes);
  return outcome === 'done' ? { kind: 'done', act: 'logoSet' } : { kind: 'logo-refused', reason: outcome };
}

/** The picture itself, for whoever sees the workspace's reports. */
export async function readLogoFile(args: PageArgs): Promise<Response> {
  const { tenantId } = await findLimit((await toOrdering(args)).actor, 'reports.read');
  const logo = await findLogo(tenantId);
  if (logo === null) throw new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } });
  return new Response(new Uint8Array(logo.bytes), {
    headers: { 'Content-Type': logo.mediaType, 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' },
  });
}

export async function readNewPage({ request, context }: PageArgs): Promise<NewView> {
  const url = new URL(request.url);
  const listId = url.searchParams.get(LIST_PARAM);
  if (listId !== null) return readNewOfList(url, listId, await context.getActor(), detectLanguage(request));
  const [{ form, answer }, actor] = await Promise.all([readCalculatorAnswer(url), context.getActor()]);
  const isKept = can(actor, 'reports.write') && actor.tenantId !== null;
  const inputs = answer === null ? null : toScenarioInputs(form, answer);
  return {
    search: url.search,
    language: detectLanguage(request),
    isGuest: !isKept,
    subject:
      answer === null || inputs === null
        ? null
        : {
            kind: 'scenario',
            model: answer.machine.name,
            machines: answer.inputs.count,
            powerUsdPerKwh: Number(inputs.powerUsdPerKwh),
            horizonMonths: answer.inputs.horizonMonths,
          },
  };
}

async function readNewOfList(url: URL, id: string, actor: Actor, language: Language): Promise<NewView> {
  requirePermission(actor, 'reports.write');
  requirePermission(actor, 'batches.read');
  const { tenantId } = actor;
  const list =
    tenantId === null || !isUuid(id)
      ? null
      : await getDb().$withTenant(tenantId, (tx) => tx.batch.findFirst({ where: { id, tenantId }, select: { name: true, rowsOk: true } }));
  if (list === null) throw new Response(null, { status: 404 });
  return { search: url.search, language, isGuest: false, subject: { kind: 'list', id, name: list.name, rows: list.rowsOk } };
}

async function readSubject(url: URL): Promise<ReportRequest['subject'] | null> {
  const listId = url.searchParams.get(LIST_PARAM);
  if (listId !== null) return isUuid(listId) ? { kind: 'batch', id: listId } : null;
  const { form, answer } = await readCalculatorAnswer(url);
  return answer === null ? null : { kind: 'scenario', inputs: toScenarioInputs(form, answer) };
}

/** Goes on to the page of the report that was ordered. */
export async function actOnNew(args: PageArgs): Promise<NewResult> {
  const form = await args.request.formData();
  const url = new URL(args.request.url);
  const subject = await readSubject(url);
  if (subject === null) return { kind: 'no-answer' };
  const format = REPORT_FORMATS.find((one) => one === form.get('format'));
  const said = form.get('language');
  const language = said === null ? detectLanguage(args.request) : findLanguage(String(said));
  if (format === undefined) return { kind: 'invalid', fields: 'format' };
  if (language === null) return { kind: 'invalid', fields: 'language' };
  const request: ReportRequest = { subject, format, language };
  const outcome = await orderReport(await toOrdering(args), request);
  switch (outcome.kind) {
    case 'ordered':
      throw redirect(toReportPath(outcome.id));
    case 'not-found':
      return { kind: 'no-answer' };
    case 'invalid':
      return { kind: 'invalid', fields: outcome.faults.map(({ field }) => field).join(', ') };
    default:
      return { kind: 'wait' };
  }
}

export async function readOnePage(args: PageArgs): Promise<ReportView> {
  const id = args.params.id ?? '';
  const found = isUuid(id) ? await findForCaller((await toOrdering(args)).actor, id) : null;
  if (found === null) throw new Response(null, { status: 404 });
  return toReportView(found.report);
}
