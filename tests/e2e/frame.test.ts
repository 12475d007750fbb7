// The frame around every page, asked over HTTP and in a browser: headers, languages, refusals, error pages, fonts.
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { Browser, HTTPRequest, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';
import { listChineseTexts } from '../support/platform-fonts.ts';
import { openSlowly } from '../support/slow-page.ts';

const MISSING_PAGE = '/no-such-page';
const SEVENTEEN_MEGABYTES = 17_000_000;
const FONT_WAIT = { timeout: 20_000, interval: 50 };
/** A system that is not known to bring Chinese glyphs. */
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

type RawAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Sends the target as it is, where fetch and URL would tidy it up first. */
function sendRaw(target: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(getTestOrigin());
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname: hostname.replace(/^\[|\]$/g, ''), port, path: target, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

/** First line of the answer to bytes that no HTTP client would send. */
function sendBytes(bytes: string): Promise<string> {
  const { hostname, port } = new URL(getTestOrigin());
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }, () => socket.end(bytes));
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer.split('\r\n', 1)[0] ?? ''));
    socket.on('error', reject);
  });
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${getTestOrigin()}${path}`, { headers, redirect: 'manual' });
}

function findNonce(policy: string | null): string {
  return /'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? '';
}

describe('security headers', () => {
  it('allow no inline script or style, and every script tag carries the nonce of its response', async () => {
    const response = await get('/');
    const policy = response.headers.get('Content-Security-Policy');
    const nonce = findNonce(policy);
    expect(policy).not.toContain('unsafe-inline');
    expect(nonce).not.toBe('');
    const html = await response.text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(2);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    expect(html).not.toMatch(/<[a-z][^>]*\sstyle=/i);
    expect(html).not.toMatch(/<[a-z][^>]*\son[a-z]+=/i);
  });

  it('use another nonce for the next response', async () => {
    const policies = await Promise.all(
      [get('/'), get('/')].map(async (response) => (await response).headers.get('Content-Security-Policy')),
    );
    expect(findNonce(policies[0] ?? null)).not.toBe(findNonce(policies[1] ?? null));
  });

  it('are on pages, files, errors and API answers alike', async () => {
    for (const path of ['/', '/favicon.svg', MISSING_PAGE, '/assets/none.js', '/api/v1/models']) {
      const { headers } = await get(path);
      expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff');
      expect(headers.get('Referrer-Policy'), path).toBe('strict-origin-when-cross-origin');
      expect(headers.get('X-Frame-Options'), path).toBe('DENY');
      expect(headers.get('Cross-Origin-Opener-Policy'), path).toBe('same-origin');
      expect(headers.get('Cross-Origin-Resource-Policy'), path).toBe('same-origin');
      expect(headers.get('Permissions-Policy'), path).toContain('camera=()');
      expect(headers.get('Content-Security-Policy'), path).toContain("default-src 'none'");
      expect(headers.has('X-Powered-By'), path).toBe(false);
      expect(headers.has('Access-Control-Allow-Origin'), path).toBe(false);
    }
  });
});

describe('languages', () => {
  it('follow ?lng=, which is kept in a cookie', async () => {
    const response = await get('/?lng=zh');
    expect(await response.text()).toContain('<html lang="zh-CN">');
    expect(response.headers.get('Content-Language')).toBe('zh-CN');
    const cookie = response.headers.get('Set-Cookie') ?? '';
    expect(cookie).toContain('SameSite=Lax');
    expect(await (await get('/', { Cookie: cookie.split(';', 1)[0] ?? '' })).text()).toContain('<html lang="zh-CN">');
  });

  it('follow the reader’s order of languages', async () => {
    expect(await (await get('/', { 'Accept-Language': 'zh-CN,en;q=0.9' })).text()).toContain('<html lang="zh-CN">');
    expect(await (await get('/', { 'Accept-Language': 'fr' })).text()).toContain('<html lang="en">');
  });

  it('fall back for one we do not speak without claiming or keeping it', async () => {
    const response = await get('/?lng=xx');
    const html = await response.text();
    expect(html).toContain('<html lang="en">');
    expect(html).not.toMatch(/hrefLang="xx"/i);
    expect(html).not.toMatch(/rel="canonical"[^>]*lng=/);
    expect(response.headers.has('Set-Cookie')).toBe(false);
  });

  it('are named for search engines, and caches know what the answer depends on', async () => {
    const response = await get('/?count=3');
    const html = await response.text();
    const origin = getTestOrigin();
    for (const [language, address] of [
      ['en', `${origin}/?lng=en`],
      ['zh', `${origin}/?lng=zh`],
      ['x-default', `${origin}/`],
    ]) {
      expect(html).toContain(`<link rel="alternate" hrefLang="${language}" href="${address}"/>`);
    }
    expect(html).toContain(`<link rel="canonical" href="${origin}/"/>`);
    expect(response.headers.get('Vary')).toMatch(/Accept-Language/);
    expect(response.headers.get('Cache-Control')).toMatch(/private|no-store/);
  });

  it('never take an address from the sender', async () => {
    for (const path of ['/', '/developers']) {
      const { status, body } = await sendRaw(path, { headers: { Host: 'evil.example' } });
      expect(status, path).toBe(421);
      expect(body, path).not.toContain('rel="canonical"');
      expect(body, path).not.toMatch(/href="[^"]*evil/);
    }
  });

  it('are switched by a plain link that keeps all parameters', async () => {
    const html = await (await get('/?count=3&powerPrice=0.05')).text();
    expect(html).toMatch(/<a href="\/\?count=3&amp;powerPrice=0.05&amp;lng=zh"/);
  });

  it('send the browser the texts of the active language only', async () => {
    const html = await (await get('/?lng=zh')).text();
    const texts = [...html.matchAll(/<link rel="preload" as="fetch"[^>]*href="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(texts.length).toBeGreaterThan(0);
    const bodies = await Promise.all(texts.map(async (path) => (await get(path)).text()));
    expect(bodies.join('')).toMatch(/[\u4e00-\u9fff]/);
    for (const body of bodies) expect(body).not.toContain('There is no page at this address');
  });
});

describe('error pages', () => {
  it('say in both languages that there is no such page, with status 404', async () => {
    const en = await get(`${MISSING_PAGE}?lng=en`);
    expect(en.status).toBe(404);
    expect(await en.text()).toContain('There is no page at this address');
    const zh = await get(`${MISSING_PAGE}?lng=zh`);
    expect(zh.status).toBe(404);
    expect(await zh.text()).toContain('没有这个页面');
  });

  it('answer a form sent to an address without a page with 404, not with a failure', async () => {
    const response = await fetch(`${getTestOrigin()}${MISSING_PAGE}`, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    expect(response.status).toBe(404);
  });
});

describe('files', () => {
  it('are kept by the browser for a year when their name carries their hash', async () => {
    const html = await (await get('/')).text();
    const paths = [...new Set([...html.matchAll(/"(\/assets\/[^"\\]+)"/g)].map((match) => match[1] ?? ''))];
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) {
      const response = await get(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('Cache-Control'), path).toBe('public, max-age=31536000, immutable');
    }
  });

  it('travel compressed', async () => {
    const html = await (await get('/')).text();
    const stylesheet = /"(\/assets\/index-[^"\\]+\.css)"/.exec(html)?.[1] ?? '';
    const { headers } = await sendRaw(stylesheet, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(headers['content-encoding']).toBe('gzip');
  });

  it('that are gone are not answered with a page', async () => {
    const response = await get('/assets/gone-12345678.js');
    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toContain('text/plain');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });

  it('include the icon that browsers ask for unasked', async () => {
    expect((await get('/favicon.ico')).status).toBe(200);
  });
});

describe('hostile requests', () => {
  it('with a body of 17 MB are refused with a problem document', async () => {
    for (const path of ['/', MISSING_PAGE, '/api/v1/roi']) {
      const response = await fetch(`${getTestOrigin()}${path}`, { method: 'POST', body: new Uint8Array(SEVENTEEN_MEGABYTES) });
      expect(response.status, path).toBe(413);
      expect(response.headers.get('Content-Type'), path).toContain('application/problem+json');
      expect(await response.json(), path).toMatchObject({ status: 413 });
    }
  });

  it('that ask first are refused before they send', async () => {
    const head = ['POST / HTTP/1.1', 'Host: localhost', `Content-Length: ${SEVENTEEN_MEGABYTES}`, 'Expect: 100-continue', '', ''].join(
      '\r\n',
    );
    expect(await sendBytes(head)).toBe('HTTP/1.1 413 Payload Too Large');
  });

  it('with addresses that mean nothing get a 4xx, never a 5xx or a way to another site', async () => {
    const targets = ['/%00', '/%ff', '/%', '//evil.example', '//evil.example/%2e%2e', '/\\evil.example', '/%0d%0aSet-Cookie:a=b'];
    targets.push('/..%2f..%2fpackage.json', '/assets/..%2f..%2fserver%2findex.js', '/.vite/manifest.json', '/.env', `/${'a'.repeat(9000)}`);
    for (const target of targets) {
      const { status, headers, body } = await sendRaw(target);
      expect(status, target).toBeGreaterThanOrEqual(400);
      expect(status, target).toBeLessThan(500);
      expect(headers.location, target).toBeUndefined();
      expect(headers['set-cookie'], target).toBeUndefined();
      expect(body, target).not.toContain('dependencies');
    }
  });

  it('with methods, hosts and headers out of the ordinary get a 4xx', async () => {
    expect((await sendRaw('/', { method: 'TRACE' })).status).toBe(405);
    expect((await sendRaw('/', { method: 'PROPFIND' })).status).toBe(405);
    expect((await sendRaw('/', { headers: { Host: 'a b' } })).status).toBe(400);
    // Only a proxy may say what the host was; from anybody else it means nothing, however broken it is.
    expect((await sendRaw('/', { headers: { 'X-Forwarded-Host': 'a:99999999' } })).status).toBe(200);
    expect((await sendRaw('/', { headers: { 'X-Filler': 'a'.repeat(17_000) } })).status).toBe(431);
    expect(await sendBytes('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await sendBytes('BREW / HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('cannot put words into the page through the language, the address or the forwarded host', async () => {
    const attack = '"><script>alert(1)</script>';
    const { body } = await sendRaw(`/?lng=${encodeURIComponent(attack)}&x=${encodeURIComponent(attack)}`, {
      headers: { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', 'Accept-Language': attack, Cookie: `lng=${attack}` },
    });
    expect(body).not.toContain('<script>alert(1)');
    expect(body).not.toContain('evil.example');
  });
});

describe('HEAD', () => {
  it('answers like GET without a body', async () => {
    for (const [path, status] of [
      ['/', 200],
      [MISSING_PAGE, 404],
      ['/favicon.svg', 200],
    ] as const) {
      const answer = await sendRaw(path, { method: 'HEAD' });
      expect(answer.status, path).toBe(status);
      expect(answer.body, path).toBe('');
    }
  });
});

type Defects = { violations: string[]; shift: number };

/** Collects layout shifts and violations of the policy from the first moment of the next page on. */
async function recordDefects(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const record = { violations: [], shift: 0 } as Defects;
    Object.assign(window, { record });
    document.addEventListener('securitypolicyviolation', (event) =>
      record.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) record.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

function readDefects(page: Page): Promise<Defects> {
  return page.evaluate(() => (window as unknown as { record: Defects }).record);
}

describe('in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
  });

  it.each([
    ['en', 360],
    ['en', 1440],
    ['zh', 360],
    ['zh', 1440],
  ] as const)('the frame in %s at %i px does not shift, violates no policy and fits the screen', async (language, width) => {
    const page = await openPage(browser);
    await page.setViewport({ width, height: 900 });
    const complaints: string[] = [];
    page.on('console', (message) => {
      // The browser reports the status 404 of the page itself as an error.
      const isOwnStatus = message.location().url?.includes(MISSING_PAGE);
      if ((message.type() === 'error' || message.type() === 'warn') && !isOwnStatus) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await recordDefects(page);
    await page.goto(`${getTestOrigin()}${MISSING_PAGE}?lng=${language}`, { waitUntil: 'networkidle0' });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const seen = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      isHydrated: Object.keys(document.body).some((key) => key.startsWith('__react')),
    }));
    expect(complaints).toEqual([]);
    expect({ ...seen, ...(await readDefects(page)) }).toEqual({ violations: [], shift: 0, overflow: 0, isHydrated: true });
    await page.close();
  });

  it.each([
    ['en', 360],
    ['zh', 1440],
  ] as const)('the frame in %s at %i px does not move while it comes in piece by piece', async (language, width) => {
    const page = await openPage(browser);
    await page.setViewport({ width, height: 900 });
    await recordDefects(page);
    await openSlowly(page, `${MISSING_PAGE}?lng=${language}`);
    expect((await readDefects(page)).shift).toBe(0);
    await page.close();
  });

  it('the bundled Chinese font is fetched for Chinese pages where the system brings none, and otherwise only two glyphs of it', async () => {
    const listFonts = async (language: string, userAgent?: string) => {
      const page = await openPage(browser);
      if (userAgent) await page.setUserAgent({ userAgent });
      const fonts: string[] = [];
      page.on('response', (response) => {
        if (response.request().resourceType() === 'font') fonts.push(new URL(response.url()).pathname);
      });
      await page.goto(`${getTestOrigin()}${MISSING_PAGE}?lng=${language}`, { waitUntil: 'networkidle0' });
      await page.close();
      return fonts;
    };
    const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
    const chinese = await listFonts('zh', LINUX);
    expect(chinese).toHaveLength(2);
    expect(chinese.every((path) => /^\/assets\/chinese-(regular|strong)-[0-9a-f]{8}\.woff2$/.test(path))).toBe(true);
    expect(await listFonts('en', LINUX)).toEqual([expect.stringMatching(/^\/assets\/chinese-label-regular-/)]);
    expect(await listFonts('zh', windows)).toEqual([]);
  });

  it('a Chinese page whose font is late shows nothing rather than empty boxes, and then does not move', async () => {
    const page = await openPage(browser);
    await page.setViewport({ width: 360, height: 900 });
    await recordDefects(page);
    const held: HTTPRequest[] = [];
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      if (request.resourceType() === 'font') held.push(request);
      else request.continue();
    });
    await page.goto(`${getTestOrigin()}${MISSING_PAGE}?lng=zh`, { waitUntil: 'domcontentloaded' });
    expect(await page.$eval('h1', (heading) => getComputedStyle(heading).visibility)).toBe('hidden');
    await page.setRequestInterception(false);
    await Promise.all(held.map((request) => request.continue()));
    await page.waitForFunction(() => getComputedStyle(document.body).visibility === 'visible');
    expect(await page.evaluate(() => document.fonts.check('400 15px "HashInsight SC"', '中'))).toBe(true);
    expect(await readDefects(page)).toEqual({ violations: [], shift: 0 });
    await page.close();
  });

  it.each([
    ['/sign-in?lng=zh', true],
    ['/sign-in?lng=zh', false],
    ['/?lng=zh', true],
    ['/?lng=en', true],
  ] as const)('every Chinese text of %s (script: %s) is drawn anew once the late font is here', async (path, script) => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setUserAgent({ userAgent: LINUX });
    await page.setJavaScriptEnabled(script);
    const held: HTTPRequest[] = [];
    let isHolding = true;
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      if (isHolding && request.resourceType() === 'font') held.push(request);
      else request.continue();
    });
    await page.goto(`${getTestOrigin()}${path}`, { waitUntil: 'domcontentloaded' });
    // Asking for a picture makes the browser lay the page out, with the fonts it has.
    await page.screenshot();
    const before = await listChineseTexts(page);
    expect(before.some(({ foreignGlyphs }) => foreignGlyphs > 0)).toBe(true);
    isHolding = false;
    await Promise.all(held.map((request) => request.continue()));
    // Asked from here: on a page without script nothing can wait by itself.
    await vi.waitUntil(() => page.evaluate(() => [...document.fonts].every((face) => face.status === 'loaded')), FONT_WAIT);
    await page.screenshot();
    const after = await listChineseTexts(page);
    expect(after.length).toBeGreaterThan(0);
    expect(after.filter(({ foreignGlyphs }) => foreignGlyphs > 0)).toEqual([]);
    await context.close();
  });

  it('the language link takes the inputs that the address holds at the moment of the click', async () => {
    const page = await openPage(browser);
    await page.goto(`${getTestOrigin()}${MISSING_PAGE}?lng=en`, { waitUntil: 'networkidle0' });
    await page.evaluate(() => window.history.replaceState(window.history.state, '', '?count=7&lng=en'));
    await Promise.all([page.waitForNavigation(), page.click('header a[lang="zh-CN"]')]);
    const address = new URL(page.url());
    expect(address.searchParams.get('count')).toBe('7');
    expect(address.searchParams.get('lng')).toBe('zh');
    expect(await page.$eval('html', (html) => html.lang)).toBe('zh-CN');
    await page.close();
  });

  it('the page reads and the language changes without JavaScript', async () => {
    const page = await openPage(browser);
    await page.setJavaScriptEnabled(false);
    await page.goto(`${getTestOrigin()}${MISSING_PAGE}?lng=en`);
    await Promise.all([page.waitForNavigation(), page.click('header a[lang="zh-CN"]')]);
    expect(await page.$eval('h1', (heading) => heading.textContent)).toBe('没有这个页面');
    await page.close();
  });
});
