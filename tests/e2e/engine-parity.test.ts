/**
 * Browser and server must give the same answer to the last bit: a copied link shows what the server rendered, and a stored plan can be made again anywhere. The
 * facade is bundled as for a page, served from a loopback port and run in a real Chromium; Node runs the same inputs.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoiInputs } from '#engine';
import { makeInstance } from '#engine/bench/plan-instances.ts';
import {
  type FlexibleCase,
  listAnswers,
  listFlexibleAnswers,
  listPlanAnswers,
  listRiskAnswers,
  type PlanCase,
  type RiskCase,
} from '#engine/vectors/answers.ts';
import { BUILD_NAMES, type BuildName, loadBuild, loadCurtailment, MODULE_NAMES, readBuild } from '#engine/vectors/built-engines.ts';
import { listVectorCases } from '#engine/vectors/cases.ts';
import { createRandom, listRandomInputs } from '#engine/vectors/random-inputs.ts';
import { listRandomOptions } from '#engine/vectors/risk-inputs.ts';
import { launchChromium, openPage } from '../support/chromium.ts';

const SEED = 20_090_103;
const RANDOM_CASES = 200;

const BROWSER_ENTRY = `
import { instantiateCurtailment, instantiateEngine } from '#engine';
import { listAnswers, listFlexibleAnswers, listPlanAnswers, listRiskAnswers } from '#engine/vectors/answers.ts';
const engineLists = { all: listAnswers, risk: listRiskAnswers, flexible: listFlexibleAnswers };
globalThis.answer = async (list, build, cases) => {
  const open = async (module) => (await fetch('/' + module + '.' + build + '.wasm')).arrayBuffer();
  if (list === 'plan') return listPlanAnswers(await instantiateCurtailment(await open('curtailment')), cases);
  return engineLists[list](await instantiateEngine(await open('engine')), cases);
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
  const modules = MODULE_NAMES.flatMap((module) => BUILD_NAMES.map((name) => ({ module, name })));
  const files = new Map<string, { type: string; body: string | Uint8Array }>([
    ['/', { type: 'text/html', body: '<!doctype html><title>engine</title><script src="/engine.js"></script>' }],
    ['/engine.js', { type: 'text/javascript', body: bundle.outputFiles[0]!.text }],
    ...modules.map(({ module, name }) => [`/${module}.${name}.wasm`, { type: 'application/wasm', body: readBuild(module, name) }] as const),
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

function answerInBrowser(list: 'all' | 'risk' | 'flexible' | 'plan', build: BuildName, cases: unknown): Promise<string[]> {
  return page.evaluate(`answer(${JSON.stringify(list)}, ${JSON.stringify(build)}, ${JSON.stringify(cases)})`) as Promise<string[]>;
}

/** Line by line, so that the case that differs is named. `lines`: how many there must be. */
function expectSameLines(inBrowser: readonly string[], inNode: readonly string[], lines: number): void {
  expect(inNode.length).toBe(lines);
  expect(inBrowser.length).toBe(inNode.length);
  inBrowser.forEach((line, index) => {
    expect(line, `case ${index}`).toBe(inNode[index]);
  });
}

const vectorInputs = listVectorCases().map(({ input }) => input);

/** Many seeds on few paths, and three seeds of the size a page asks for. */
function listRiskCases(): RiskCase[] {
  const many = [...vectorInputs, ...listRandomInputs(60, SEED)];
  const options = listRandomOptions(many.length, SEED, 100);
  const whole = [0, 1, Number.MAX_SAFE_INTEGER].map((seed): RiskCase => {
    const inputs: RoiInputs = { ...vectorInputs[0]!, horizonMonths: 48 };
    return { inputs, options: { seed, paths: 10_000, priceVolatilityPerYear: 0.55, networkVolatilityPerYear: 0.2, correlation: 0.2 } };
  });
  return [...many.map((inputs, index) => ({ inputs, options: options[index]! })), ...whole];
}

/** Curves of every shape that is taken, with prices below zero and above what any machine earns. */
function listFlexibleCases(): FlexibleCase[] {
  const random = createRandom(SEED);
  const lengths = [8760, 8784, 2016, 288, 12];
  return [...vectorInputs, ...listRandomInputs(30, SEED + 1)].map((inputs, index) => ({
    inputs,
    curve: {
      usdPerKwh: Array.from({ length: lengths[index % lengths.length]! }, () => (random() < 0.05 ? 4 * random() - 0.5 : 0.15 * random())),
      firstPart: index % 12,
    },
    restart: { restartUsd: 0.3 * random(), bootMinutes: Math.floor(30 * random()) },
  }));
}

/** Stopped by iterations: the answer may not depend on how fast the machine is. */
function listPlanCases(): PlanCase[] {
  const shapes = [
    { machines: 8, intervals: 24, states: 2 },
    { machines: 40, intervals: 96, states: 3 },
    { machines: 60, intervals: 24, states: 3, clients: 4, takeOrPay: true, minUpIntervals: 3, minDownIntervals: 2 },
    { machines: 300, intervals: 24, states: 2, demandChargeUsdPerKw: 12 },
    { machines: 300, intervals: 96, states: 4 },
    { machines: 6000, intervals: 24, states: 2 },
  ] as const;
  const budgets = [1, 40, 400];
  return shapes.map((shape, index) => ({
    problem: makeInstance({ ...shape, seed: SEED + index }),
    options: { iterations: budgets[index % budgets.length]!, gapTarget: 0 },
  }));
}

/** A cap below what a locked machine draws: the answer is a certificate. */
function makeImpossible(): PlanCase {
  const problem = makeInstance({ seed: SEED, machines: 6, intervals: 24, states: 2 });
  const machines = problem.machines.map((machine) => ({ ...machine, locks: [{ kind: 'on' as const, from: 0, to: 24 }] }));
  return { problem: { ...problem, machines }, options: { iterations: 40 } };
}

describe.each(BUILD_NAMES)('the %s build in Chromium', (name) => {
  it('gives the bits of Node: projections, maps, tornado', async () => {
    const inputs = [...vectorInputs, ...listRandomInputs(RANDOM_CASES, SEED)];
    expectSameLines(await answerInBrowser('all', name, inputs), listAnswers(await loadBuild(name), inputs), inputs.length + 2);
  });

  it('gives the bits of Node: simulated paths of several seeds', async () => {
    const cases = listRiskCases();
    const inNode = listRiskAnswers(await loadBuild(name), cases);
    expectSameLines(await answerInBrowser('risk', name, cases), inNode, cases.length + 1);
    // Refusals agree easily: three seeds of whole size must have been simulated, and differ.
    const whole = inNode.slice(-4, -1);
    expect(new Set(whole.map((line) => JSON.parse(line).meanNpvUsd)).size).toBe(whole.length);
  });

  it('gives the bits of Node: hourly prices of every length', async () => {
    const cases = listFlexibleCases();
    const inNode = listFlexibleAnswers(await loadBuild(name), cases);
    expectSameLines(await answerInBrowser('flexible', name, cases), inNode, cases.length + 1);
    expect(inNode.filter((line) => line.startsWith('{"kind":"ok"')).length).toBeGreaterThan(cases.length / 2);
  });

  it('gives the bits of Node: plans, their bounds and the proof that there is none', async () => {
    const cases = [...listPlanCases(), makeImpossible()];
    const inNode = listPlanAnswers(await loadCurtailment(name), cases);
    expectSameLines(await answerInBrowser('plan', name, cases), inNode, cases.length);
    expect(inNode.filter((line) => line.includes('"status":"infeasible"'))).toHaveLength(1);
  });
});
