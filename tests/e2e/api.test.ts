// The API as a caller sees it: over HTTP, against the running build. Golden figures are those of the domain's definitions
// (sections 3 and 4, an independent computation), tolerance 1e-9 relative.
import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { RiskAnswerSchema } from '#app/features/api/economics/risk-answer.ts';
import {
  BatchAnswerSchema,
  MarketAnswerSchema,
  ModelsAnswerSchema,
  ProblemSchema,
  RoiAnswerSchema,
} from '#app/features/api/economics/roi-answer.ts';
import { getTestOrigin } from '../support/chromium.ts';

type Fields = Record<string, unknown>;

const JSON_TYPE = { 'Content-Type': 'application/json' };
const MARKET = { height: 925_000, difficulty: 119.12e12, feesBtcPerBlock: 0, priceUsdPerBtc: 80_000 };
const MACHINE = { ...MARKET, hashrateThs: 110, powerW: 3250, powerUsdPerKwh: 0.05 };

function send(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${getTestOrigin()}${path}`, { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } });
}

async function computeRoi(fields: Fields): Promise<z.infer<typeof RoiAnswerSchema>> {
  const response = await send('/api/v1/roi', JSON.stringify(fields));
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(response.headers.get('Content-Type')).toContain('application/json');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  return RoiAnswerSchema.parse(JSON.parse(text));
}

async function computeBatch(body: Fields, query = ''): Promise<z.infer<typeof BatchAnswerSchema>> {
  const response = await send(`/api/v1/roi/batch${query}`, JSON.stringify(body));
  const text = await response.text();
  expect(response.status, text.slice(0, 500)).toBe(200);
  return BatchAnswerSchema.parse(JSON.parse(text));
}

async function readProblem(response: Response, status: number): Promise<z.infer<typeof ProblemSchema>> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const problem = ProblemSchema.parse(JSON.parse(text));
  expect(problem.status).toBe(status);
  return problem;
}

async function refuseRoi(body: BodyInit, headers: Record<string, string> = {}): Promise<z.infer<typeof ProblemSchema>> {
  return readProblem(await send('/api/v1/roi', body, headers), 400);
}

/** `|actual - expected| <= 1e-9 |expected|`. */
function expectClose(actual: number | null | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
}

describe('POST /api/v1/roi', () => {
  it('answers golden case A', async () => {
    const { projection, today, engineVersion, inputs } = await computeRoi({
      ...MARKET,
      feesBtcPerBlock: 0.03,
      networkGrowthRatioPerMonth: 0.02,
      priceGrowthRatioPerMonth: 0.01,
      horizonMonths: 48,
      hashrateThs: 200,
      powerW: 3500,
      powerUsdPerKwh: 0.05,
      poolFeeRatio: 0.02,
      uptimeRatio: 0.97,
      capexUsd: 3000,
      discountRatioPerYear: 0.1,
      hashrateDecayRatioPerMonth: 0.002,
      shutdownWhenUnprofitable: true,
    });
    expectClose(projection.minedBtc, 0.0652234983756057);
    expectClose(projection.npvUsd, -769.8916886687234);
    expectClose(projection.irrRatioPerYear, -0.16576617110154157);
    expectClose(projection.profitUsd, -539.1627789550172);
    expect([projection.paybackMonths, projection.shutdownMonth]).toEqual([null, 29]);
    const [first] = projection.months;
    expectClose(first?.minedBtc, 0.0030727289670707866);
    expectClose(first?.revenueUsd, 247.04340643744834);
    expectClose(first?.powerUsd, 124.002375);
    expectClose(projection.months[11]?.revenueUsd, 217.2566678590076);
    expect(projection.months).toHaveLength(48);
    expect(inputs).toMatchObject({ count: 1, pue: 1, heldRatio: 0, epochElapsedS: 1_003_200 });
    expect(today.breakEvenPowerUsdPerKwh).toBeGreaterThan(0);
    expect(engineVersion).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('answers golden case B', async () => {
    const { projection } = await computeRoi({
      height: 1_048_000,
      difficulty: 1.5e14,
      feesBtcPerBlock: 0,
      priceUsdPerBtc: 120_000,
      horizonMonths: 12,
      epochElapsedS: 1_000_000,
      hashrateThs: 270,
      powerW: 3645,
      powerUsdPerKwh: 0.04,
      pue: 1.05,
      hostingFeeUsdPerMonth: 5,
      capexUsd: 2000,
      residualUsd: 200,
      heldRatio: 0.25,
      discountRatioPerYear: 0.08,
    });
    expectClose(projection.minedBtc, 0.02142897837679293);
    expectClose(projection.npvUsd, -711.9395241882951);
    expectClose(projection.irrRatioPerYear, -0.3691086480960293);
    expectClose(projection.profitUsd, -630.5095347848483);
    expectClose(projection.months[0]?.minedBtc, 0.0024954044909346997);
    expectClose(projection.months[0]?.revenueUsd, 224.586404184123);
    expectClose(projection.months[1]?.minedBtc, 0.0017212339896234756);
  });

  it('answers the table of one machine today', async () => {
    const fee = { poolFeeRatio: 0.025 };
    const { today } = await computeRoi({ ...MACHINE, ...fee });
    expectClose(today.minedBtcPerDay, 5.660001144733823e-5);
    expectClose(today.revenueUsdPerDay, 4.528000915787058);
    expectClose(today.powerUsdPerDay, 3.9);
    expectClose(today.netUsdPerDay, 0.628000915787058);
    expectClose(today.breakEvenPowerUsdPerKwh, 0.05805129379214177);
    expectClose(today.breakEvenPriceUsdPerBtc, 68904.57970363906);
    expectClose(today.hashpriceBtcPerThDay, 5.277390344740161e-7);
    const fleet = await computeRoi({ ...MARKET, ...fee, count: 1000, hashrateThs: 270, powerW: 3645, powerUsdPerKwh: 0.06 });
    expectClose(fleet.today.minedBtcPerDay, 0.13892730082528473);
    expectClose(fleet.today.breakEvenPowerUsdPerKwh, 0.12704828607707794);
    expectClose(fleet.today.breakEvenPriceUsdPerBtc, 37780.91108673379);
  });

  it('leaves fees out of what PPS pays', async () => {
    const withFees = { ...MACHINE, feesBtcPerBlock: 0.5 };
    const [fpps, pps] = [await computeRoi(withFees), await computeRoi({ ...withFees, payoutModel: 'PPS' })];
    // (3.125 + 0.5) / 3.125
    expectClose(fpps.today.minedBtcPerDay / pps.today.minedBtcPerDay, 1.16);
  });

  it('takes each figure that is left out from the market and says where it is from', async () => {
    const known = MarketAnswerSchema.parse(await (await fetch(`${getTestOrigin()}/api/v1/market`)).json());
    const { market, inputs } = await computeRoi({ hashrateThs: 200, powerW: 3500, powerUsdPerKwh: 0.05, priceUsdPerBtc: 90_000 });
    expect(market.priceUsdPerBtc).toMatchObject({ value: 90_000, origin: 'request' });
    for (const name of ['height', 'difficulty', 'feesBtcPerBlock'] as const) {
      const { isLastKnown, ...figure } = known[name];
      expect(market[name]).toEqual(figure);
      // The journeys rest on the figures that come with the product.
      expect(isLastKnown).toBe(true);
      expect(inputs[name]).toBe(figure.value);
    }
  });

  it('verifies against a measured hash rate only', async () => {
    const implied = await computeRoi(MACHINE);
    expect(implied.verification).toMatchObject({ shareMethodBtcPerDay: null, ratio: null, note: 'not_measured' });
    // Twice the implied hash rate: half the share.
    const measured = await computeRoi({ ...MACHINE, networkHashrateThs: implied.inputs.networkHashrateThs * 2 });
    expectClose(measured.verification.ratio, 0.5);
  });

  it('lets a model stand for its figures', async () => {
    const { models } = ModelsAnswerSchema.parse(await (await fetch(`${getTestOrigin()}/api/v1/models`)).json());
    expect(models.length).toBeGreaterThanOrEqual(60);
    const [machine] = models;
    const { inputs } = await computeRoi({ ...MARKET, model: machine?.name, powerUsdPerKwh: 0.05 });
    expect(inputs).toMatchObject({ model: machine?.name, hashrateThs: machine?.hashrateThs, powerW: machine?.powerW });
  });

  it('computes host and client when the client’s power price is given', async () => {
    const { host, client } = await computeRoi({ ...MACHINE, clientPowerUsdPerKwh: 0.07, hostCapexUsd: 100, capexUsd: 1000 });
    expectClose(client?.buyBtc, 1000 / 80_000);
    // (0.07 - 0.05) USD/kWh x 3.25 kW x 730.5 h
    expectClose(host?.months[0]?.netUsd, 0.02 * 3.25 * 730.5);
    expect(await computeRoi(MACHINE)).not.toHaveProperty('host');
  });
});

describe('a session of bad input', () => {
  it('survives values that are not numbers', async () => {
    const literal = await refuseRoi('{"hashrateThs": NaN, "powerW": 3500, "powerUsdPerKwh": 0.05}');
    expect(literal.errors).toMatchObject([{ field: 'hashrateThs', value: 'NaN', min: 0, max: 1e6 }]);
    const mixed = await refuseRoi('{"hashrateThs": 1e999, "powerW": "3500", "powerUsdPerKwh": null, "count": true}');
    expect(mixed.errors.map((error) => [error.field, error.value])).toEqual([
      ['hashrateThs', 'Infinity'],
      ['powerW', '3500'],
      ['powerUsdPerKwh', null],
      ['count', true],
    ]);
  });

  it('survives emptiness', async () => {
    expect((await refuseRoi('')).errors).toMatchObject([{ field: '' }]);
    expect((await refuseRoi('null')).errors).toMatchObject([{ field: '', value: null }]);
    expect((await refuseRoi('[]')).errors).toMatchObject([{ field: '', value: '[…]' }]);
    expect((await refuseRoi('{}')).errors.map((error) => error.field)).toEqual(['powerUsdPerKwh', 'hashrateThs', 'powerW']);
    expect((await refuseRoi('{"powerW":')).errors[0]?.message).toContain('column 11');
    expect((await refuseRoi(new Uint8Array([0xff, 0xfe]))).errors[0]?.message).toContain('UTF-8');
  });

  it('survives the absurd', async () => {
    const absurd = await refuseRoi(
      JSON.stringify({
        ...MACHINE,
        count: 1.5,
        uptimeRatio: 97,
        difficulty: 0,
        height: -1,
        priceGrowthRatioPerMonth: -0.9,
        horizonMonths: 121,
      }),
    );
    expect(absurd.errors.map((error) => error.field).sort()).toEqual([
      'count',
      'difficulty',
      'height',
      'horizonMonths',
      'priceGrowthRatioPerMonth',
      'uptimeRatio',
    ]);
    expect(absurd.errors.find((error) => error.field === 'uptimeRatio')).toMatchObject({ value: 97, min: 0, max: 1 });
    const deep = await refuseRoi(`{"model":${'['.repeat(30_000)}${']'.repeat(30_000)},"powerUsdPerKwh":0.05}`);
    expect(deep.errors[0]).toMatchObject({ field: 'model', value: '[…]' });
    const many = await refuseRoi(JSON.stringify(Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`f${index}`, 1]))));
    expect(many.errors).toHaveLength(100);
    const vanishing = await refuseRoi(JSON.stringify({ ...MACHINE, difficulty: 1e-305 }));
    expect(vanishing.errors).toMatchObject([{ field: 'difficulty' }]);
  });

  it('sends a script in a model name back as text, and a long one cut', async () => {
    const script = '<script>alert(1)</script>';
    const response = await send('/api/v1/roi', JSON.stringify({ model: script, powerUsdPerKwh: 0.05 }));
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect((await readProblem(response, 400)).errors).toMatchObject([{ field: 'model', value: script }]);
    const long = await refuseRoi(JSON.stringify({ model: 'x'.repeat(50_000), powerUsdPerKwh: 0.05 }));
    expect(String(long.errors[0]?.value)).toHaveLength(200);
  });

  it('refuses a body of 2 MB, with and without a declared length', async () => {
    const body = JSON.stringify({ ...MACHINE, model: 'x'.repeat(2_000_000) });
    // Three on kept connections: a refused body that is left unread would block the one that follows.
    for (let round = 0; round < 3; round += 1) await readProblem(await send('/api/v1/roi', body), 413);
    await readProblem(await send('/api/v1/roi', body, { 'Content-Type': 'text/plain' }), 415);
    expect(await sendChunked('/api/v1/roi', body)).toBe(413);
    expect(await sendChunked('/api/v1/roi/batch', ' '.repeat(9_000_000))).toBe(413);
  });

  it('refuses fields it does not know by name', async () => {
    const problem = await refuseRoi(`{"__proto__": {"powerW": 1}, "constructor": 1, "cout": 2, ${JSON.stringify(MACHINE).slice(1)}`);
    expect(problem.errors.map((error) => error.field)).toEqual(['__proto__', 'constructor', 'cout']);
  });
});

describe('refusals', () => {
  it('speak the caller’s language', async () => {
    const zh = await refuseRoi('{}', { 'Accept-Language': 'zh-CN,zh;q=0.9,en;q=0.5' });
    expect(zh.errors[0]?.message).toContain('必填');
    const chosen = await readProblem(await send('/api/v1/roi?lng=zh', '{}', { 'Accept-Language': 'en' }), 400);
    expect(chosen.title).toBe('请求无法计算');
    expect((await refuseRoi('{}', { 'Accept-Language': 'en' })).errors[0]?.message).toContain('Is required');
  });

  it('name the methods an address takes', async () => {
    const taken: [string, string][] = [
      ['/api/v1/roi', 'POST'],
      ['/api/v1/roi/batch', 'POST'],
      ['/api/v1/risk', 'POST'],
      ['/api/v1/models', 'GET, HEAD'],
      ['/api/v1/market', 'GET, HEAD'],
      ['/api/v1/openapi.json', 'GET, HEAD'],
    ];
    for (const [path, allowed] of taken) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((name) => !allowed.includes(name))) {
        const response = await fetch(`${getTestOrigin()}${path}`, { method });
        expect(response.headers.get('Allow'), `${method} ${path}`).toBe(allowed);
        await readProblem(response, 405);
      }
    }
    expect((await fetch(`${getTestOrigin()}/api/v1/models`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${getTestOrigin()}/api/v1/roi`, { method: 'HEAD' })).status).toBe(405);
  });

  it('say that only plain JSON is read', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=gbk']) {
      await readProblem(await send('/api/v1/roi', '{}', { 'Content-Type': type }), 415);
    }
    const compressed = await send('/api/v1/roi', '{}', { 'Content-Encoding': 'gzip' });
    expect(compressed.headers.get('Accept-Encoding')).toBe('identity');
    await readProblem(compressed, 415);
  });

  it('are never an HTML page under /api/v1', async () => {
    for (const path of ['/api/v1', '/api/v1/nothing', '/api/v1/roi/nothing']) {
      await readProblem(await fetch(`${getTestOrigin()}${path}`, { headers: { Accept: 'text/html' } }), 404);
      await readProblem(await send(path, '{}'), 404);
    }
  });

  it('come without permission for other sites', async () => {
    const response = await send('/api/v1/roi', JSON.stringify(MACHINE), { Origin: 'https://example.com' });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    await response.text();
  });
});

describe('POST /api/v1/risk', () => {
  const RISK = { ...MACHINE, capexUsd: 1500, horizonMonths: 48, shutdownWhenUnprofitable: true, seed: 7, paths: 10_000 };

  async function computeRisk(fields: Fields): Promise<z.infer<typeof RiskAnswerSchema>> {
    const response = await send('/api/v1/risk', JSON.stringify(fields));
    const text = await response.text();
    expect(response.status, text.slice(0, 500)).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    return RiskAnswerSchema.parse(JSON.parse(text));
  }

  it('answers the same seed with the same digits, another one with others', async () => {
    const first = await computeRisk(RISK);
    expect(await computeRisk(RISK)).toEqual(first);
    expect((await computeRisk({ ...RISK, seed: 8 })).quantiles).not.toEqual(first.quantiles);
    expect(first.fan).toHaveLength(48);
    const { p5, p10, p50, p90, p95 } = first.quantiles.npvUsd;
    expect([p5, p10, p50, p90, p95].toSorted((a, b) => a - b)).toEqual([p5, p10, p50, p90, p95]);
    expect(first.estimates.priceVolatilityPerYear).toMatchObject({ origin: 'history', months: 48 });
  });

  it('agrees with /api/v1/roi when nothing moves', async () => {
    const still = await computeRisk({ ...RISK, paths: 10, priceVolatilityPerYear: 0, networkVolatilityPerYear: 0, correlation: 0 });
    const { seed: _seed, paths: _paths, ...fields } = RISK;
    const { projection } = await computeRoi(fields);
    expectClose(still.quantiles.npvUsd.p50, projection.npvUsd);
    expectClose(still.fan[47]?.p50, projection.profitUsd);
  });

  it('refuses by field, in the caller’s language', async () => {
    const { seed: _seed, ...withoutSeed } = RISK;
    const problem = await readProblem(
      await send('/api/v1/risk', JSON.stringify({ ...withoutSeed, paths: 20_000 }), { 'Accept-Language': 'zh' }),
      400,
    );
    expect(problem.errors).toMatchObject([
      { field: 'seed', value: null },
      { field: 'paths', value: 20_000, min: 2, max: 10_000, message: '必须在 2 到 10000 条路径 之间（含两端）。' },
    ]);
    await readProblem(await send('/api/v1/risk', 'NaN'), 400);
    await readProblem(await send('/api/v1/risk?x=1', JSON.stringify(RISK)), 400);
  });
});

describe('POST /api/v1/roi/batch', () => {
  it('answers good and bad rows in their order', async () => {
    const answer = await computeBatch({
      defaults: { ...MARKET, powerUsdPerKwh: 0.05 },
      rows: [
        { hashrateThs: 110, powerW: 3250 },
        { model: 'no such machine' },
        { hashrateThs: -1, powerW: 1, cout: 1 },
        7,
        { hashrateThs: 1, powerW: 9 },
      ],
    });
    expect(answer.rows.map((row) => row.ok)).toEqual([true, false, false, false, true]);
    expect(answer.rows.map((row) => (row.ok ? [] : row.errors.map((error) => error.field)))).toEqual([
      [],
      ['model'],
      ['hashrateThs', 'cout'],
      [''],
      [],
    ]);
    expect(answer.summary).toMatchObject({ rowCount: 5, okRows: 2, failedRows: 3, machines: 2, hashrateThs: 111, powerW: 3259 });
    const alone = await computeRoi(MACHINE);
    const { months: _months, ...projection } = alone.projection;
    expect(answer.rows[0]).toEqual({ ok: true, today: alone.today, projection });
    expect(answer.market.difficulty).toMatchObject({ value: 119.12e12, origin: 'request' });
  });

  it('carries months only when they are asked for', async () => {
    const body = { rows: [{ ...MACHINE, horizonMonths: 3 }] };
    const [plain, withMonths] = [await computeBatch(body), await computeBatch(body, '?months=1')];
    expect(plain.rows[0]).not.toHaveProperty('projection.months');
    expect(withMonths.rows[0]).toHaveProperty('projection.months.2.month', 3);
    for (const query of ['months=yes', 'months=1&months=1', 'month=1']) {
      await readProblem(await send(`/api/v1/roi/batch?${query}`, JSON.stringify(body)), 400);
    }
  });

  it('refuses faulty defaults as a whole, and too many rows', async () => {
    const faulty = await send('/api/v1/roi/batch', JSON.stringify({ defaults: { pue: 0.5, cout: 1 }, rows: [] }));
    expect((await readProblem(faulty, 400)).errors.map((error) => error.field)).toEqual(['defaults.pue', 'defaults.cout']);
    const tooMany = await send('/api/v1/roi/batch', JSON.stringify({ rows: Array(10_001).fill({}) }));
    expect((await readProblem(tooMany, 400)).errors).toMatchObject([{ field: 'rows', value: 10_001, min: 0, max: 10_000 }]);
  });

  it('refuses more months than one answer lists, naming the limit', async () => {
    const body = { defaults: { ...MACHINE, horizonMonths: 120 }, rows: Array(3_334).fill({}) };
    const problem = await readProblem(await send('/api/v1/roi/batch?months=1', JSON.stringify(body)), 400);
    expect(problem.errors).toMatchObject([{ field: 'months', value: 400_080, max: 400_000 }]);
    expect((await computeBatch(body)).summary.okRows).toBe(3_334);
  });

  it('refuses what a contract needs without a contract, and a field given twice', async () => {
    const lost = await send('/api/v1/roi', JSON.stringify({ ...MACHINE, hostCapexUsd: 100 }));
    expect((await readProblem(lost, 400)).errors).toMatchObject([{ field: 'hostCapexUsd', value: 100 }]);
    const twice = await send('/api/v1/roi', `{"powerW": 1, ${JSON.stringify(MACHINE).slice(1)}`);
    expect((await readProblem(twice, 400)).errors).toMatchObject([{ field: 'powerW' }]);
  });

  it('answers 10,000 rows, and other callers meanwhile', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => ({ ...MACHINE, count: (index % 9) + 1, capexUsd: 500 + index }));
    const pending = computeBatch({ defaults: { horizonMonths: 48 }, rows });
    expect((await fetch(`${getTestOrigin()}/healthz`)).status).toBe(200);
    const { summary, rows: answered } = await pending;
    expect(answered).toHaveLength(10_000);
    // 1,111 rounds of 1..9 and one row of 1: 1,111 x 45 + 1.
    expect(summary).toMatchObject({ okRows: 10_000, failedRows: 0, machines: 49_996 });
    // Equal machines: the sum is the single answer times their number.
    const { today } = await computeRoi(MACHINE);
    expectClose(summary.today.netUsdPerDay, today.netUsdPerDay * 49_996);
  });
});

describe('GET /api/v1', () => {
  it('answers a caller who holds the catalogue already with 304', async () => {
    const first = await fetch(`${getTestOrigin()}/api/v1/models`);
    await first.text();
    const again = await fetch(`${getTestOrigin()}/api/v1/models`, { headers: { 'If-None-Match': first.headers.get('ETag') ?? '' } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('describes itself in the caller’s language', async () => {
    const read = async (query: string) => (await fetch(`${getTestOrigin()}/api/v1/openapi.json${query}`)).json();
    const [en, zh] = [await read('?lng=en'), await read('?lng=zh')];
    expect(en.openapi).toBe('3.1.0');
    expect(Object.keys(zh.paths)).toEqual(Object.keys(en.paths));
    expect(Object.keys(en.paths)).toContain('/api/v1/roi/batch');
    expect(zh.components.schemas.RoiRequest.properties.powerW.description).toContain('功耗');
    const { models } = ModelsAnswerSchema.parse(await (await fetch(`${getTestOrigin()}/api/v1/models`)).json());
    const example = en.paths['/api/v1/roi'].post.requestBody.content['application/json'].examples.model.value;
    expect(models.map((machine) => machine.name)).toContain(example.model);
    await computeRoi({ ...MARKET, ...example });
  });

  it('has a readable page with the same fields and a computed example', async () => {
    for (const [language, title] of [
      ['en', 'API for developers'],
      ['zh', '开发者 API'],
    ] as const) {
      const response = await fetch(`${getTestOrigin()}/developers?lng=${language}`);
      const html = await response.text();
      expect(response.status).toBe(200);
      expect(html).toContain(`<h1>${title}</h1>`);
      for (const field of ['hashrateDecayRatioPerMonth', 'shutdownWhenUnprofitable', 'hostCapexUsd', 'id="malformed-body"']) {
        expect(html).toContain(field);
      }
      expect(html).toMatch(/npvUsd(&quot;|"|\\"): -769\.891688668/);
    }
  });
});

/** Status of the answer to a body that is sent in pieces without saying how long it will be. */
function sendChunked(path: string, body: string): Promise<number> {
  const { hostname, port } = new URL(getTestOrigin());
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname: hostname.replace(/^\[|\]$/g, ''), port, path, method: 'POST', headers: JSON_TYPE },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    request.on('error', reject);
    request.flushHeaders();
    request.end(body);
  });
}
