/**
 * Browser and server must give the same answer to the last bit: a copied link shows what the server rendered. The facade is bundled
 * as for a page, served from a loopback port and run in a real Chromium; Node runs the same inputs.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAnswers } from '#engine/vectors/answers.ts';
import { BUILD_NAMES, loadBuild, readBuild } from '#engine/vectors/built-engines.ts';
import { listVectorCases } from '#engine/vectors/cases.ts';
import { listRandomInputs } from '#engine/vectors/random-inputs.ts';
import { launchChromium, openPage } from '../support/chromium.ts';

const SEED = 20_090_103;
const RANDOM_CASES = 200;

const BROWSER_ENTRY = `
import { instantiateEngine } from '#engine';
import { listAnswers } from '#engine/vectors/answers.ts';
globalThis.answer = async (wasmUrl, inputs) => {
  const engine = await instantiateEngine(await (await fetch(wasmUrl)).arrayBuffer());
  return listAnswers(engine, inputs);
};
`;

let browser: Browser;
let page: Page;
let stopServer: () => Promise<void>;

beforeAll(async () => {
  const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
  const bundle = await build({
    stdin: { contents: BROWSER_ENTRY, resolveDir: projectRoot, sourcefile: 'browser-entry.ts', loader: 'ts' },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  const files = new Map<string, { type: string; body: string | Uint8Array }>([
    ['/', { type: 'text/html', body: '<!doctype html><title>engine</title><script src="/engine.js"></script>' }],
    ['/engine.js', { type: 'text/javascript', body: bundle.outputFiles[0]!.text }],
    ...BUILD_NAMES.map((name) => [`/${name}.wasm`, { type: 'application/wasm', body: readBuild('engine', name) }] as const),
  ]);
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': file.type }).end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stopServer = () => new Promise((resolve) => server.close(() => resolve()));

  browser = await launchChromium();
  page = await openPage(browser);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

afterAll(async () => {
  await browser?.close();
  await stopServer?.();
});

describe('the engine in Chromium', () => {
  const inputs = [...listVectorCases().map(({ input }) => input), ...listRandomInputs(RANDOM_CASES, SEED)];

  it.each(BUILD_NAMES)('gives the bits of Node: %s build', async (name) => {
    const inNode = listAnswers(await loadBuild(name), inputs);
    const inBrowser = (await page.evaluate(`answer(${JSON.stringify(`/${name}.wasm`)}, ${JSON.stringify(inputs)})`)) as string[];
    expect(inNode.length).toBe(inputs.length + 2);
    expect(inBrowser.length).toBe(inNode.length);
    inBrowser.forEach((line, index) => {
      expect(line, `input ${index}`).toBe(inNode[index]);
    });
  });
});
