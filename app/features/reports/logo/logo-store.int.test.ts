// The logo of a workspace: who may change it, who sees it, and that it reaches the covers.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import { GUEST } from '#app/platform/permissions/actor.ts';
import type { MemberRole } from '#app/platform/permissions/member-role.ts';
import { withClient } from '../../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../../prisma/scratch-database.ts';
import { aPng } from '../../../../tests/support/a-picture.ts';
import { computeFleet } from '../model/compute-fleet.ts';
import { aScenario } from '../model/fixtures.ts';
import { createBrowserPool } from '../pdf/browser-pool.server.ts';
import { openPrintRoom } from '../pdf/print-room.server.ts';
import { renderPdf } from '../pdf/render-pdf.server.ts';
import { renderPptx } from '../pptx/render-pptx.ts';
import { toFleetDocument } from '../wording/fleet-document.ts';
import { changeLogo, findLogo } from './logo-store.server.ts';

const tenantId = randomUUID();
let scratch: ScratchDatabase;
let db: Db;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  await withClient(scratch.ownerUrl, (owner) => owner.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantId, '北方水电']));
  db = createDb(scratch.appUrl, { maxConnections: 2 });
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});

const orderingOf = (role: MemberRole) => ({
  actor: { ...GUEST, userId: randomUUID(), tenantId, role, sessionId: randomUUID() },
  address: '127.0.0.1',
  requestId: randomUUID(),
});

describe('changeLogo', () => {
  it('keeps one logo of the workspace, on record, until it is taken away', async () => {
    expect(await changeLogo(orderingOf('admin'), aPng(100, 40), db)).toBe('done');
    expect(await changeLogo(orderingOf('admin'), aPng(300, 90), db)).toBe('done');
    expect(await findLogo(tenantId, db)).toMatchObject({ mediaType: 'image/png', widthPx: 300, heightPx: 90 });
    expect(await findLogo(randomUUID(), db)).toBeNull();
    expect(await db.workspaceLogo.count()).toBe(0);
    expect(await changeLogo(orderingOf('admin'), null, db)).toBe('done');
    expect(await findLogo(tenantId, db)).toBeNull();
    const events = await withClient(scratch.ownerUrl, (owner) =>
      owner.query<{ body: string }>("SELECT body FROM audit_events WHERE action = 'settings.change' ORDER BY seq"),
    );
    expect(events.rows).toHaveLength(3);
    for (const { body } of events.rows) expect(body).toContain('workspace.logo');
  });

  it('refuses what is no picture and whoever may not change settings, and keeps what was there', async () => {
    await changeLogo(orderingOf('admin'), aPng(100, 40), db);
    expect(await changeLogo(orderingOf('admin'), Buffer.from('<svg/>'), db)).toBe('noPicture');
    await expect(changeLogo(orderingOf('operator'), null, db)).rejects.toMatchObject({ name: 'PermissionError' });
    expect(await findLogo(tenantId, db)).toMatchObject({ widthPx: 100 });
  });
});

describe('a cover', () => {
  it('shows the logo in PDF and PPTX', { timeout: 60_000 }, async () => {
    const computed = computeFleet(await getEngine(), aScenario());
    if (computed.kind !== 'ok') throw new Error(`refused: ${computed.field}`);
    const logo = { dataUri: `data:image/png;base64,${Buffer.from(aPng(300, 90)).toString('base64')}`, widthPx: 300, heightPx: 90 };
    const document = toFleetDocument(computed.fleet, { language: 'zh', workspace: '北方水电', logo, madeAt: '2026-11-22T08:00:00.000Z' });
    const files = Object.keys(unzipSync(await renderPptx(document)));
    expect(files.filter((name) => name.startsWith('ppt/media/') && name.endsWith('.png'))).toHaveLength(1);
    const folder = await mkdtemp(join(tmpdir(), 'hashinsight-logo-'));
    const room = await openPrintRoom();
    const pool = createBrowserPool(process.env.TEST_CHROMIUM!);
    try {
      const path = join(folder, 'report.pdf');
      await renderPdf({ pool, room }, document, path, new AbortController().signal);
      expect((await readFile(path)).toString('latin1')).toMatch(/\/Subtype \/Image\s*\/Width 300\s*\/Height 90/);
    } finally {
      await pool.close();
      await room.close();
      await rm(folder, { recursive: true });
    }
  });
});
