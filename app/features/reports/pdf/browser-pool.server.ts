/**
 * Browsers for printing. One Chromium, a bounded number of pages at once; whoever comes later waits. A page that crashes fails only its own work: it is thrown away, and
 * when the browser itself is gone the next work starts another. An idle browser is closed.
 */
import type { Browser, Page } from 'puppeteer-core';

const MAX_PAGES = 2;
const IDLE_MS = 60_000;
const LAUNCH_TIMEOUT_MS = 30_000;

const FLAGS = [
  // Small shared memory in containers would crash pages.
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
];

/** The page or its browser went away while it was at work; the same work may be tried again. */
export class PageLost extends Error {
  override readonly name = 'PageLost';
}

export type BrowserPool = {
  /** Runs the work on a fresh page. Rejects with PageLost when the page crashes, with the signal's reason when it is aborted. */
  withPage<T>(signal: AbortSignal, work: (page: Page) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export function createBrowserPool(executablePath: string, { maxPages = MAX_PAGES, idleMs = IDLE_MS } = {}): BrowserPool {
  let browser: Promise<Browser> | null = null;
  let open = 0;
  let idle: NodeJS.Timeout | undefined;
  const waiting: (() => void)[] = [];

  function getBrowser(): Promise<Browser> {
    clearTimeout(idle);
    // Loaded with the first PDF: some 30 MB that a worker without one does not need.
    browser ??= import('puppeteer-core')
      .then(({ default: puppeteer }) =>
        puppeteer.launch({
          executablePath,
          timeout: LAUNCH_TIMEOUT_MS,
          // Over a pipe it ends with this process, however that ends; signals are the worker's affair, which stops in order.
          pipe: true,
          handleSIGINT: false,
          handleSIGTERM: false,
          handleSIGHUP: false,
          // Chromium refuses its sandbox to root; for everybody else the sandbox stays on.
          args: [...FLAGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
        }),
      )
      .then(
        (started) => {
          started.on('disconnected', () => {
            browser = null;
          });
          return started;
        },
        (error: unknown) => {
          browser = null;
          throw error;
        },
      );
    return browser;
  }

  async function closeBrowser(): Promise<void> {
    clearTimeout(idle);
    const closing = browser;
    browser = null;
    await (await closing)?.close();
  }

  function leave(): void {
    open -= 1;
    waiting.shift()?.();
    if (open > 0) return;
    idle = setTimeout(() => void closeBrowser(), idleMs);
    idle.unref();
  }

  async function enter(): Promise<void> {
    if (open >= maxPages) await new Promise<void>((resolve) => waiting.push(resolve));
    open += 1;
  }

  return {
    async withPage(signal, work) {
      await enter();
      try {
        signal.throwIfAborted();
        const page = await (await getBrowser()).newPage();
        let onAbort: () => void = () => undefined;
        const lost = new Promise<never>((_, reject) => {
          page.once('error', (error) => reject(new PageLost('the page crashed', { cause: error })));
          page.browser().once('disconnected', () => reject(new PageLost('the browser is gone')));
          onAbort = () => reject(signal.reason);
          signal.addEventListener('abort', onAbort);
        });
        // The race below is the only one who hears of it.
        lost.catch(() => undefined);
        try {
          return await Promise.race([work(page), lost]);
        } finally {
          signal.removeEventListener('abort', onAbort);
          await page.close().catch(() => undefined);
        }
      } finally {
        leave();
      }
    },
    close: closeBrowser,
  };
}
