import { expect, it } from 'vitest';
import { GOLDEN_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { aContext } from '#app/features/api/economics/sample-context.ts';
import en from '../../../locales/en/reports.json' with { type: 'json' };
import zh from '../../../locales/zh/reports.json' with { type: 'json' };
import { readBatch, readScenario } from './report-subject.ts';

const HOSTED = { hashrateThs: 200, powerW: 3500, powerUsdPerKwh: 0.04, clientPowerUsdPerKwh: 0.07, count: 10, horizonMonths: 12 };

it('reckons a hosted row at the host’s price of power, as the list and the batch of the API do, and counts it', () => {
  const plain = { ...HOSTED, clientPowerUsdPerKwh: undefined };
  const batch = readBatch({ defaults: {}, rows: [HOSTED, plain] }, 'Autumn', aContext());
  if (batch.kind !== 'ok') throw new Error(JSON.stringify(batch.faults));
  expect(batch.source.rows.map(({ powerUsdPerKwh }) => powerUsdPerKwh)).toEqual([0.04, 0.04]);
  expect(batch.source.hostedRows).toBe(1);
  const scenario = readScenario(HOSTED, aContext());
  if (scenario.kind !== 'ok') throw new Error(JSON.stringify(scenario.faults));
  expect(scenario.source.rows[0]!.powerUsdPerKwh).toBe(0.04);
  expect(readScenario(GOLDEN_EXAMPLE, aContext())).toMatchObject({ source: { hostedRows: 0 } });
});

it('says of the machines’ price no more than the list does', () => {
  expect(en.fleet.figures.capexBasis).toBe('{{machines}} machines');
  expect(zh.fleet.figures.capexBasis).toBe('{{machines}} 台');
});
