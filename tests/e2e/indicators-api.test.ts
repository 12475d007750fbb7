// Indicators as a caller's program sees them: over HTTP, against the running build.
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ProblemSchema } from '#app/features/api/economics/roi-answer.ts';
import { IndicatorAnswerSchema, IndicatorHistorySchema, IndicatorsAnswerSchema } from '#app/features/api/market/indicator-answer.ts';
import { MarketHistorySchema } from '#app/features/api/market/market-history-answer.ts';
import { MAX_CANDLES } from '#app/features/indicators/candles.ts';
import { getTestOrigin } from '../support/chromium.ts';

const PATH = '/api/v1/indicators';

function ask(path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${getTestOrigin()}${path}`, init);
}

function post(name: string, body: unknown, query = ''): Promise<Response> {
  return ask(`${PATH}/${name}${query}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

async function readProblem(response: Response, status: number): Promise<z.infer<typeof ProblemSchema>> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  return ProblemSchema.parse(JSON.parse(text));
}

const candles = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ time: i * 60_000, open: 10 + i, high: 12 + i, low: 9 + i, close: 11 + i, volume: 5 }));

describe('POST /api/v1/indicators/{name}', () => {
  it('answers a value per candle', async () => {
    const response = await post('sma', { candles: candles(4), params: { period: 2 } });
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(IndicatorAnswerSchema.parse(await response.json())).toEqual({
      name: 'sma',
      params: { period: 2 },
      values: [null, 11.5, 12.5, 13.5],
    });
  });

  it('takes the largest list that is promised', async () => {
    const response = await post('ichimoku', { candles: candles(MAX_CANDLES) });
    const answer = IndicatorAnswerSchema.parse(await response.json());
    expect(answer.values).toHaveLength(MAX_CANDLES);
    expect(answer.ahead).toHaveLength(26);
    await readProblem(await post('sma', { candles: candles(MAX_CANDLES + 1) }), 400);
  });

  it('names field, value and range of what is wrong, in the caller’s language', async () => {
    const body = { candles: [{ time: '2026-11-20', open: 1, high: 1, low: 2, close: 1, volume: -1 }], params: { period: 0 } };
    const { errors } = await readProblem(await post('sma', body, '?lng=en'), 400);
    expect(errors).toEqual([
      { field: 'params.period', value: 0, message: 'Must be from 1 to 5000 candles.', min: 1, max: 5000 },
      { field: 'candles[0].volume', value: -1, message: 'Must be from 0 to 1000000000000000000.', min: 0, max: 1e18 },
      { field: 'candles[0].high', value: 1, message: 'Must not be below low (2).', min: null, max: null },
    ]);
    const chinese = await readProblem(await post('sma', body, '?lng=zh'), 400);
    expect(chinese.errors[2]?.message).toBe('不能低于 low（2）。');
  });

  it('refuses NaN by its place, other methods, and names that are no indicator', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const problem = await readProblem(
      await ask(`${PATH}/sma`, { method: 'POST', headers, body: '{"candles":[{"time":0,"close":NaN}]}' }),
      400,
    );
    expect(problem.errors[0]?.field).toBe('candles[0].close');
    await readProblem(await ask(`${PATH}/sma`, { method: 'PUT', headers, body: '{}' }), 405);
    await readProblem(await post('smaa', { candles: [] }), 404);
    await readProblem(await post('constructor', { candles: [] }), 404);
  });
});

describe('GET /api/v1/indicators', () => {
  it('lists every indicator in the caller’s language', async () => {
    const { indicators } = IndicatorsAnswerSchema.parse(await (await ask(`${PATH}?lng=zh`)).json());
    expect(indicators.length).toBeGreaterThanOrEqual(30);
    expect(indicators.find(({ name }) => name === 'puell-multiple')?.title).toBe('普尔倍数');
  });

  it('answers over the stored days, and holders of the answer with 304', async () => {
    const path = `${PATH}/hash-ribbons?from=2024-01-01&to=2024-01-31`;
    const response = await ask(path);
    const { times, values } = IndicatorHistorySchema.parse(await response.json());
    expect(times).toHaveLength(31);
    expect(values.every((value) => typeof value === 'object' && value !== null)).toBe(true);
    const again = await ask(path, { headers: { 'If-None-Match': response.headers.get('ETag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('answers over candles too: highs, lows and volumes of days are stored', async () => {
    for (const name of ['atr', 'mfi']) {
      const answer = IndicatorHistorySchema.parse(await (await ask(`${PATH}/${name}`)).json());
      expect(answer.values.at(-1), name).not.toBeNull();
    }
  });
});

describe('GET /api/v1/market/history', () => {
  it.each([
    'series=price&interval=1d&from=2025-12-30',
    'series=price&interval=1h',
    'series=fees',
    'series=cny',
    'series=networkHashrate',
    'series=difficulty',
  ])('answers %s without an end, and names the sources of the points it gives', async (query) => {
    const response = await ask(`/api/v1/market/history?${query}`);
    expect(response.status).toBe(200);
    const { points, sources } = MarketHistorySchema.parse(await response.json());
    const said = points.flatMap(({ source, volumeSource }) => [source, volumeSource ?? null]).filter((source) => source !== null);
    expect([...new Set(said)].sort()).toEqual([...sources].sort());
  });
});
