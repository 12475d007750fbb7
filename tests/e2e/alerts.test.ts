// Alerts in the browser, without script: an operator finds one, says that he sees to it, and a client sees his own machine in it and nothing of the host.
import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getTestOrigin, launchChromium } from '../support/chromium.ts';
import { asDatabaseOwner, type SeededPerson, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { findSeriousFindings, textOf } from '../support/visit.ts';

let browser: Browser;
let workspace: SeededWorkspace;
const alertId = randomUUID();

beforeAll(async () => {
  browser = await launchChromium();
  workspace = await seedWorkspace();
  const { tenantId, people } = workspace;
  await asDatabaseOwner(async (owner) => {
    const site = await owner.query<{ id: string }>(
      `INSERT INTO sites (tenant_id, name, time_zone) VALUES ($1, 'North', 'Asia/Shanghai') RETURNING id`,
      [tenantId],
    );
    const siteId = site.rows[0]?.id;
    const client = await owner.query<{ id: string }>(`INSERT INTO clients (tenant_id, name) VALUES ($1, 'Aurora') RETURNING id`, [
      tenantId,
    ]);
    const clientId = client.rows[0]?.id;
    await owner.query('INSERT INTO role_grants (tenant_id, user_id, client_id) VALUES ($1, $2, $3)', [
      tenantId,
      people.client.userId,
      clientId,
    ]);
    await owner.query(
      `INSERT INTO alerts (id, tenant_id, site_id, rule, severity, scope, scope_key, evidence, opened_at) VALUES ($1, $2, $3, 'hot-critical', 0, 'subnet', '10.7.3.0/24', '{"seen":104,"limit":102}', now())`,
      [alertId, tenantId, siteId],
    );
    await owner.query(
      `WITH m AS (INSERT INTO machines (tenant_id, site_id, client_id, serial, host, port, approval)
         SELECT $1, $2, CASE WHEN place = 1 THEN $3::uuid END, 'JY-' || place, '10.7.3.' || place, 4028, 'approved' FROM generate_series(1, 6) AS place RETURNING id)
       INSERT INTO alert_members (tenant_id, alert_id, machine_id, since_at, joined_at, evidence) SELECT $1, $4, id, now(), now(), '{"seen":104,"limit":102}' FROM m`,
      [tenantId, siteId, clientId, alertId],
    );
    await owner.query(
      `INSERT INTO alert_events (tenant_id, alert_id, at, kind, detail) VALUES ($1, $2, now(), 'opened', '{"machines":6}')`,
      [tenantId, alertId],
    );
  });
});
afterAll(() => browser.close());

async function open(context: BrowserContext, { cookie }: SeededPerson, path: string, width = 1440): Promise<Page> {
  const [name = '', value = ''] = cookie.split('=');
  await context.setCookie({ name, value, domain: new URL(getTestOrigin()).hostname, path: '/' });
  const page = await context.newPage();
  await page.setJavaScriptEnabled(false);
  await page.setViewport({ width, height: 900 });
  await page.goto(`${getTestOrigin()}${path}`, { waitUntil: 'networkidle0' });
  return page;
}

describe('alerts', () => {
  it('are found, acknowledged and commented by an operator without script, on a phone too', async () => {
    const context = await browser.createBrowserContext();
    const page = await open(context, workspace.people.operator, '/alerts?lng=en', 360);
    expect(await textOf(page, 'main')).toContain('10.7.3.0/24');
    expect(await textOf(page, 'main tbody')).toMatch(/\d{2}:\d{2} GMT\+8/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await Promise.all([page.waitForNavigation(), page.click('tbody a')]);
    await Promise.all([page.waitForNavigation(), page.click('button[value=acknowledge]')]);
    expect(await textOf(page, 'header.alerts-head')).toContain('acknowledged');
    await page.type('input[name=comment]', 'The fan of the container stands still.');
    await Promise.all([page.waitForNavigation(), page.click('button[value=comment]')]);
    expect(await textOf(page, '.alerts-history')).toContain('Person operator: commented');
    expect(await textOf(page, '.alerts-history')).toContain('GMT+8');
    expect(await textOf(page, 'main')).not.toContain('UTC');
    expect(await textOf(page, '.alerts-comment')).toBe('The fan of the container stands still.');
    await context.close();
  });

  it('are counted beside their link for whoever may read them, and listed on the page of their site', async () => {
    const { people } = workspace;
    for (const person of [people.operator, people.client]) {
      const context = await browser.createBrowserContext();
      const page = await open(context, person, '/sites?lng=en');
      expect(await textOf(page, '.subnav a[href="/alerts"]')).toContain('1 open');
      await context.close();
    }
    const context = await browser.createBrowserContext();
    const page = await open(context, people.operator, '/sites?lng=en');
    expect(await textOf(page, 'main tbody a[href^="/alerts?siteId="]')).toBe('1 P0');
    await Promise.all([page.waitForNavigation(), page.click('main tbody th a')]);
    expect(await textOf(page, '.open-alerts')).toContain('Far too hot');
    await context.close();
    const other = await browser.createBrowserContext();
    const books = await open(other, people.accountant, '/sites?lng=en');
    expect(await books.$('a[href="/alerts"]')).toBeNull();
    await other.close();
  });

  it('show a client its own machine, and neither networks, other machines nor what people wrote', async () => {
    const context = await browser.createBrowserContext();
    const page = await open(context, workspace.people.client, `/alerts/${alertId}?lng=zh`);
    const text = await textOf(page, 'main');
    expect(text).toContain('JY-1');
    for (const hidden of ['10.7.3', 'JY-2', 'stands still', '备注']) expect(text).not.toContain(hidden);
    await context.close();
  });

  it('have no serious findings of access in either language', async () => {
    for (const language of ['en', 'zh']) {
      for (const path of ['/alerts', `/alerts/${alertId}`]) {
        const context = await browser.createBrowserContext();
        const page = await open(context, workspace.people.operator, `${path}?lng=${language}`);
        await page.setJavaScriptEnabled(true);
        await page.reload({ waitUntil: 'networkidle0' });
        expect(await findSeriousFindings(page), `${path} ${language}`).toEqual([]);
        await context.close();
      }
    }
  });
});
