// Forecasts as a caller sees them: over HTTP, against the running build with its worker.
import { describe, expect, it } from 'vitest';
import { ProblemSchema } from '#app/features/api/economics/roi-answer.ts';
import { OwnForecastSchema, SeriesForecastSchema } from '#app/features/forecasting/forecast-answer.ts';
import { FORECAST_EXAMPLE } from '#app/features/forecasting/forecast-request.ts';
import { getTestOrigin } from '../support/chromium.ts';

const PATH = '/api/v1/forecasts';

async function send(body: unknown, { lng = 'en', method = 'POST' } = {}): Promise<Response> {
  return fetch(`${getTestOrigin()}${PATH}?lng=${lng}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });
}

async function forecast(body: unknown) {
  const response = await send(body);
  const text = await response.text();
  expect(response.status, text.slice(0, 500)).toBe(200);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  return OwnForecastSchema.parse(JSON.parse(text));
}

async function refuse(body: unknown, lng = 'en') {
  const response = await send(body, { lng });
  const text = await response.text();
  expect(response.status, text.slice(0, 500)).toBe(400);
  return ProblemSchema.parse(JSON.parse(text)).errors;
}

describe('POST /api/v1/forecasts', () => {
  it('fits the example and forecasts it, the same at every call', async () => {
    const answer = await forecast(FORECAST_EXAMPLE);
    expect(answer).toMatchObject({ order: [1, 1, 0], seasonal: null, trend: 'n', log: true, observations: 19, modelsTried: 1 });
    expect(answer.parameters.map(({ name }) => name)).toEqual(['ar1', 'sigma2']);
    expect(answer.forecast).toHaveLength(3);
    for (const { mean, median, lower95, upper95 } of answer.forecast) {
      expect(lower95).toBeLessThan(median!);
      expect(median).toBeLessThan(mean!);
      expect(mean).toBeLessThan(upper95!);
    }
    expect(await forecast(FORECAST_EXAMPLE)).toEqual(answer);
  });

  it('searches the order of a seasonal series', async () => {
    const values = Array.from({ length: 120 }, (_, t) => 100 + t + 20 * Math.sin((t * Math.PI) / 6) + ((t * 37) % 11));
    const answer = await forecast({ values, order: 'auto', seasonal: [0, 1, 1, 12], horizon: 12 });
    expect(answer.seasonal).toEqual([0, 1, 1, 12]);
    expect(answer.modelsTried).toBeGreaterThan(3);
    expect(answer.forecast).toHaveLength(12);
  });

  it('names field, value and range of what is wrong, in the caller’s language', async () => {
    const values = [...FORECAST_EXAMPLE.values];
    values[3] = -1;
    expect(await refuse({ ...FORECAST_EXAMPLE, values })).toEqual([
      { field: 'values[3]', value: -1, message: expect.stringContaining('above 0'), min: 0, max: 1e100 },
    ]);
    expect(await refuse({ ...FORECAST_EXAMPLE, values: new Array(30).fill(7) })).toMatchObject([
      { field: 'values', value: 7, message: 'All values are the same: there is nothing to fit.' },
    ]);
    expect(await refuse({ ...FORECAST_EXAMPLE, order: [9, 1, 0] }, 'zh')).toMatchObject([{ field: 'order[0]', value: 9, min: 0, max: 5 }]);
    expect(await refuse({ ...FORECAST_EXAMPLE, seasonal: [2, 1, 2, 12] })).toMatchObject([
      { field: 'values', value: 20, message: expect.stringContaining('at least 21') },
    ]);
    expect(await refuse('{"values":[1,2,NaN],"order":[1,0,0],"horizon":1}')).toMatchObject([{ field: 'values[2]' }]);
  });

  it('answers other methods with the one it takes', async () => {
    const response = await send(null, { method: 'GET' });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('POST');
  });
});

describe('GET /api/v1/forecasts/{series}', () => {
  it.each([
    'price',
    'difficulty',
    'networkHashrate',
  ])('%s: is ready or says that it is being computed, and invents nothing', async (series) => {
    const response = await fetch(`${getTestOrigin()}${PATH}/${series}`);
    expect(response.status).toBe(200);
    const answer = SeriesForecastSchema.parse(await response.json());
    expect(answer.series).toBe(series);
    expect(['ready', 'computing', 'unknown', 'too-old']).toContain(answer.status);
    expect(answer.horizons.map(({ days }) => days)).toEqual(answer.status === 'ready' ? [1, 7, 30, 90] : []);
    if (answer.status !== 'too-old') expect(answer.dated).toBeNull();
    if (answer.status === 'computing') expect(answer.backtest).toBeNull();
    for (const { lower95, lower80, median, upper80, upper95 } of answer.horizons) {
      const ascending = [lower95, lower80, median, upper80, upper95];
      expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
    }
  });

  it('knows no other series', async () => {
    expect((await fetch(`${getTestOrigin()}${PATH}/weather`)).status).toBe(404);
  });
});
