/**
 * Ordering, repeating, cancelling and removing reports. Whoever may write reports in a workspace orders for it; everybody else, guests included, may have a report of a
 * scenario, which belongs to whoever holds its id (docs/decisions/0082-reports.md).
 */
import { randomUUID } from 'node:crypto';
import { readPlanRequest } from '#app/features/api/curtailment/read-plan-request.ts';
import type { ReportRequest } from '#app/features/api/report-request.ts';
import { type Fault, prefixFaults, toFault } from '#app/features/api/wire/fault.ts';
import { findMachine, suggestMachines } from '#app/features/catalogue/find-machine.ts';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { SnapshotOf } from '#app/platform/audit/actions.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { can } from '#app/platform/permissions/can.ts';
import { listGrants } from '#app/platform/permissions/grants.server.ts';
import { PermissionError, requirePermission } from '#app/platform/permissions/require-permission.ts';
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { Queues } from '#app/platform/queues.server.ts';
import { createQueueConnection } from '#app/platform/redis.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { reportRender } from '#jobs/contracts/report-render.ts';
import { findFile } from './report-content.server.ts';
import { asOwner, findReport, type ReportKey, type ReportLimit, type ReportRow, toLimitedWhere } from './report-store.server.ts';
import { readBatch, readScenario } from './report-subject.ts';
import type { StoredBatchInputs } from './stored-batch-source.server.ts';

/** A guest's report lives as long as the visit that it belongs to; a workspace's until the quarter's meeting is over. */
const GUEST_LIFE_MS = 60 * 60_000;
export const WORKSPACE_LIFE_DAYS = 30;
const WORKSPACE_LIFE_MS = WORKSPACE_LIFE_DAYS * 86_400_000;
/** Reports of one workspace that wait or are made at once. */
export const MAX_UNDER_WAY = 20;
/** Reports of everybody that wait: more would only be made when nobody waits any more. */
const MAX_WAITING = 200;

export type Ordering = { actor: Actor; address: string; requestId: string };

export type OrderOutcome =
  | { kind: 'ordered'; id: string }
  | { kind: 'invalid'; faults: Fault[] }
  /** The stored list is not there for this caller. */
  | { kind: 'not-found' }
  | { kind: 'too-many'; max: number }
  | { kind: 'busy' };

function getQueues(): Queues {
  return processSingleton('report-queues', () => new Queues(createQueueConnection()));
}

/** The workspace that the caller orders for; null: for whoever holds the id. Throws PermissionError where only a workspace may order. */
function findTenant(actor: Actor, kind: ReportRow['kind']): string | null {
  if (can(actor, 'reports.write') && actor.tenantId !== null) return actor.tenantId;
  if (kind !== 'scenario') throw new PermissionError('reports.write', actor.userId === null ? 'sign-in' : 'role');
  requirePermission(actor, 'calculator.use');
  return null;
}

export async function orderReport({ actor, address, requestId }: Ordering, request: ReportRequest): Promise<OrderOutcome> {
  const { subject, format, language } = request;
  const tenantId = findTenant(actor, subject.kind);
  const snapshot = await getMarketSnapshot();
  const read =
    subject.id === undefined
      ? readSubject(request, { snapshot, findMachine, suggestMachines })
      : await findSubject(actor, request, subject.id);
  if (read.kind !== 'ok') return read;
  if ((await getQueues().get('reports').getWaitingCount()) >= MAX_WAITING) return { kind: 'busy' };
  const id = randomUUID();
  const key: ReportKey = { id, tenantId };
  const nowMs = Date.now();
  const isOrdered = await asOwner(key, async (tx) => {
    if (tenantId !== null && (await tx.report.count({ where: { tenantId, status: { in: ['queued', 'running'] } } })) >= MAX_UNDER_WAY)
      return false;
    await tx.report.createMany({
      data: {
        ...key,
        userId: actor.userId,
        kind: subject.kind,
        format,
        language,
        name: read.name,
        inputs: read.inputs as Prisma.InputJsonObject,
        market: snapshot as unknown as Prisma.InputJsonObject,
        expiresAt: new Date(nowMs + (tenantId === null ? GUEST_LIFE_MS : WORKSPACE_LIFE_MS)),
      },
    });
    if (tenantId !== null) {
      await recordAudit(tx, tenantId, {
        action: 'report.create',
        actor,
        origin: { address, requestId },
        target: { kind: 'report', id },
        after: { kind: subject.kind, format, language, name: read.name },
      });
    }
    return true;
  });
  if (!isOrdered) return { kind: 'too-many', max: MAX_UNDER_WAY };
  await getQueues().enqueue(reportRender, key);
  return { kind: 'ordered', id };
}

type Subject = { kind: 'ok'; name: string; inputs: object } | { kind: 'invalid'; faults: Fault[] } | { kind: 'not-found' };

/** A stored list of the caller's workspace; nothing else is stored under an id. */
async function findSubject(actor: Actor, { subject, name }: ReportRequest, id: string): Promise<Subject> {
  const refuse = (field: string, value: unknown, code: 'unknown_field' | 'not_computed'): Subject => ({
    kind: 'invalid',
    faults: prefixFaults('subject', [toFault(field, value, code)]),
  });
  if (subject.kind !== 'batch') return refuse('id', id, 'unknown_field');
  if (subject.inputs !== undefined) return refuse('inputs', subject.inputs, 'unknown_field');
  requirePermission(actor, 'batches.read');
  const { tenantId } = actor;
  const batch =
    tenantId === null
      ? null
      : await getDb().$withTenant(tenantId, (tx) =>
          tx.batch.findFirst({
            where: { id, tenantId },
            select: { name: true, status: true, rowsOk: true, parts: { where: { part: 0 }, select: { part: true }, take: 1 } },
          }),
        );
  if (batch === null) return { kind: 'not-found' };
  if (batch.status !== 'done' || batch.rowsOk === 0 || batch.parts.length === 0) return refuse('id', id, 'not_computed');
  const inputs: StoredBatchInputs = { batchId: id };
  return { kind: 'ok', name: name ?? batch.name, inputs };
}

/** Read here so that bad inputs are refused at once; the worker reads them again. */
function readSubject({ subject, name }: ReportRequest, context: Parameters<typeof readScenario>[1]): Subject {
  const { kind, inputs } = subject;
  const invalid = (faults: readonly Fault[]): Subject => ({ kind: 'invalid', faults: prefixFaults('subject.inputs', faults) });
  if (inputs === undefined) return invalid([toFault('', undefined, 'missing')]);
  if (kind === 'plan') {
    const read = readPlanRequest(inputs);
    return read.kind === 'invalid'
      ? invalid(read.faults)
      : { kind: 'ok', name: name ?? read.problem.interval.startAt.slice(0, 10), inputs };
  }
  const read = kind === 'scenario' ? readScenario(inputs, context) : readBatch(inputs, name ?? null, context);
  return read.kind === 'invalid' ? invalid(read.faults) : { kind: 'ok', name: name ?? read.source.name ?? kind, inputs };
}

/**
 * A report can hold every figure of the workspace and belongs to no one site or client, so whoever reaches only what was granted reaches the reports that they ordered
 * themselves. Throws PermissionError.
 */
export async function findLimit(
  actor: Actor,
  permission: 'reports.read' | 'reports.write',
  db: Db = getDb(),
): Promise<ReportLimit & { tenantId: string }> {
  requirePermission(actor, permission);
  const { tenantId, userId } = actor;
  if (tenantId === null || userId === null) throw new PermissionError(permission, 'workspace');
  const grants = await db.$withTenant(tenantId, (tx) => listGrants(tx, actor));
  const reach = requirePermission(actor, permission, {}, grants);
  return { tenantId, orderedBy: reach === 'workspace' ? null : userId };
}

/** How a caller reaches a report: as the workspace's, or by holding its id. Null: it is not there for this caller. */
export async function findForCaller(actor: Actor, id: string, db: Db = getDb()): Promise<{ key: ReportKey; report: ReportRow } | null> {
  if (actor.tenantId !== null && can(actor, 'reports.read')) {
    const limit = await findLimit(actor, 'reports.read', db);
    const key: ReportKey = { id, tenantId: limit.tenantId };
    const report = await findReport(key, { db, limit });
    if (report !== null) return { key, report };
  }
  const key: ReportKey = { id, tenantId: null };
  const report = await findReport(key, { db });
  return report === null ? null : { key, report };
}

/** The file, with its download on record where the report belongs to a workspace. */
export async function downloadReport({ actor, address, requestId }: Ordering, id: string, db: Db = getDb()) {
  const found = await findForCaller(actor, id, db);
  const file = found === null ? null : await findFile(found.key, db);
  if (found === null || file === null) return null;
  const { tenantId } = found.key;
  if (tenantId !== null) {
    await db.$withTenant(tenantId, (tx) =>
      recordAudit(tx, tenantId, {
        action: 'report.download',
        actor,
        origin: { address, requestId },
        target: { kind: 'report', id },
        after: { name: file.name, format: file.format, digest: file.hash },
      }),
    );
  }
  return file;
}

export type ActOutcome = 'done' | 'not-found' | 'too-many';
/** Finds nothing of what the caller does not reach. */
type LimitedKey = { id: string; tenantId: string; userId?: string };
type Act = 'report.rerun' | 'report.cancel' | 'report.delete';

/** Changes a report that the caller reaches and records what `change` tells of it; a word instead: why nothing was changed. Throws PermissionError. */
async function act<Done extends Act>(
  { actor, address, requestId }: Ordering,
  id: string,
  action: Done,
  change: (tx: TenantClient, key: LimitedKey) => Promise<SnapshotOf<Done> | Exclude<ActOutcome, 'done'>>,
  db: Db,
): Promise<ActOutcome> {
  const limit = await findLimit(actor, 'reports.write', db);
  const { tenantId } = limit;
  const key = { id, tenantId };
  const work = async (tx: TenantClient): Promise<ActOutcome> => {
    const told = await change(tx, { ...key, ...toLimitedWhere(limit) });
    if (typeof told === 'string') return told;
    const moment = action === 'report.delete' ? { before: told } : { after: told };
    await recordAudit(tx, tenantId, { action, actor, origin: { address, requestId }, target: { kind: 'report', id }, ...moment });
    return 'done';
  };
  return asOwner(key, work, db);
}

export async function rerunReport(ordering: Ordering, id: string, db: Db = getDb()): Promise<ActOutcome> {
  const snapshot = await getMarketSnapshot();
  const rerun = async (tx: TenantClient, key: LimitedKey) => {
    const { tenantId } = key;
    if ((await tx.report.count({ where: { tenantId, status: { in: ['queued', 'running'] } } })) >= MAX_UNDER_WAY) return 'too-many';
    const report = await tx.report.findFirst({ where: key, select: { kind: true, format: true, name: true } });
    if (report === null) return 'not-found';
    const nowMs = Date.now();
    await tx.reportPart.deleteMany({ where: { reportId: id } });
    await tx.report.updateMany({
      where: key,
      data: {
        status: 'queued',
        progressRatio: 0,
        market: snapshot as unknown as Prisma.InputJsonObject,
        sizeBytes: null,
        hash: null,
        fileName: null,
        errorCode: null,
        errorDetail: null,
        createdAt: new Date(nowMs),
        startedAt: null,
        finishedAt: null,
        expiresAt: new Date(nowMs + WORKSPACE_LIFE_MS),
      },
    });
    return report;
  };
  const outcome = await act(ordering, id, 'report.rerun', rerun, db);
  if (outcome === 'done') await getQueues().enqueue(reportRender, { id, tenantId: ordering.actor.tenantId });
  return outcome;
}

/** What is being made stops within a second or so. */
export function cancelReport(ordering: Ordering, id: string, db: Db = getDb()): Promise<ActOutcome> {
  const cancel = async (tx: TenantClient, key: LimitedKey) => {
    const report = await tx.report.findFirst({ where: { ...key, status: { in: ['queued', 'running'] } }, select: { name: true } });
    if (report === null) return 'not-found';
    await tx.report.updateMany({ where: key, data: { status: 'cancelled', finishedAt: new Date() } });
    return report;
  };
  return act(ordering, id, 'report.cancel', cancel, db);
}

export function removeReport(ordering: Ordering, id: string, db: Db = getDb()): Promise<ActOutcome> {
  const remove = async (tx: TenantClient, key: LimitedKey) => {
    const report = await tx.report.findFirst({ where: key, select: { name: true, format: true } });
    if (report === null) return 'not-found';
    await tx.report.deleteMany({ where: key });
    return report;
  };
  return act(ordering, id, 'report.delete', remove, db);
}
