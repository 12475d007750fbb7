import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { buildOpenApi, type OpenApiDocument } from '#app/features/api/openapi/build-openapi.ts';
import { I18NEXT_OPTIONS } from '#app/platform/i18n/options.ts';
import en from '../../../../locales/en/developers.json';
import {
  ANSWER_COMPONENTS,
  listAnswerGroups,
  listEndpoints,
  listFlatGroups,
  listNestedGroups,
  type RequestField,
} from './developers-view.ts';

async function aDocument(): Promise<OpenApiDocument> {
  const instance = createInstance();
  await instance.init({ ...I18NEXT_OPTIONS, lng: 'en', resources: { en: { developers: en } } });
  return buildOpenApi(instance.getFixedT('en', 'developers'));
}

describe('listEndpoints', () => {
  it('shows every address with every method and what it does', async () => {
    const document = await aDocument();
    const shown = listEndpoints(document);
    const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
    expect(shown).toHaveLength(operations.length);
    expect(shown).toContainEqual({ method: 'POST', path: '/api/v1/roi', purpose: en.endpoints.roi });
    expect(shown.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining(['GET /api/v1/machines', 'GET /api/v1/sites', 'GET /api/v1/alerts']),
    );
    expect(shown.filter(({ purpose }) => purpose.length === 0)).toEqual([]);
  });
});

describe('listFlatGroups', () => {
  it('shows every field of a request once', async () => {
    const document = await aDocument();
    const shown = listFlatGroups(document).flatMap((group) => group.fields.map((field) => field.name));
    expect([...shown].sort()).toEqual(Object.keys(document.components.schemas.RiskRequest.properties ?? {}).sort());
  });

  it('says unit, range and what happens when a field is left out', async () => {
    const fields = Object.fromEntries(
      listFlatGroups(await aDocument()).flatMap((group) => group.fields.map((field) => [field.name, field])),
    ) as Record<string, RequestField>;
    expect(fields.difficulty).toMatchObject({ interval: '(0, 1e20]', absence: { kind: 'from-market' } });
    expect(fields.networkGrowthRatioPerMonth).toMatchObject({ interval: '(-0.9, 1]', absence: { kind: 'default', value: '0' } });
    expect(fields.powerUsdPerKwh).toMatchObject({ unit: 'USD/kWh', interval: '[-1, 10]', absence: { kind: 'required' } });
    expect(fields.hashrateThs?.absence).toEqual({ kind: 'required-or-model' });
    expect(fields.epochElapsedS?.absence).toEqual({ kind: 'derived' });
    expect(fields.clientPowerUsdPerKwh?.absence).toEqual({ kind: 'not-given' });
    expect(fields.horizonMonths).toMatchObject({ isInteger: true, absence: { kind: 'default', value: '36' } });
    expect(fields.payoutModel).toMatchObject({ choices: ['FPPS', 'PPS+', 'PPLNS', 'PPS'], absence: { kind: 'default', value: 'FPPS' } });
    expect(fields.shutdownWhenUnprofitable).toMatchObject({ choices: ['true', 'false'], absence: { kind: 'default', value: 'false' } });
    expect(fields.seed).toMatchObject({ isInteger: true, absence: { kind: 'required' } });
    expect(fields.priceVolatilityPerYear).toMatchObject({ interval: '[0, 5]', absence: { kind: 'estimated' } });
    expect(fields.model).toMatchObject({ maxLength: 200, interval: null });
  });
});

describe('listNestedGroups', () => {
  it('says of fields inside objects and lists where they stand, their unit and their range', async () => {
    const groups = listNestedGroups(await aDocument());
    const fieldOf = (title: string, name: string) =>
      groups.find((group) => group.title === title)?.fields.find((field) => field.name === name);
    expect(fieldOf('groupShedMachine', 'restartUsd')).toMatchObject({ unit: 'USD', absence: { kind: 'default', value: '0' } });
    expect(fieldOf('groupPlan', 'priceUsdPerMwh')).toMatchObject({
      unit: 'USD/MWh',
      interval: '[-10000, 10000]',
      absence: { kind: 'required' },
    });
    expect(fieldOf('groupPlanTerms', 'interval.count')).toMatchObject({ interval: '[1, 768]', isInteger: true });
    expect(fieldOf('groupPlanTerms', 'options.timeBudgetMs')).toMatchObject({ unit: 'ms', interval: '[1, 5000]' });
    expect(fieldOf('groupPlanMachine', 'initialMode')).toMatchObject({ interval: '[0, 4]', absence: { kind: 'not-given' } });
    expect(groups.flatMap(({ fields }) => fields).every(({ meaning }) => meaning !== '')).toBe(true);
  });
});

describe('listAnswerGroups', () => {
  it('says of each field its type and whether it may be null or absent', async () => {
    const groups = listAnswerGroups(await aDocument());
    expect(groups.map((group) => group.component)).toEqual([...ANSWER_COMPONENTS]);
    const fieldOf = (component: string, name: string) =>
      groups.find((group) => group.component === component)?.fields.find((field) => field.name === name);
    expect(fieldOf('RoiAnswer', 'host')).toMatchObject({ type: 'object', isOptional: true, isNullable: false });
    expect(fieldOf('Projection', 'paybackMonths')).toMatchObject({ type: 'number', isNullable: true, isOptional: false });
    expect(fieldOf('Projection', 'months')).toMatchObject({ type: 'list' });
    expect(fieldOf('RiskAnswer', 'fan')).toMatchObject({ type: 'list' });
    expect(fieldOf('Month', 'month')).toMatchObject({ type: 'integer' });
    expect(fieldOf('UsedFigure', 'sourceUrl')).toMatchObject({ type: 'text', isNullable: true });
  });
});
