// A page that comes over the wire piece by piece, each one painted before the next is sent: what a busy machine does by chance, done on purpose.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer';
import { getTestOrigin } from './chromium.ts';

/** Ends of elements after which the browser may paint. */
const PIECES = /(?<=<\/(?:a|span|p|h1|nav|div)>)/;

/** Opens `path` through a server of its own that holds every piece of the body back until the piece before is on the screen. */
export async function openSlowly(page: Page, path: string): Promise<void> {
  const { hostname, port, host } = new URL(getTestOrigin());
  let take: (page: { html: string; write: (piece: string) => void; end: () => void }) => void = () => {};
  const taken = new Promise<Parameters<typeof take>[0]>((resolve) => {
    take = resolve;
  });
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host, 'accept-encoding': 'identity' };
    const passed = request({ hostname, port, path: asked.url, method: asked.method, headers }, (response) => {
      const { 'content-length': _length, ...rest } = response.headers;
      answer.writeHead(response.statusCode ?? 500, rest);
      if (!response.headers['content-type']?.includes('text/html')) return void response.pipe(answer);
      let html = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        html += chunk;
      });
      response.on('end', () => take({ html, write: (piece) => answer.write(piece), end: () => answer.end() }));
    });
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const opened = page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { waitUntil: 'networkidle0' });
  const { html, write, end } = await taken;
  for (const piece of html.split(PIECES)) {
    write(piece);
    // The first pieces may still belong to the empty page before, whose script ends with it.
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))).catch(() => undefined);
  }
  end();
  await opened;
  server.closeAllConnections();
  server.close();
}
