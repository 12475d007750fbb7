/**
 * Reports in the database. Every statement runs as the owner of the report: its workspace, or, for a guest's, whoever names its id. Row-level security knows the same two
 * (docs/decisions/0082-reports.md).
 */
import { type Db, getDb } from '#app/platform/db.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { findLogoIn } from './logo/logo-store.server.ts';
import type { ReportFormat } from './report-file.ts';

export const REPORT_KINDS = ['scenario', 'batch', 'plan'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
export type ReportStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** Why a report was not made; its words are in locales/<language>/reports.json under `page.error`. */
export type ReportError =
  | 'refused-inputs'
  | 'list-gone'
  | 'list-empty'
  | 'list-mixed-discount'
  | 'no-chromium'
  | 'time-limit'
  | 'no-plan'
  | 'failed'
  | 'lost';

/** Whose a report is: `tenantId` null means whoever holds its id. */
export type ReportKey = { id: string; tenantId: string | null };

export type ReportRow = {
  id: string;
  kind: ReportKind;
  format: ReportFormat;
  language: 'en' | 'zh';
  name: string;
  status: ReportStatus;
  progressRatio: number;
  errorCode: ReportError | null;
  errorDetail: string | null;
  fileName: string | null;
  sizeBytes: number | null;
  hash: string | null;
  createdAt: Date;
  expiresAt: Date;
};

/** Everything but the file and what it was made of: lists stay small. */
const LIGHT = {
  id: true,
  kind: true,
  format: true,
  language: true,
  name: true,
  status: true,
  progressRatio: true,
  errorCode: true,
  errorDetail: true,
  fileName: true,
  sizeBytes: true,
  hash: true,
  createdAt: true,
  expiresAt: true,
} as const;

/** A file of some tens of megabytes takes its time. */
const STORE_TIMEOUT_MS = 30_000;
const MAX_LISTED = 200;
/** A report under way for longer was left by a process that is gone: three attempts and their waits are over by then. */
const LOST_AFTER_MS = 15 * 60_000;

export function asOwner<T>({ id, tenantId }: ReportKey, work: (tx: TenantClient) => Promise<T>, db: Db = getDb()): Promise<T> {
  const options = { timeoutMs: STORE_TIMEOUT_MS };
  return tenantId === null ? db.$withLookup(id, work, options) : db.$withTenant(tenantId, work, options);
}

/** What the columns hold as text is checked by the database to be one of these words. */
function toRow(
  row: Record<'kind' | 'format' | 'language' | 'status', string> & { errorCode: string | null; createdAt: Date },
  nowMs: number,
): ReportRow {
  const typed = row as unknown as ReportRow;
  const isUnderWay = typed.status === 'queued' || typed.status === 'running';
  return isUnderWay && nowMs - typed.createdAt.getTime() > LOST_AFTER_MS ? { ...typed, status: 'failed', errorCode: 'lost' } : typed;
}

/** Of the reports of a workspace, only those that this person ordered; null: all of them. */
export type ReportLimit = { orderedBy: string | null };
const NO_LIMIT: ReportLimit = { orderedBy: null };
export const toLimitedWhere = ({ orderedBy }: ReportLimit) => (orderedBy === null ? {} : { userId: orderedBy });

export async function findReport(key: ReportKey, { db = getDb(), nowMs = Date.now(), limit = NO_LIMIT } = {}): Promise<ReportRow | null> {
  const where = { ...key, ...toLimitedWhere(limit), expiresAt: { gt: new Date(nowMs) } };
  const row = await asOwner(key, (tx) => tx.report.findFirst({ where, select: LIGHT }), db);
  return row === null ? null : toRow(row, nowMs);
}

/** The latest first, at most 200. */
export async function listReports(tenantId: string, { db = getDb(), nowMs = Date.now(), limit = NO_LIMIT } = {}): Promise<ReportRow[]> {
  const rows = await db.$withTenant(tenantId, (tx) =>
    tx.report.findMany({
      where: { tenantId, ...toLimitedWhere(limit), expiresAt: { gt: new Date(nowMs) } },
      select: LIGHT,
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: MAX_LISTED,
    }),
  );
  return rows.map((row) => toRow(row, nowMs));
}

/** What the worker makes a report of; null when there is nothing to do: gone, done or cancelled. Marks it as being made. */
export async function takeReport(key: ReportKey, db = getDb()) {
  return asOwner(
    key,
    async (tx) => {
      const report = await tx.report.findFirst({
        where: { ...key, status: { in: ['queued', 'running'] } },
        select: { kind: true, format: true, language: true, name: true, inputs: true, market: true, createdAt: true },
      });
      if (report === null) return null;
      await tx.report.updateMany({ where: key, data: { status: 'running', startedAt: new Date(), progressRatio: 0 } });
      if (key.tenantId === null) return { ...report, workspace: null, logo: null };
      const tenant = await tx.tenant.findFirst({ where: { id: key.tenantId }, select: { name: true } });
      return { ...report, workspace: tenant?.name ?? null, logo: await findLogoIn(tx, key.tenantId) };
    },
    db,
  );
}

/** Writes down how far it is. False: somebody cancelled or deleted it meanwhile. */
export async function noteProgress(key: ReportKey, progressRatio: number, db = getDb()): Promise<boolean> {
  const { count } = await asOwner(key, (tx) => tx.report.updateMany({ where: { ...key, status: 'running' }, data: { progressRatio } }), db);
  return count === 1;
}

export async function noteFailure(key: ReportKey, errorCode: ReportError, errorDetail: string | null, db = getDb()): Promise<void> {
  await asOwner(
    key,
    (tx) =>
      tx.report.updateMany({
        where: { ...key, status: { in: ['queued', 'running'] } },
        data: { status: 'failed', errorCode, errorDetail, finishedAt: new Date() },
      }),
    db,
  );
}

/** The policy lets nothing else be removed; see the migration. */
export async function removeExpiredReports(db = getDb()): Promise<void> {
  await db.$executeRaw`DELETE FROM reports`;
}
