import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { GOLDEN_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import type { ApiErrorTexts } from '#app/features/api/wire/word-faults.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import { computeRoi } from './compute-roi.ts';
import { BatchAnswerSchema, RoiAnswerSchema } from './roi-answer.ts';
import { computeBatch, countMonthRows, writeBatch } from './roi-batch.server.ts';
import { aContext } from './sample-context.ts';

const MACHINE = { hashrateThs: 200, powerW: 3500, powerUsdPerKwh: 0.05, capexUsd: 3000 };
const wordless = ((key: string) => key) as ApiErrorTexts;

async function answerTo(defaults: Record<string, unknown>, rows: unknown[], months = false) {
  const engine = await getEngine();
  const batch = await computeBatch({ defaults, rows }, { ...aContext(), engine });
  let text = '';
  for await (const slice of writeBatch(batch, { months, engine, texts: wordless })) text += slice;
  return BatchAnswerSchema.parse(JSON.parse(text));
}

async function projectionOf(fields: Record<string, unknown>) {
  const computed = computeRoi(fields, { ...aContext(), engine: await getEngine() });
  if (computed.kind !== 'ok') throw new Error('refused');
  return RoiAnswerSchema.parse(JSON.parse(JSON.stringify(computed.answer)));
}

describe('computeBatch', () => {
  it('answers each row as if it had been sent alone', async () => {
    const alone = await projectionOf(GOLDEN_EXAMPLE);
    const { months, ...summary } = alone.projection;
    const [row] = (await answerTo({}, [GOLDEN_EXAMPLE])).rows;
    expect(row).toEqual({ ok: true, today: alone.today, projection: summary });
    const [rowWithMonths] = (await answerTo({}, [GOLDEN_EXAMPLE], true)).rows;
    expect(rowWithMonths).toEqual({ ok: true, today: alone.today, projection: { ...summary, months } });
  });

  it('keeps the order of rows and stops at no bad one', async () => {
    const answer = await answerTo({ powerUsdPerKwh: 0.05 }, [MACHINE, {}, null, { ...MACHINE, difficulty: 1e-305 }, 'x', MACHINE]);
    expect(answer.rows.map((row) => row.ok)).toEqual([true, false, false, false, false, true]);
    expect(answer.rows[3]).toMatchObject({ errors: [{ field: 'difficulty', value: 1e-305 }] });
    expect(answer.summary).toMatchObject({ rowCount: 6, okRows: 2, failedRows: 4, machines: 2 });
  });

  it('leaves rows that could not be computed out of the totals', async () => {
    const mixed = await answerTo({}, [{ ...MACHINE, difficulty: 1e-305 }, MACHINE, { count: 0 }, MACHINE]);
    const good = await answerTo({}, [MACHINE, MACHINE]);
    expect(mixed.summary).toEqual({ ...good.summary, rowCount: 4, failedRows: 2 });
  });

  it('adds up rows and pays back from the summed cash flow', async () => {
    const cheap = { ...MACHINE, capexUsd: 500 };
    const answer = await answerTo({}, [MACHINE, cheap]);
    const both = await projectionOf({ ...MACHINE, capexUsd: 1750, count: 2 });
    expect(answer.summary.projection.npvUsd).toBeCloseTo(both.projection.npvUsd, 8);
    expect(answer.summary.projection.paybackMonths).toBeCloseTo(both.projection.paybackMonths ?? Number.NaN, 8);
    expect(answer.summary.projection.roiRatio).toBeCloseTo(both.projection.roiRatio ?? Number.NaN, 10);
    expect(answer.summary.efficiencyJPerTh).toBe(17.5);
  });

  it('computes both sides of a hosting contract for the rows that have one', async () => {
    const hosted = { ...MACHINE, clientPowerUsdPerKwh: 0.07, hostCapexUsd: 200 };
    const alone = await projectionOf(hosted);
    const answer = await answerTo({}, [MACHINE, hosted], true);
    expect(answer.rows[0]).not.toHaveProperty('host');
    expect(answer.rows[1]).toMatchObject({ host: alone.host, client: alone.client });
    const [row] = (await answerTo({}, [hosted])).rows;
    expect(row?.ok === true && row.host !== undefined && 'months' in row.host).toBe(false);
  });

  it('answers no rows with sums of zero and nothing that rests on them', async () => {
    const { rows, summary } = await answerTo({}, []);
    expect(rows).toEqual([]);
    expect(summary.projection).toMatchObject({ npvUsd: 0, paybackMonths: null, irrRatioPerYear: null, roiRatio: null });
  });

  it('lets other work in between slices', async () => {
    let isDone = false;
    let turns = 0;
    const rows = Array.from({ length: 2500 }, (_, index) => ({ ...MACHINE, capexUsd: index }));
    const batch = computeBatch({ defaults: {}, rows }, { ...aContext(), engine: await getEngine() }).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await nextTurn();
      turns += 1;
    }
    expect((await batch).rows).toHaveLength(2500);
    // A turn for each slice of 250 rows.
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  it('counts the months that an answer would list', async () => {
    const rows = [{ ...MACHINE, horizonMonths: 12 }, { count: 0 }, { ...MACHINE, horizonMonths: 5, clientPowerUsdPerKwh: 0.07 }];
    const batch = await computeBatch({ defaults: {}, rows }, { ...aContext(), engine: await getEngine() });
    // 12, none for the refused row, and 5 for each of own, host and client.
    expect(countMonthRows(batch)).toBe(27);
  });

  it('computes slices of every size alike', async () => {
    // Sizes around the slices of 40 and 250 rows, and odd ones.
    for (const size of [1, 39, 40, 41, 249, 250, 251, 501]) {
      const rows = Array.from({ length: size }, (_, index) => (index % 7 === 3 ? { count: 0 } : { ...MACHINE, count: index + 1 }));
      const [plain, withMonths] = [await answerTo({}, rows), await answerTo({}, rows, true)];
      expect(plain.rows).toHaveLength(size);
      expect(plain.summary).toEqual(withMonths.summary);
      for (const [index, row] of withMonths.rows.entries()) {
        const cumulative = row.ok ? row.projection.months?.at(-1)?.cumulativeUsd : undefined;
        expect(cumulative).toBe(row.ok ? row.projection.profitUsd : undefined);
        expect(row.ok).toBe(plain.rows[index]?.ok);
      }
    }
  });
});

describe('computeRoi', () => {
  it('echoes inputs that give the same answer when posted back', async () => {
    for (const fields of [{ model: 'sample s1', powerUsdPerKwh: 0.06 }, { ...MACHINE, clientPowerUsdPerKwh: 0.08 }, GOLDEN_EXAMPLE]) {
      const first = await projectionOf(fields);
      const second = await projectionOf(first.inputs);
      expect(second.inputs).toEqual(first.inputs);
      expect([second.today, second.projection, second.host]).toEqual([first.today, first.projection, first.host]);
    }
  });

  it('gives no ratio of verification when the hash rate is implied by the difficulty', async () => {
    expect((await projectionOf(MACHINE)).verification.ratio).not.toBeNull();
    expect((await projectionOf({ ...MACHINE, difficulty: 1e14 })).verification).toMatchObject({ ratio: null, note: 'not_measured' });
  });

  it('refuses inputs whose result is not a finite number', async () => {
    const computed = computeRoi({ ...MACHINE, difficulty: 1e-305 }, { ...aContext(), engine: await getEngine() });
    expect(computed).toMatchObject({ kind: 'invalid', faults: [{ field: 'difficulty', code: 'not_finite' }] });
  });
});
