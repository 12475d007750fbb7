// The audit log of a workspace for reading: a page of it, an export, and the proof of its chain. Every function checks the permission itself.
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { ChainVerdict } from '#app/platform/audit/chain.server.ts';
import { toChainLine } from '#app/platform/audit/chain.server.ts';
import { type AuditOrigin, recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { verifyChainInDatabase } from '#app/platform/audit/verify-database.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { can, type Grant } from '#app/platform/permissions/can.ts';
import { listGrants } from '#app/platform/permissions/grants.server.ts';
import type { Permission, Reach } from '#app/platform/permissions/permissions.ts';
import { PermissionError, requirePermission } from '#app/platform/permissions/require-permission.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { AUDIT_CSV_HEAD, toAuditCsvLine } from './audit-csv.ts';
import { type AuditFilters, type AuditQuery, isAuditArea } from './audit-query.ts';
import { type AuditRow, toAuditRow } from './audit-row.ts';

export const ROWS_PER_PAGE = 50;
/** A page proves so many events while its reader waits; `npm run audit:verify` proves all. */
const MOST_PROVED_ON_PAGE = 20_000;
const MOST_EXPORTED = 100_000;
const EXPORTED_PER_STEP = 1_000;
/** People to choose from. */
const MOST_PEOPLE = 500;
const DAY_MS = 86_400_000;

export type AuditPage = {
  reach: Reach;
  rows: AuditRow[];
  /** Number to go on from; null: this was the last page. */
  nextBefore: number | null;
  /** Names of the people in the rows and, for whoever reads the whole workspace, of all members. */
  people: { userId: string; name: string }[];
  mayExport: boolean;
  proof: ChainVerdict | null;
};

export async function readAuditPage(actor: Actor, query: AuditQuery, db: Db = getDb()): Promise<AuditPage> {
  const tenantId = requireTenant(actor, 'audit.read');
  const page = await db.$withTenant(tenantId, async (tx) => {
    const grants = await listGrants(tx, actor);
    const reach = requirePermission(actor, 'audit.read', {}, grants);
    const stored = await tx.auditEvent.findMany({
      where: toWhere(tenantId, query, query.before, { actor, reach, grants }),
      orderBy: { seq: 'desc' },
      take: ROWS_PER_PAGE + 1,
    });
    const rows = stored.slice(0, ROWS_PER_PAGE).map((one) => toAuditRow(one, { userId: actor.userId, reach }));
    const nextBefore = stored.length > ROWS_PER_PAGE ? (rows.at(-1)?.seq ?? null) : null;
    const mayExport = reach === 'workspace' && can(actor, 'audit.export');
    return { reach, rows, nextBefore, people: await listPeople(tx, rows, reach), mayExport };
  });
  const wantsProof = query.wantsProof && page.reach === 'workspace';
  return { ...page, proof: wantsProof ? await verifyChainInDatabase(db, tenantId, { mostEvents: MOST_PROVED_ON_PAGE }) : null };
}

/** The workspace of the actor. A refusal names what was asked for. */
function requireTenant(actor: Actor, permission: Permission): string {
  requirePermission(actor, permission);
  if (actor.tenantId === null) throw new PermissionError(permission, 'workspace');
  return actor.tenantId;
}

type Reader = { actor: Actor; reach: Reach; grants: readonly Grant[] };

function toWhere(tenantId: string, filters: AuditFilters, before: number | null, reader: Reader): Prisma.AuditEventWhereInput {
  const { action, outcome, userId, from, to } = filters;
  return {
    tenantId,
    ...(before === null ? {} : { seq: { lt: BigInt(before) } }),
    ...(action === null ? {} : { action: isAuditArea(action) ? { startsWith: `${action}.` } : action }),
    ...(outcome === null ? {} : { outcome }),
    at: {
      ...(from === null ? {} : { gte: new Date(from) }),
      ...(to === null ? {} : { lt: new Date(Date.parse(to) + DAY_MS) }),
    },
    AND: [userId === null ? {} : { userId }, reader.reach === 'workspace' ? {} : toOwn(reader)],
  };
}

/** What concerns somebody who does not read the whole workspace: what they did, and what was done to what was granted to them. */
function toOwn({ actor, grants }: Reader): Prisma.AuditEventWhereInput {
  const ids = (kind: Grant['kind']) => grants.filter((grant) => grant.kind === kind).map(({ id }) => id);
  return {
    OR: [
      ...(actor.userId === null ? [] : [{ userId: actor.userId }]),
      { siteId: { in: ids('site') } },
      { clientId: { in: ids('client') } },
    ],
  };
}

async function listPeople(tx: TenantClient, rows: readonly AuditRow[], reach: Reach): Promise<AuditPage['people']> {
  const inRows = rows.flatMap(({ userId, target }) => [userId, target?.kind === 'member' ? target.id : null]).filter((id) => id !== null);
  const members: Prisma.UserWhereInput = { memberships: { some: {} } };
  const named: Prisma.UserWhereInput = { id: { in: [...new Set(inRows)] } };
  // Row-level security shows members of this workspace and the platform staff who were in it, nobody else.
  const people = await tx.user.findMany({
    where: reach === 'workspace' ? { OR: [members, named] } : { AND: [members, named] },
    select: { id: true, name: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MOST_PEOPLE,
  });
  return people.map(({ id, name }) => ({ userId: id, name }));
}

export type ExportFormat = 'csv' | 'jsonl';

/**
 * The filtered log, newest first as CSV, oldest first as JSON lines; the latter without filters can be proved as it is. Streamed; at most
 * 100,000 events. That it was exported, and how much of it, is an event itself.
 */
export async function exportAudit(
  actor: Actor,
  filters: AuditFilters,
  format: ExportFormat,
  origin: AuditOrigin,
  db: Db = getDb(),
): Promise<ReadableStream<Uint8Array>> {
  const tenantId = requireTenant(actor, 'audit.export');
  const where = toWhere(tenantId, filters, null, { actor, reach: 'workspace', grants: [] });
  await db.$withTenant(tenantId, async (tx) => {
    if ((await listGrants(tx, actor)).length > 0) throw new PermissionError('audit.export', 'scope');
    const rows = Math.min(MOST_EXPORTED, await tx.auditEvent.count({ where }));
    await recordAudit(tx, tenantId, {
      action: 'audit.export',
      actor,
      origin,
      target: { kind: 'export', id: format },
      after: { format, rows },
    });
  });
  const encoder = new TextEncoder();
  const parts = exportParts(db, tenantId, where, format);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

async function* exportParts(
  db: Db,
  tenantId: string,
  where: Prisma.AuditEventWhereInput,
  format: ExportFormat,
): AsyncGenerator<string, undefined> {
  if (format === 'csv') yield AUDIT_CSV_HEAD;
  let last: bigint | null = null;
  for (let exported = 0; exported < MOST_EXPORTED; exported += EXPORTED_PER_STEP) {
    const bound: Prisma.AuditEventWhereInput = last === null ? {} : { seq: format === 'csv' ? { lt: last } : { gt: last } };
    const events = await db.$withTenant(tenantId, (tx) =>
      tx.auditEvent.findMany({
        where: { AND: [where, bound] },
        orderBy: { seq: format === 'csv' ? 'desc' : 'asc' },
        take: EXPORTED_PER_STEP,
      }),
    );
    if (events.length === 0) return;
    const lines = events.map((event) =>
      format === 'csv'
        ? toAuditCsvLine(toAuditRow(event, { userId: null, reach: 'workspace' }))
        : toChainLine({ ...event, seq: Number(event.seq) }),
    );
    yield lines.join('');
    last = events.at(-1)?.seq ?? null;
    if (events.length < EXPORTED_PER_STEP) return;
  }
}
