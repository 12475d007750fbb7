// The browser of the journeys. Flags and user agent are chosen so that a page behaves as it does for a person.
import puppeteer, { type Browser, type Page } from 'puppeteer';

const FLAGS = [
  // Small shared memory in containers would crash pages.
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
];

/** Chromium refuses its sandbox to root; for everybody else the sandbox stays on. */
function sandboxFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Starts the browser that `npm test` found (TEST_CHROMIUM). The caller closes it. */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env.TEST_CHROMIUM;
  if (!executablePath) throw new Error('TEST_CHROMIUM is not set: journeys are run by npm test, which finds a browser for them');
  return puppeteer.launch({ executablePath, args: [...FLAGS, ...sandboxFlags()] });
}

/** A page whose user agent does not say "Headless": bots get the whole page at once, and the tests would see no streaming. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setUserAgent({ userAgent: (await browser.userAgent()).replace('Headless', '') });
  return page;
}

/** Origin of the running production build of this test run, e.g. http://127.0.0.1:41234. */
export function getTestOrigin(): string {
  const origin = process.env.TEST_ORIGIN;
  if (!origin) throw new Error('TEST_ORIGIN is not set: journeys are run by npm test, which starts the web server for them');
  return origin;
}
