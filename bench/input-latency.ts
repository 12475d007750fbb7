/**
 * What one input costs the browser's main thread: script, style, layout and paint from the key press to the next frame, with the 48-month table,
 * the chart and both heat maps in view. Budget: p95 at most 10 ms, so that the next frame shows the new answer. Reports, never gates.
 */
import { getTestOrigin, launchChromium, openPage } from '../tests/support/chromium.ts';

const INPUTS = 120;
const WARM_UP_INPUTS = 20;
const BUDGET_MS = 10;
/** Tall enough for the whole page: nothing is skipped for being out of sight. */
const VIEWPORT = { width: 1440, height: 3600 };
const SLIDER = 'input[type=range]';

type TraceEvent = {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  /** Of the thread's own processor time, where the trace has it. */
  tts?: number;
  tdur?: number;
  pid: number;
  tid: number;
  args: { name?: string; data?: { type?: string } };
};

const PARTS: Readonly<Record<string, readonly string[]>> = {
  script: ['EventDispatch', 'FunctionCall', 'FireAnimationFrame', 'TimerFire', 'RunMicrotasks', 'MinorGC', 'MajorGC'],
  style: ['UpdateLayoutTree'],
  layout: ['Layout'],
  paint: ['PrePaint', 'Paint', 'Layerize', 'Commit'],
};
const ALL_PARTS = Object.values(PARTS).flat();

type Clock = 'wall' | 'thread';

/** Time covered by the named events that begin in [fromUs, toUs), each instant counted once, ms: on the wall, or of the thread's own processor time. */
function coveredMs(events: readonly TraceEvent[], names: readonly string[], fromUs: number, toUs: number, clock: Clock): number {
  const spans = events
    .filter(({ name, ts }) => names.includes(name) && ts >= fromUs && ts < toUs)
    .map(({ ts, dur = 0, tts = 0, tdur = 0 }) => (clock === 'wall' ? ([ts, ts + dur] as const) : ([tts, tts + tdur] as const)))
    .sort((a, b) => a[0] - b[0]);
  let coveredUs = 0;
  let reachedUs = 0;
  for (const [from, to] of spans) {
    coveredUs += Math.max(0, to - Math.max(from, reachedUs));
    reachedUs = Math.max(reachedUs, to);
  }
  return coveredUs / 1000;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

const browser = await launchChromium();
try {
  const page = await openPage(browser);
  await page.setViewport(VIEWPORT);
  let requests = 0;
  await page.goto(getTestOrigin(), { waitUntil: 'networkidle0' });
  page.on('request', () => {
    requests += 1;
  });
  await page.focus(SLIDER);
  const press = async (index: number) => {
    await page.keyboard.press(index % 40 < 20 ? 'ArrowRight' : 'ArrowLeft');
    // Two frames: one that answers, one that shows that nothing is left to do.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };
  for (let i = 0; i < WARM_UP_INPUTS; i++) await press(i);
  await page.tracing.start({ categories: ['devtools.timeline', 'blink.user_timing', 'v8.execute', '__metadata'] });
  for (let i = 0; i < INPUTS; i++) await press(i);
  const trace = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as { traceEvents: TraceEvent[] };
  const keyDowns = trace.traceEvents.filter(({ name, args }) => name === 'EventDispatch' && args.data?.type === 'keydown');
  const { pid, tid } = keyDowns[0]!;
  const main = trace.traceEvents.filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid);
  const windows = keyDowns.map(({ ts }, index) => [ts, keyDowns[index + 1]?.ts ?? Number.POSITIVE_INFINITY] as const);
  console.log(`page bench: ${windows.length} inputs on the power price slider, ${requests} requests while sliding`);
  for (const clock of ['wall', 'thread'] as const) {
    console.log(
      clock === 'wall' ? '  by the clock on the wall' : '  by the processor time of the thread (what an idle machine would take)',
    );
    for (const [label, names] of [...Object.entries(PARTS), ['together', ALL_PARTS] as const]) {
      const costs = windows.map(([from, to]) => coveredMs(main, names, from, to, clock));
      const [p50, p95, max] = [quantile(costs, 0.5), quantile(costs, 0.95), Math.max(...costs)].map(
        (ms) => `${ms.toFixed(2).padStart(6)} ms`,
      );
      console.log(`    ${label.padEnd(9)} p50 ${p50}   p95 ${p95}   max ${max}`);
      if (label === 'together')
        console.log(`    p95 is ${(quantile(costs, 0.95) / BUDGET_MS).toFixed(2)} of the budget of ${BUDGET_MS} ms`);
    }
  }
} finally {
  await browser.close();
}
