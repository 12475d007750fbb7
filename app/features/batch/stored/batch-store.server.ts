/** What people do with the lists of their workspace: upload, look, name, share, cancel, compute again, delete. Each act checks its permission and leaves its trace in the audit log. */
import type { Batch, Prisma } from '#app/generated/prisma/client.ts';
import { type AuditOrigin, recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { createOpaqueToken, hashOpaqueToken } from '#app/platform/opaque-token.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import type { Permission } from '#app/platform/permissions/permissions.ts';
import { PermissionError, requirePermission } from '#app/platform/permissions/require-permission.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { HostedSums } from '../computing/hosting.ts';
import type { RowError } from '../rows/row-error.ts';
import { type BatchFailure, type BatchStatus, MAX_NAME_LENGTH, type StoredRequest } from './batch-request.ts';
import { type Shown, toSharedError, toSharedRow } from './shared-row.ts';
import { type StoredSummary, withoutHostSide } from './stored-summary.ts';

export const MAX_PAGE_ROWS = 1000;
/** Lists shown of a workspace, newest first. */
export const MAX_LISTED = 200;

export type Caller = { actor: Actor; origin: AuditOrigin };
export type StoreDeps = { db: Db; enqueue: (job: { tenantId: string; batchId: string }) => Promise<void>; now: () => Date };

function requireTenant(actor: Actor, permission: Permission): string {
  requirePermission(actor, permission);
  if (actor.tenantId === null) throw new PermissionError(permission, 'workspace');
  return actor.tenantId;
}

/** A list to upload into; it is nobody's work until `finishUpload`. */
export async function beginUpload({ db }: StoreDeps, { actor }: Caller, fileName: string): Promise<{ tenantId: string; batchId: string }> {
  const tenantId = requireTenant(actor, 'batches.write');
  const name = fileName.trim().slice(0, MAX_NAME_LENGTH) || 'list';
  const { id } = await db.$withTenant(tenantId, (tx) =>
    tx.batch.create({
      data: { tenantId, ownerId: actor.userId, name, fileName: name, status: 'uploading', request: {} },
      select: { id: true },
    }),
  );
  return { tenantId, batchId: id };
}

export async function finishUpload(
  { db, enqueue }: StoreDeps,
  { actor, origin }: Caller,
  upload: { tenantId: string; batchId: string; fileBytes: number; request: StoredRequest; name: string | null },
): Promise<void> {
  const { tenantId, batchId, fileBytes, request, name } = upload;
  await db.$withTenant(tenantId, async (tx) => {
    const batch = await tx.batch.update({
      where: { id: batchId },
      data: {
        fileBytes,
        request: request as unknown as Prisma.InputJsonValue,
        status: 'queued',
        ...(name === null ? {} : { name: name.slice(0, MAX_NAME_LENGTH) }),
      },
    });
    await recordAudit(tx, tenantId, {
      action: 'batch.upload',
      actor,
      origin,
      target: { kind: 'batch', id: batchId },
      after: { name: batch.name, fileName: batch.fileName, fileBytes },
    });
  });
  await enqueue({ tenantId, batchId });
}

/** An upload that was refused on the way leaves nothing behind. */
export async function dropUpload({ db }: StoreDeps, { tenantId, batchId }: { tenantId: string; batchId: string }): Promise<void> {
  await db.$withTenant(tenantId, (tx) => tx.batch.deleteMany({ where: { id: batchId, status: 'uploading' } }));
}

/** `hasFile`: the file is kept still, for another scenario or a report; never seen through a link. */
export type StoredBatch = Omit<Batch, 'shareHash' | 'tenantId' | 'ownerId' | 'status'> & {
  status: BatchStatus;
  isShared: boolean;
  hasFile: boolean;
};

const FIRST_PART = { parts: { where: { part: 0 }, select: { part: true }, take: 1 } } as const;

function toStored({
  shareHash,
  tenantId: _tenantId,
  ownerId: _ownerId,
  parts,
  ...batch
}: Batch & { parts: { part: number }[] }): StoredBatch {
  // The database checks that it is one of these words.
  const status = batch.status as BatchStatus;
  return { ...batch, status, isShared: shareHash !== null, hasFile: parts.length > 0 };
}

/** Runs the work where the caller may see the list: in the workspace, or with the secret of its link. `null`: there is none for him. */
async function within<T>({ db }: StoreDeps, { actor }: Caller, secret: string | null, work: (tx: TenantClient) => Promise<T>): Promise<T> {
  if (secret !== null) return db.$withLookup(hashOpaqueToken(secret), work);
  return db.$withTenant(requireTenant(actor, 'batches.read'), work);
}

/** Whether a row names what a client pays: then the list holds a host's margin. */
async function isHosted(tx: TenantClient, batchId: string): Promise<boolean> {
  return (await tx.batchRow.findFirst({ where: { batchId, clientPowerUsdPerKwh: { not: null } }, select: { row: true } })) !== null;
}

/** A list as whoever has its link sees it. */
async function toSharedBatch(tx: TenantClient, batch: StoredBatch): Promise<StoredBatch> {
  if (batch.summary === null || !(await isHosted(tx, batch.id))) return batch;
  return { ...batch, summary: withoutHostSide(batch.summary as unknown as StoredSummary) as unknown as Prisma.JsonObject };
}

export function findBatch(deps: StoreDeps, caller: Caller, batchId: string, secret: string | null): Promise<StoredBatch | null> {
  return within(deps, caller, secret, async (tx) => {
    const batch = await tx.batch.findUnique({ where: { id: batchId }, include: FIRST_PART });
    if (batch === null) return null;
    return secret === null ? toStored(batch) : toSharedBatch(tx, toStored(batch));
  });
}

/** The list that a link with this secret shows; `null`: there is none, or none any more. */
export async function findShared({ db }: StoreDeps, secret: string): Promise<StoredBatch | null> {
  const shareHash = hashOpaqueToken(secret);
  return db.$withLookup(shareHash, async (tx) => {
    const batch = await tx.batch.findUnique({ where: { shareHash }, include: FIRST_PART });
    return batch === null ? null : toSharedBatch(tx, toStored(batch));
  });
}

/** What the list comes to, in short. */
export type ListedFigures = { machines: number; hashrateThs: number; powerW: number; netUsdPerDay: number; npvUsd: number };

export type ListedBatch = Pick<
  StoredBatch,
  'id' | 'name' | 'fileName' | 'status' | 'rowsTotal' | 'rowsOk' | 'rowsFailed' | 'rowsSkipped' | 'isShared' | 'hasFile' | 'createdAt'
> & { figures: ListedFigures | null };

function toFigures(summary: StoredSummary | null): ListedFigures | null {
  if (summary === null) return null;
  const { machines, hashrateThs, powerW, today, projection } = summary;
  return { machines, hashrateThs, powerW, netUsdPerDay: today.netUsdPerDay, npvUsd: projection.npvUsd };
}

export async function listBatches({ db }: StoreDeps, { actor }: Caller): Promise<ListedBatch[]> {
  const tenantId = requireTenant(actor, 'batches.read');
  const batches = await db.$withTenant(tenantId, (tx) =>
    tx.batch.findMany({
      where: { status: { not: 'uploading' } },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: MAX_LISTED,
      omit: { request: true, mapping: true, failure: true },
      include: FIRST_PART,
    }),
  );
  return batches.map(
    ({ id, name, fileName, status, rowsTotal, rowsOk, rowsFailed, rowsSkipped, shareHash, createdAt, summary, parts }) => ({
      id,
      name,
      fileName,
      status: status as BatchStatus,
      rowsTotal,
      rowsOk,
      rowsFailed,
      rowsSkipped,
      isShared: shareHash !== null,
      hasFile: parts.length > 0,
      createdAt,
      figures: toFigures(summary as unknown as StoredSummary | null),
    }),
  );
}

/** Rows after `afterRow`, in the order of the file; through a link without the host's side. */
export function listRows(
  deps: StoreDeps,
  caller: Caller,
  page: { batchId: string; secret: string | null; afterRow: number; take: number },
) {
  return within(deps, caller, page.secret, async (tx) => {
    const rows = await tx.batchRow.findMany({
      where: { batchId: page.batchId, row: { gt: page.afterRow } },
      orderBy: { row: 'asc' },
      take: Math.min(page.take, MAX_PAGE_ROWS),
      omit: { batchId: true, tenantId: true },
    });
    return rows.map((row): Shown<typeof row> => (page.secret === null ? row : toSharedRow(row)));
  });
}

/** `hostNetUsdPerDay` null: it is not for whoever asks. */
export type ShownHostedSums = Omit<HostedSums, 'hostNetUsdPerDay'> & { hostNetUsdPerDay: number | null };

/** Of the rows that name a client's price; `null`: none does. */
export function sumHostedRows(
  deps: StoreDeps,
  caller: Caller,
  { batchId, secret }: { batchId: string; secret: string | null },
): Promise<ShownHostedSums | null> {
  return within(deps, caller, secret, async (tx) => {
    const hosted = await tx.batchRow.aggregate({
      where: { batchId, clientPowerUsdPerKwh: { not: null } },
      _count: true,
      _sum: { count: true, clientNetUsdPerDay: true, hostNetUsdPerDay: true },
    });
    if (hosted._count === 0) return null;
    const losing = await tx.batchRow.aggregate({ where: { batchId, clientNetUsdPerDay: { lt: 0 } }, _sum: { count: true } });
    return {
      rows: hosted._count,
      machines: hosted._sum.count ?? 0,
      clientNetUsdPerDay: hosted._sum.clientNetUsdPerDay ?? 0,
      hostNetUsdPerDay: secret === null ? (hosted._sum.hostNetUsdPerDay ?? 0) : null,
      clientLosingMachines: losing._sum.count ?? 0,
    };
  });
}

export function listErrors(
  deps: StoreDeps,
  caller: Caller,
  page: { batchId: string; secret: string | null; afterRow: number; take: number },
) {
  return within(deps, caller, page.secret, async (tx) => {
    const stored = await tx.batchRowError.findMany({
      where: { batchId: page.batchId, row: { gt: page.afterRow } },
      orderBy: [{ row: 'asc' }, { place: 'asc' }],
      take: Math.min(page.take, MAX_PAGE_ROWS),
      select: { row: true, detail: true },
    });
    const errors = stored.map(({ row, detail }) => ({ row, detail: detail as unknown as RowError }));
    return page.secret === null ? errors : errors.map(({ row, detail }) => ({ row, detail: toSharedError(detail) }));
  });
}

type Act = 'batch.rename' | 'batch.cancel' | 'batch.share' | 'batch.unshare' | 'batch.delete';

/** Changes a list and records it; `null`: there is none with this id in the workspace. */
async function act<T>(
  { db }: StoreDeps,
  { actor, origin }: Caller,
  batchId: string,
  action: Act,
  change: (tx: TenantClient, batch: Batch) => Promise<T>,
): Promise<T | null> {
  const tenantId = requireTenant(actor, 'batches.write');
  return db.$withTenant(tenantId, async (tx) => {
    const batch = await tx.batch.findUnique({ where: { id: batchId } });
    if (batch === null) return null;
    const result = await change(tx, batch);
    await recordAudit(tx, tenantId, { action, actor, origin, target: { kind: 'batch', id: batchId }, before: { name: batch.name } });
    return result;
  });
}

export async function renameBatch(deps: StoreDeps, caller: Caller, batchId: string, name: string): Promise<boolean> {
  const own = name.trim().slice(0, MAX_NAME_LENGTH);
  if (own === '') return false;
  return (
    (await act(deps, caller, batchId, 'batch.rename', async (tx) => tx.batch.update({ where: { id: batchId }, data: { name: own } }))) !==
    null
  );
}

/** A job that runs stops at its next slice; what is stored until then stays. */
export async function cancelBatch(deps: StoreDeps, caller: Caller, batchId: string): Promise<boolean> {
  const pending: BatchStatus[] = ['queued', 'running'];
  const result = await act(deps, caller, batchId, 'batch.cancel', (tx) =>
    tx.batch.updateMany({ where: { id: batchId, status: { in: pending } }, data: { status: 'cancelled', finishedAt: deps.now() } }),
  );
  return result !== null;
}

/** The secret of a link that shows the list, read only, to whoever has it. It is shown once; sharing again makes the earlier link void. */
export async function shareBatch(deps: StoreDeps, caller: Caller, batchId: string): Promise<string | null> {
  const secret = createOpaqueToken();
  const shared = await act(deps, caller, batchId, 'batch.share', (tx) =>
    tx.batch.update({ where: { id: batchId }, data: { shareHash: hashOpaqueToken(secret) } }),
  );
  return shared === null ? null : secret;
}

export async function unshareBatch(deps: StoreDeps, caller: Caller, batchId: string): Promise<boolean> {
  return (
    (await act(deps, caller, batchId, 'batch.unshare', (tx) => tx.batch.update({ where: { id: batchId }, data: { shareHash: null } }))) !==
    null
  );
}

export async function deleteBatch(deps: StoreDeps, caller: Caller, batchId: string): Promise<boolean> {
  return (await act(deps, caller, batchId, 'batch.delete', (tx) => tx.batch.delete({ where: { id: batchId } }))) !== null;
}

/** `no-file`: it is past its time; a copy would have nothing to be computed from. */
export type Duplicated = { kind: 'copied'; id: string } | { kind: 'not-found' } | { kind: 'no-file' };

/** The same file with another scenario, as a list of its own. */
export async function duplicateBatch(
  deps: StoreDeps,
  caller: Caller,
  batchId: string,
  toRequest: (request: StoredRequest) => StoredRequest,
  name: string | null,
): Promise<Duplicated> {
  const tenantId = requireTenant(caller.actor, 'batches.write');
  const copy = await deps.db.$withTenant(tenantId, async (tx) => {
    const batch = await tx.batch.findUnique({ where: { id: batchId }, include: FIRST_PART });
    if (batch === null || batch.status === 'uploading') return { kind: 'not-found' } as const;
    if (batch.parts.length === 0) return { kind: 'no-file' } as const;
    const own = name ?? batch.name;
    const { id } = await tx.batch.create({
      data: {
        tenantId,
        ownerId: caller.actor.userId,
        name: own.slice(0, MAX_NAME_LENGTH),
        fileName: batch.fileName,
        fileBytes: batch.fileBytes,
        status: 'queued',
        request: toRequest(batch.request as unknown as StoredRequest) as unknown as Prisma.InputJsonValue,
      },
    });
    await tx.$executeRaw`
      INSERT INTO batch_file_parts (batch_id, part, tenant_id, bytes)
      SELECT ${id}::uuid, part, tenant_id, bytes FROM batch_file_parts WHERE batch_id = ${batchId}::uuid`;
    const { actor, origin } = caller;
    await recordAudit(tx, tenantId, {
      action: 'batch.upload',
      actor,
      origin,
      target: { kind: 'batch', id },
      after: { name: own, fileName: batch.fileName, fileBytes: batch.fileBytes },
    });
    return { kind: 'copied', id } as const;
  });
  if (copy.kind === 'copied') await deps.enqueue({ tenantId, batchId: copy.id });
  return copy;
}

/** A list whose every attempt broke off: its page says so instead of waiting for ever. What is stored until then stays. */
export async function giveUpBatch(
  { tenantId, batchId }: { tenantId: string; batchId: string },
  now: Date,
  db: Db = getDb(),
): Promise<void> {
  const failure: BatchFailure = { kind: 'given_up' };
  const pending: BatchStatus[] = ['queued', 'running'];
  await db.$withTenant(tenantId, (tx) =>
    tx.batch.updateMany({
      where: { id: batchId, status: { in: pending } },
      data: { status: 'failed', failure: failure as unknown as Prisma.InputJsonValue, finishedAt: now },
    }),
  );
}

/** Uploads that died an hour ago or more, and files past their time: the policies let nothing else be removed (see the migration). */
export async function removeDeadFiles(db: Db = getDb()): Promise<void> {
  await db.$executeRaw`DELETE FROM batch_file_parts`;
  await db.$executeRaw`DELETE FROM batches`;
}
