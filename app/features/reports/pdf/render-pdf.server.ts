/** A report as a PDF: tagged, with outline, page numbers and contents, its fonts inside. Printed from the print room by a page of the browser pool. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { ReportDocument } from '../model/document.ts';
import type { BrowserPool } from './browser-pool.server.ts';
import type { PrintRoom } from './print-room.server.ts';
import { ReportPage } from './report-page.tsx';
import { toReportStyle } from './report-style.ts';

const PRINT_TIMEOUT_MS = 60_000;
/** Cover and contents. */
const PAGES_BEFORE_PARTS = 2;
/** A4 less the margins of the style sheet, in CSS pixels: 174 mm by 259 mm. */
const CONTENT_WIDTH_PX = Math.round((174 / 25.4) * 96);
const CONTENT_HEIGHT_PX = (259 / 25.4) * 96;

export type PdfDeps = { pool: BrowserPool; room: PrintRoom };

/** Writes the PDF to `path`. */
export function renderPdf({ pool, room }: PdfDeps, document: ReportDocument, path: string, signal: AbortSignal): Promise<void> {
  const address = room.show(({ styleUrl, fontUrl }) => ({
    html: `<!doctype html>${renderToStaticMarkup(createElement(ReportPage, { document, styleUrl, pageOf: {} }))}`,
    css: toReportStyle({ title: document.title, fontUrl }),
  }));
  return pool.withPage(signal, async (page) => {
    await page.setViewport({ width: CONTENT_WIDTH_PX, height: Math.round(CONTENT_HEIGHT_PX) });
    await page.emulateMediaType('print');
    await page.goto(address, { waitUntil: 'load', timeout: PRINT_TIMEOUT_MS });
    // Every part begins on a page of its own, so its height says how many pages it takes. The numbers in the contents follow from that.
    await page.evaluate(
      async (pageHeightPx, firstPage) => {
        const { document: shown } = globalThis;
        await shown.fonts.ready;
        let next = firstPage;
        for (const part of shown.querySelectorAll('.part')) {
          const number = shown.querySelector(`.contents a[href="#${part.id}"] .number`);
          if (number) number.textContent = String(next);
          next += Math.max(1, Math.ceil(part.getBoundingClientRect().height / pageHeightPx));
        }
      },
      CONTENT_HEIGHT_PX,
      PAGES_BEFORE_PARTS + 1,
    );
    const printed = await page.createPDFStream({
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
      timeout: PRINT_TIMEOUT_MS,
    });
    // The browser's type and Node's differ in name only.
    await pipeline(Readable.fromWeb(printed as NodeReadableStream), createWriteStream(path));
  });
}
