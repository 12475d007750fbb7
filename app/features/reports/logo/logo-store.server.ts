/** The logo of a workspace: one or none. Whoever changes it holds `settings.write`; every change is on record. */
import { createHash } from 'node:crypto';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { PermissionError, requirePermission } from '#app/platform/permissions/require-permission.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { Ordering } from '../order-report.server.ts';
import { type LogoImage, type LogoRefusal, readLogoImage } from './logo-image.ts';

export type Logo = LogoImage & { bytes: Uint8Array };

const SETTING = 'workspace.logo';

/** Inside the workspace's transaction. */
export async function findLogoIn(tx: TenantClient, tenantId: string): Promise<Logo | null> {
  const found = await tx.workspaceLogo.findUnique({ where: { tenantId } });
  // The database checks the type to be one of these words.
  return found === null ? null : ({ ...found } as Logo);
}

export function findLogo(tenantId: string, db: Db = getDb()): Promise<Logo | null> {
  return db.$withTenant(tenantId, (tx) => findLogoIn(tx, tenantId));
}

/** Replaces the logo; null: takes it away. Throws PermissionError. */
export async function changeLogo(
  { actor, address, requestId }: Ordering,
  bytes: Uint8Array | null,
  db: Db = getDb(),
): Promise<'done' | LogoRefusal> {
  requirePermission(actor, 'settings.write');
  const { tenantId } = actor;
  if (tenantId === null) throw new PermissionError('settings.write', 'workspace');
  const reading = bytes === null ? null : readLogoImage(bytes);
  if (reading?.kind === 'refused') return reading.reason;
  await db.$withTenant(tenantId, async (tx) => {
    await tx.workspaceLogo.deleteMany({ where: { tenantId } });
    if (reading !== null && bytes !== null)
      await tx.workspaceLogo.create({ data: { tenantId, ...reading.image, bytes: new Uint8Array(bytes) } });
    await recordAudit(tx, tenantId, {
      action: 'settings.change',
      actor,
      origin: { address, requestId },
      target: { kind: 'setting', id: SETTING },
      after: { name: SETTING, value: bytes === null ? null : createHash('sha256').update(bytes).digest('hex') },
    });
  });
  return 'done';
}
