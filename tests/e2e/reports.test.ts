// What a manager would phone about: the report of an answer, in three formats and both languages, with the same figures in each.
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GOLDEN_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { aContext } from '#app/features/api/economics/sample-context.ts';
import { computeFleet } from '../../app/features/reports/model/compute-fleet.ts';
import type { ReportDocument } from '../../app/features/reports/model/document.ts';
import { readScenario } from '../../app/features/reports/report-subject.ts';
import { toFleetDocument } from '../../app/features/reports/wording/fleet-document.ts';
import { getEngine } from '../../app/platform/engine.server.ts';
import { getTestOrigin, launchChromium, openPage } from '../support/chromium.ts';
import { expectFigures } from '../support/report-figures.ts';

const origin = getTestOrigin();
const GIVEN_UP_MS = 90_000;
const LOOK_MS = 200;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function order(body: object): Promise<Response> {
  return fetch(`${origin}/api/v1/reports`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

type Answer = { status: string; progressRatio: number; error: string | null; hash: string; sizeBytes: number };

function untilDone(location: string): Promise<Answer> {
  return vi.waitFor(
    async () => {
      const answer = (await (await fetch(`${origin}${location}`)).json()) as Answer;
      if (answer.status === 'queued' || answer.status === 'running') throw new Error(`still ${answer.status} at ${answer.progressRatio}`);
      return answer;
    },
    { timeout: GIVEN_UP_MS, interval: LOOK_MS },
  );
}

/** The document that the worker must have made: the request carries every market figure itself. */
async function expectedDocument(inputs: object, language: 'en' | 'zh'): Promise<ReportDocument> {
  const read = readScenario(inputs, aContext());
  if (read.kind !== 'ok') throw new Error('the inputs are refused');
  const computed = computeFleet(await getEngine(), read.source);
  if (computed.kind !== 'ok') throw new Error('the engine refuses the inputs');
  return toFleetDocument(computed.fleet, { language, workspace: null, logo: null, madeAt: '2026-11-22T00:00:00.000Z' });
}

describe('a guest', () => {
  it.each([
    ['pdf', 'en'],
    ['pdf', 'zh'],
    ['xlsx', 'en'],
    ['xlsx', 'zh'],
    ['pptx', 'en'],
    ['pptx', 'zh'],
  ] as const)('has the answer as %s in %s, with every figure of it', async (format, language) => {
    const inputs = { ...GOLDEN_EXAMPLE, count: 25 };
    const ordered = await order({ subject: { kind: 'scenario', inputs }, format, language });
    expect(ordered.status).toBe(202);
    const location = ordered.headers.get('Location') ?? '';
    const { id } = (await ordered.json()) as { id: string };
    expect(location).toBe(`/api/v1/reports/${id}`);
    const answer = await untilDone(location);
    expect(answer).toMatchObject({ status: 'done', progressRatio: 1, error: null });
    const file = await fetch(`${origin}${location}/file`);
    const content = new Uint8Array(await file.arrayBuffer());
    expect(content.byteLength).toBe(answer.sizeBytes);
    const document = await expectedDocument(inputs, language);
    await expectFigures(format, content, document);
    const disposition = file.headers.get('Content-Disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="hashinsight-report-[a-z]{2}\.[a-z]{3,4}"; filename\*=UTF-8''/);
    expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toContain(document.title);
  });

  it('gets from the calculator to a file by links and forms, in Chinese', async () => {
    const page = await openPage(browser);
    await page.goto(`${origin}/?lng=zh&model=Antminer+S21&count=12`);
    await Promise.all([page.waitForNavigation(), page.click('a.btn[href*="/reports/new"]')]);
    expect(await page.$eval('main', (main) => main.textContent)).toContain('12 台 Antminer S21');
    await page.click('input[name=format][value=xlsx]');
    await Promise.all([page.waitForNavigation(), page.click('button[type=submit].main')]);
    const link = await page.waitForSelector('a[download]', { timeout: GIVEN_UP_MS });
    const href = await link!.evaluate((anchor) => anchor.getAttribute('href') ?? '');
    const file = await fetch(`${origin}${href}`);
    expect(file.headers.get('Content-Type')).toContain('spreadsheetml');
    await page.close();
  });

  it('is told what is wrong with the inputs, and has no report of anything else', async () => {
    const wrong = await order({
      subject: { kind: 'scenario', inputs: { ...GOLDEN_EXAMPLE, uptimeRatio: 97 } },
      format: 'pdf',
      language: 'en',
    });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ errors: [{ field: 'subject.inputs.uptimeRatio', value: 97, min: 0, max: 1 }] });
    const batch = await order({ subject: { kind: 'batch', inputs: { rows: [GOLDEN_EXAMPLE] } }, format: 'pdf', language: 'en' });
    expect(batch.status).toBe(401);
    const list = await fetch(`${origin}/reports`, { redirect: 'manual' });
    expect(list.headers.get('Location')).toContain('/sign-in');
  });

  it('finds nothing under an id that nobody was given', async () => {
    const unknown = await fetch(`${origin}/api/v1/reports/2f1c9a58-6a1b-4a52-9d0e-6a3b6f0c1d2e`);
    expect(unknown.status).toBe(404);
  });
});
