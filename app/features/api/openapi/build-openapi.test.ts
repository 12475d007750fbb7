import { Validator } from '@seriousme/openapi-schema-validator';
import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { BATCH_EXAMPLE, GOLDEN_EXAMPLE, MODEL_EXAMPLE, RISK_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { RiskRequestSchema } from '#app/features/api/economics/risk-request.ts';
import { BatchRequestSchema, FIELD_NAMES, RoiRequestSchema } from '#app/features/api/economics/roi-request.ts';
import { PLAN_EXAMPLE } from '#app/features/curtailment/plan-example.ts';
import { PlanRequestSchema } from '#app/features/curtailment/plan-request.ts';
import { SHED_EXAMPLE } from '#app/features/curtailment/shed-example.ts';
import { ShedRequestSchema } from '#app/features/curtailment/shed-request.ts';
import { FORECAST_EXAMPLE, ForecastRequestSchema } from '#app/features/forecasting/forecast-request.ts';
import { LANGUAGES } from '#app/platform/i18n/languages.ts';
import { I18NEXT_OPTIONS } from '#app/platform/i18n/options.ts';
import { FIELDS } from '#engine/units/fields.ts';
import en from '../../../../locales/en/developers.json';
import zh from '../../../../locales/zh/developers.json';
import { buildOpenApi, type OpenApiDocument } from './build-openapi.ts';

async function buildIn(lng: string): Promise<OpenApiDocument> {
  const instance = createInstance();
  await instance.init({ ...I18NEXT_OPTIONS, lng, resources: { en: { developers: en }, zh: { developers: zh } } });
  return buildOpenApi(instance.getFixedT(lng, 'developers'));
}

describe('buildOpenApi', () => {
  it('is a valid OpenAPI 3.1 document in every language', async () => {
    for (const language of LANGUAGES) {
      const result = await new Validator().validate(JSON.parse(JSON.stringify(await buildIn(language))));
      expect(result.errors, language).toBeUndefined();
      expect(result.valid).toBe(true);
    }
  });

  it('carries the prefix in every path', async () => {
    const { paths } = await buildIn('en');
    expect(Object.keys(paths).sort()).toEqual([
      '/api/v1/alert-channels',
      '/api/v1/alert-channels/{id}',
      '/api/v1/alert-rules',
      '/api/v1/alert-rules/test',
      '/api/v1/alerts',
      '/api/v1/alerts/{id}',
      '/api/v1/batches',
      '/api/v1/batches/{id}',
      '/api/v1/batches/{id}/errors',
      '/api/v1/batches/{id}/events',
      '/api/v1/batches/{id}/rows',
      '/api/v1/clients',
      '/api/v1/clients/{id}',
      '/api/v1/clients/{id}/uptime',
      '/api/v1/curtailment/plan',
      '/api/v1/curtailment/shed',
      '/api/v1/forecasts',
      '/api/v1/forecasts/{series}',
      '/api/v1/indicators',
      '/api/v1/indicators/{name}',
      '/api/v1/machines',
      '/api/v1/machines/bulk',
      '/api/v1/machines/imports',
      '/api/v1/machines/{id}',
      '/api/v1/machines/{id}/changes',
      '/api/v1/machines/{id}/history',
      '/api/v1/machines/{id}/live',
      '/api/v1/machines/{id}/samples',
      '/api/v1/machines/{id}/uptime',
      '/api/v1/market',
      '/api/v1/market/history',
      '/api/v1/models',
      '/api/v1/openapi.json',
      '/api/v1/power-prices',
      '/api/v1/power-prices/{id}',
      '/api/v1/power-prices/{id}/files',
      '/api/v1/reports',
      '/api/v1/reports/{id}',
      '/api/v1/reports/{id}/file',
      '/api/v1/risk',
      '/api/v1/roi',
      '/api/v1/roi/batch',
      '/api/v1/scenarios',
      '/api/v1/scenarios/{id}/explanation',
      '/api/v1/signal-watches',
      '/api/v1/sites',
      '/api/v1/sites/{id}',
      '/api/v1/sites/{id}/demand',
      '/api/v1/sites/{id}/live',
      '/api/v1/sites/{id}/meter',
      '/api/v1/sites/{id}/meter/files',
      '/api/v1/sites/{id}/places',
      '/api/v1/sites/{id}/places/{placeId}',
      '/api/v1/sites/{id}/series',
      '/api/v1/sites/{id}/states',
      '/api/v1/sites/{id}/uptime',
      '/api/v1/token',
    ]);
  });

  it('says who must show what: computing is open to everybody, a token is not made for nobody', async () => {
    const { paths, components } = await buildIn('en');
    expect(paths['/api/v1/roi']?.post).toMatchObject({ security: [{}, { personalToken: [] }, { accessToken: [] }] });
    expect(paths['/api/v1/token']?.post).toMatchObject({ security: [{ personalToken: [] }], responses: { 401: expect.anything() } });
    expect(paths['/api/v1/token']?.delete).toMatchObject({ security: [{ accessToken: [] }], responses: { 204: expect.anything() } });
    expect(Object.keys(components.securitySchemes)).toEqual(['personalToken', 'accessToken']);
  });

  it("says every field's range, default and unit as the table of fields has them", async () => {
    const { components } = await buildIn('en');
    const properties = components.schemas.RoiRequest.properties ?? {};
    for (const name of FIELD_NAMES) {
      const { min, max, minExclusive, integer, unit, default: defaultValue } = FIELDS[name];
      expect(properties[name], name).toMatchObject({
        type: integer ? 'integer' : 'number',
        [minExclusive ? 'exclusiveMinimum' : 'minimum']: min,
        maximum: max,
        'x-unit': unit,
        ...(defaultValue === null ? {} : { default: defaultValue }),
      });
    }
    expect(components.schemas.RoiRequest).toMatchObject({ required: ['powerUsdPerKwh'], additionalProperties: false });
  });

  it('resolves every reference it makes', async () => {
    const document = await buildIn('en');
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]);
    expect(references.length).toBeGreaterThan(20);
    for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  it('shows examples that its own schemas accept', () => {
    for (const example of [GOLDEN_EXAMPLE, MODEL_EXAMPLE]) expect(RoiRequestSchema.safeParse(example).success).toBe(true);
    expect(BatchRequestSchema.safeParse(BATCH_EXAMPLE).success).toBe(true);
    expect(RiskRequestSchema.safeParse(RISK_EXAMPLE).success).toBe(true);
    expect(ShedRequestSchema.safeParse(SHED_EXAMPLE).success).toBe(true);
    expect(PlanRequestSchema.safeParse(PLAN_EXAMPLE).success).toBe(true);
    expect(ForecastRequestSchema.safeParse(FORECAST_EXAMPLE).success).toBe(true);
  });
});
