import { describe, expect, it } from 'vitest';
import { SHIPPED_SNAPSHOT } from '#app/features/market/shipped-snapshot.ts';
import { toTypedText } from '#app/ui/typed-number.ts';
import {
  convertForm,
  createScenarioForm,
  parseScenarioUrl,
  readScenario,
  replaceScenarioParams,
  type ScenarioForm,
} from './scenario-form.ts';

const read = (changes: Partial<ScenarioForm>, cheapest: number | null = null) =>
  readScenario({ ...createScenarioForm(), ...changes }, SHIPPED_SNAPSHOT, cheapest);

describe('the scenario panel', () => {
  it('left alone takes price and network from the market and percent as percent', () => {
    const { scenario, errors } = read({});
    expect(errors).toEqual([]);
    expect(scenario!.network).toMatchObject({
      priceUsdPerBtc: SHIPPED_SNAPSHOT.priceUsdPerBtc.value,
      difficulty: SHIPPED_SNAPSHOT.difficulty.value,
      networkGrowthRatioPerMonth: 0.01,
    });
    expect(scenario!.defaults).toMatchObject({ poolFeeRatio: 0.02, powerUsdPerKwh: null });
  });

  it('with a difficulty of its own lets go of what was measured at the market one', () => {
    expect(read({ difficulty: '100' }).scenario!.network).toMatchObject({
      difficulty: 100e12,
      networkHashrateThs: null,
      epochElapsedS: null,
    });
  });

  it('names the field and the range in the unit that was typed', () => {
    const { scenario, errors } = read({ months: '121', pool: 'x', uptime: '' });
    expect(scenario).toBeNull();
    expect(errors.map(({ name, code, max }) => [name, code, max])).toEqual([
      ['months', 'out_of_range', 120],
      ['pool', 'not_a_number', 100],
      ['uptime', 'missing', 100],
    ]);
  });

  it('reads amounts in the currency shown', () => {
    const { scenario } = read({ currency: 'cny', rate: '7', power: '0.35' });
    expect(scenario!.defaults.powerUsdPerKwh).toBeCloseTo(0.05, 12);
    const back = convertForm({ ...createScenarioForm(), currency: 'cny', power: '0.35' }, 'usd', 7, toTypedText);
    expect(back).toMatchObject({ currency: 'usd', power: '0.05', months: '48' });
  });

  it('moves machines to the cheapest place of the list unless another price is typed', () => {
    expect(read({}).advice.move).toBeNull();
    expect(read({}, 0.04).advice.move).toEqual({ powerUsdPerKwh: 0.04, costUsdPerMachine: 0 });
    expect(read({ moveTo: '0.03', moveCost: '25' }, 0.04).advice.move).toEqual({ powerUsdPerKwh: 0.03, costUsdPerMachine: 25 });
  });

  it('goes through the address and back, and writes only what differs', () => {
    const form = { ...createScenarioForm(), months: '36', off: 'no' as const };
    const params = replaceScenarioParams(new URLSearchParams('lng=zh'), form);
    expect(params.toString()).toBe('lng=zh&months=36&off=no');
    expect(parseScenarioUrl(params)).toEqual(form);
  });
});
