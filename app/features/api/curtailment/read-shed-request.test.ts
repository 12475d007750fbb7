import { describe, expect, it } from 'vitest';
import { SHED_EXAMPLE } from '#app/features/curtailment/shed-example.ts';
import { fromShedError, readShedRequest } from './read-shed-request.ts';

function faultsOf(raw: unknown): [string, string][] {
  const read = readShedRequest(raw);
  if (read.kind === 'ok') throw new Error('the request was taken');
  return read.faults.map(({ field, code }) => [field, code]);
}

const [machine] = SHED_EXAMPLE.machines;

describe('readShedRequest', () => {
  it('fills in what was left out', () => {
    const read = readShedRequest({
      targetW: 1,
      durationHours: 1,
      machines: [{ id: 'a', current: 0, modes: [{ powerW: 0, profitUsdPerHour: 0 }] }],
    });
    expect(read).toEqual({
      kind: 'ok',
      problem: {
        targetW: 1,
        durationHours: 1,
        strategy: 'least-profit',
        custom: null,
        machines: [
          {
            id: 'a',
            client: null,
            tier: null,
            score: null,
            locked: false,
            restartUsd: 0,
            current: 0,
            modes: [{ powerW: 0, profitUsdPerHour: 0 }],
          },
        ],
      },
    });
  });

  it('names every fault by its path', () => {
    expect(
      faultsOf({
        targetW: -1,
        strategy: 'cheapest',
        modus: 1,
        machines: [
          { ...machine, current: 1.5, locked: 'yes', tier: 2000 },
          { ...machine, id: 7, modes: [{ powerW: 1e11, profitUsdPerHour: '0.1', hashrateThs: 1 }, 3] },
          { ...machine, id: '', modes: [] },
          null,
        ],
      }),
    ).toEqual([
      ['targetW', 'out_of_range'],
      ['durationHours', 'missing'],
      ['strategy', 'not_a_choice'],
      ['modus', 'unknown_field'],
      ['machines[0].tier', 'out_of_range'],
      ['machines[0].locked', 'not_a_boolean'],
      ['machines[0].current', 'not_an_integer'],
      ['machines[1].id', 'not_a_string'],
      ['machines[1].modes[0].powerW', 'out_of_range'],
      ['machines[1].modes[0].profitUsdPerHour', 'not_a_number'],
      ['machines[1].modes[0].hashrateThs', 'unknown_field'],
      ['machines[1].modes[1]', 'not_an_object'],
      ['machines[2].id', 'empty_text'],
      ['machines[2].modes', 'too_few_entries'],
      ['machines[3]', 'not_an_object'],
    ]);
    for (const raw of [null, [], 7, 'x']) expect(faultsOf(raw)).toEqual([['', 'not_an_object']]);
  });

  it('stops at a hundred faults and does not read 20,001 machines', () => {
    expect(faultsOf({ ...SHED_EXAMPLE, machines: Array.from({ length: 500 }, () => null) })).toHaveLength(100);
    expect(faultsOf({ ...SHED_EXAMPLE, machines: Array.from({ length: 20_001 }, () => null) })).toEqual([['machines', 'too_many_entries']]);
  });

  it('takes rules with the strategy that reads them only', () => {
    expect(faultsOf({ ...SHED_EXAMPLE, strategy: 'custom' })).toEqual([['custom', 'missing']]);
    expect(faultsOf({ ...SHED_EXAMPLE, custom: {} })).toEqual([['custom', 'needs_custom']]);
    expect(faultsOf({ ...SHED_EXAMPLE, strategy: 'custom', custom: { tiers: [1, -1], weights: [{ weight: 1001 }, {}] } })).toEqual([
      ['custom.tiers[1]', 'out_of_range'],
      ['custom.weights[0].weight', 'out_of_range'],
      ['custom.weights[1].weight', 'missing'],
    ]);
  });
});

describe('fromShedError', () => {
  it('says which modes a machine has', () => {
    const error = { path: ['machines', 3, 'current'], value: 4, code: 'no_such_mode', min: null, max: 2, minExclusive: false } as const;
    expect(fromShedError(error)).toMatchObject({ field: 'machines[3].current', code: 'out_of_range', min: 0, max: 2 });
  });
});
