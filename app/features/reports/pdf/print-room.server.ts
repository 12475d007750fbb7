/**
 * The print route: a server on this machine's own address that shows one document to one browser, once. Worker and browser may stand in another container than the web
 * server, and what is printed has no business in anybody else's reach, so the worker shows it itself. An address is valid for one reading and a minute at most, carries
 * 256 random bits with their signature, and dies with the process.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { FONT_FILES } from './report-style.ts';

const LIFE_MS = 60_000;
const TOKEN_BYTES = 32;

export type Print = { html: string; css: string };

export type PrintRoom = {
  /** Gives the address at which the document can be read once. `toPrint` receives the address of the style sheet and the folder of fonts. */
  show(toPrint: (urls: { styleUrl: string; fontUrl: (file: string) => string }) => Print): string;
  close(): Promise<void>;
};

type Shown = { print: Print; validUntilMs: number; isRead: boolean };

export async function openPrintRoom(nowMs: () => number = Date.now): Promise<PrintRoom> {
  const key = randomBytes(TOKEN_BYTES);
  const shown = new Map<string, Shown>();
  const fonts = new Map<string, Promise<Buffer>>();
  const sign = (token: string) => createHmac('sha256', key).update(token).digest('base64url');
  const isSigned = (token: string, signature: string) => {
    const expected = Buffer.from(sign(token));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  };

  function find(token: string, signature: string): Shown | null {
    if (!isSigned(token, signature)) return null;
    const found = shown.get(token);
    return found !== undefined && found.validUntilMs >= nowMs() ? found : null;
  }

  function readFont(file: string): Promise<Buffer> {
    const known = fonts.get(file) ?? readFile(createRequire(import.meta.url).resolve(`@fontsource/noto-sans-sc/files/${file}`));
    fonts.set(file, known);
    return known;
  }

  const server: Server = createServer(async (request, response) => {
    const [, kind = '', token = '', signature = '', file = ''] = (request.url ?? '').split('/');
    const found = find(token, signature);
    const refuse = () => response.writeHead(404, { 'Cache-Control': 'no-store' }).end();
    if (request.method !== 'GET' || found === null) return refuse();
    const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
    if (kind === 'print' && !found.isRead) {
      found.isRead = true;
      response.writeHead(200, {
        ...headers,
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:",
      });
      return response.end(found.print.html);
    }
    if (kind === 'style') return response.writeHead(200, { ...headers, 'Content-Type': 'text/css; charset=utf-8' }).end(found.print.css);
    if (kind === 'font' && FONT_FILES.includes(file)) {
      const bytes = await readFont(file);
      return response.writeHead(200, { ...headers, 'Content-Type': 'font/woff2' }).end(bytes);
    }
    return refuse();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    show(toPrint) {
      for (const [token, { validUntilMs }] of shown) if (validUntilMs < nowMs()) shown.delete(token);
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const path = `${token}/${sign(token)}`;
      const print = toPrint({ styleUrl: `/style/${path}`, fontUrl: (file) => `/font/${path}/${file}` });
      shown.set(token, { print, validUntilMs: nowMs() + LIFE_MS, isRead: false });
      return `${origin}/print/${path}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
