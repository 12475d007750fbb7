// A visit to a page as a person makes it, for the journeys: what the page complained about and asked for is kept, and it is read and typed into like this.
import { AxePuppeteer } from '@axe-core/puppeteer';
import type { Browser, Page } from 'puppeteer';
import { getTestOrigin, openPage } from './chromium.ts';

export const PHONE = { width: 360, height: 800 };
export const DESK = { width: 1440, height: 900 };

const GRAVE = ['serious', 'critical'];
const HTML_SHOWN = 120;

export type Visit = {
  page: Page;
  /** Warnings, errors and failed requests. */
  problems: string[];
  /** Addresses asked for, from the first one on. */
  requests: string[];
};

export type VisitOptions = { viewport?: { width: number; height: number }; script?: boolean };

/** Opens `path` in a page of its own, which the caller closes; back when the network is quiet. */
export async function visit(browser: Browser, path: string, { viewport = DESK, script = true }: VisitOptions = {}): Promise<Visit> {
  const page = await openPage(browser);
  await page.setViewport(viewport);
  await page.setJavaScriptEnabled(script);
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('requestfailed', (request) => problems.push(`${request.url()} ${request.failure()?.errorText ?? ''}`));
  page.on('request', (request) => requests.push(request.url()));
  await page.evaluateOnNewDocument(() => {
    type Shift = PerformanceEntry & { value: number; sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[] };
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    const sayRect = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(' ');
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        const moved = entry.sources.map(
          ({ node, previousRect, currentRect }) =>
            `${node?.nodeName} “${node?.textContent?.slice(0, 40)}” from ${sayRect(previousRect)} to ${sayRect(currentRect)}`,
        );
        shifts.push(`${entry.value}: ${moved.join(', ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${getTestOrigin()}${path}`, { waitUntil: 'networkidle0' });
  return { page, problems, requests };
}

/** What has moved on a visited page so far, each time with by how much and what it was. */
export function shiftsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
}

/** Words of the first element, white space joined. */
export function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim());
}

/** Types over what stands in a field; an empty text clears it. */
export async function replaceText(page: Page, selector: string, text: string): Promise<void> {
  await page.focus(selector);
  await page.$eval(selector, (input) => (input as HTMLInputElement).select());
  if (text === '') await page.keyboard.press('Backspace');
  else await page.keyboard.type(text);
}

/** Opens everything that is folded. */
export async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

/** Serious and critical findings of axe on the page as it stands. */
export async function findSeriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxePuppeteer(page).analyze();
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, HTML_SHOWN)).join(' | ')}`);
}
