// What an owner would phone about: the logo of the workspace on the covers of its reports.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, ElementHandle } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPng } from '../support/a-picture.ts';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';
import { withFolder } from '../support/office.ts';
import { type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';

const origin = getTestOrigin();
let browser: Browser;
let workspace: SeededWorkspace;
beforeAll(async () => {
  [browser, workspace] = await Promise.all([launchChromium(), seedWorkspace()]);
});
afterAll(() => browser?.close());

async function openReports(role: 'owner' | 'operator', language: 'en' | 'zh') {
  const page = await openPage(browser);
  const [name = '', value = ''] = workspace.people[role].cookie.split('=');
  await browser.setCookie({ name, value, domain: new URL(origin).hostname, path: '/' });
  await page.goto(`${origin}/reports?lng=${language}`);
  return page;
}

describe('the logo of a workspace', () => {
  it('is set, shown, replaced only by a picture, and removed, by whoever may change settings', { timeout: 60_000 }, async () => {
    const page = await openReports('owner', 'zh');
    await withFolder(async (folder) => {
      const send = async (name: string, bytes: Uint8Array) => {
        const path = join(folder, name);
        await writeFile(path, bytes);
        const input = (await page.waitForSelector('#logo-file')) as ElementHandle<HTMLInputElement>;
        await input.uploadFile(path);
        await Promise.all([page.waitForNavigation(), page.click('.logo-part button')]);
      };
      await send('logo.png', aPng(300, 90));
      expect(await page.$eval('[role=status]', (note) => note.textContent)).toContain('此后的封面都会带上这个标志');
      expect(
        await page.$eval('.logo-now', (image) => [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight]),
      ).toEqual([300, 90]);
      await send('logo.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
      expect(await page.$eval('[role=alert]', (note) => note.textContent)).toContain('文件不是 PNG 或 JPEG');
      expect(await page.$('.logo-now')).not.toBeNull();
    });
    await Promise.all([page.waitForNavigation(), page.click('.logo-part form:last-of-type button')]);
    expect(await page.$('.logo-now')).toBeNull();
    await page.close();
  });

  it('is not offered to whoever may not change settings', async () => {
    const page = await openReports('operator', 'en');
    expect(await page.$eval('h1', (title) => title.textContent)).toBe('Reports');
    expect(await page.$('.logo-part')).toBeNull();
    await page.close();
  });
});
