import { describe, expect, it } from 'vitest';
import { type FleetCells, findWorst, mergeEvent, readState, summariseCells } from './fleet-cells.ts';

const NOW_S = 1_000_000;
const GAP_S = 150;

function aFleet(): FleetCells {
  return {
    silenceS: 570,
    numbers: [1, 2, 3, 4, 5],
    atS: [NOW_S - 10, NOW_S - 10, NOW_S - 10, NOW_S - 151, null],
    states: ['hashing', 'faulty', 'curtailed', 'hashing', null],
    hashrateThs: [190, null, null, 200, null],
    powerW: [3_500, 40, null, 3_600, null],
    chipTemperatureC: [70, null, null, 65, null],
    ratedHashrateThs: [200, 200, 200, 200, 200],
    racks: [0, 0, 0, 0, null],
    rackRows: [1, 1, 2, 2, null],
    rackColumns: [1, 2, 1, 2, null],
  };
}

describe('machines now', () => {
  it('are unknown from two and a half cadences on, and in no sum then', () => {
    const now = summariseCells(aFleet(), NOW_S, GAP_S);
    expect(now.byState).toEqual({ hashing: 1, curtailed: 1, planned: 0, faulty: 1, unknown: 2 });
    expect(now).toMatchObject({ machines: 5, hashrateThs: 190, powerW: 3_540, powerKnown: 2, lastS: NOW_S - 10 });
    expect(readState(aFleet(), 3, NOW_S - 1, GAP_S)).toBe('hashing');
  });

  it('stay curtailed while a silent machine is asked less often, as long as that takes, unless it answered', () => {
    const cells = aFleet();
    for (const [state, ageS, shown] of [
      ['curtailed', 570, 'curtailed'],
      ['planned', 400, 'planned'],
      ['planned', 571, 'unknown'],
      ['faulty', 151, 'unknown'],
    ] as const) {
      cells.states[2] = state;
      expect(readState(cells, 2, NOW_S - 10 + ageS, GAP_S), `${state} ${ageS}`).toBe(shown);
    }
    cells.states[2] = 'curtailed';
    cells.powerW[2] = 40;
    expect(readState(cells, 2, NOW_S - 10 + 151, GAP_S)).toBe('unknown');
  });

  it('have an efficiency of those machines only of which both figures are known', () => {
    expect(summariseCells(aFleet(), NOW_S, GAP_S).efficiencyJPerTh).toBeCloseTo(3_500 / 190);
    expect(summariseCells(aFleet(), NOW_S, GAP_S, [1, 2])).toMatchObject({ machines: 2, hashrateThs: null, efficiencyJPerTh: null });
  });

  it('are ranked by the hash rate that is lost, without those that rest as agreed or say nothing', () => {
    const cells = aFleet();
    expect(findWorst(cells, NOW_S, GAP_S, 10)).toEqual([{ index: 1, lostThs: 200 }]);
    cells.hashrateThs[0] = 150;
    expect(findWorst(cells, NOW_S, GAP_S, 1)).toEqual([{ index: 1, lostThs: 200 }]);
    expect(findWorst(cells, NOW_S, GAP_S, 10)).toHaveLength(2);
  });
});

describe('an event of the live stream', () => {
  const event = { atS: NOW_S, numbers: [4, 99], states: [1, 1], hashrateThs: [201, 1], powerW: [null, 1], chipTemperatureC: [66, 1] };

  it('brings the machines that are shown up to date and counts the others', () => {
    const cells = aFleet();
    const places = new Map(cells.numbers.map((number, index) => [number, index]));
    expect(mergeEvent(cells, places, event)).toBe(1);
    expect(readState(cells, 3, NOW_S, GAP_S)).toBe('hashing');
    expect([cells.hashrateThs[3], cells.powerW[3], cells.chipTemperatureC[3]]).toEqual([201, null, 66]);
  });

  it('never takes back what is newer', () => {
    const cells = aFleet();
    const places = new Map(cells.numbers.map((number, index) => [number, index]));
    mergeEvent(cells, places, { ...event, atS: NOW_S - 500 });
    expect(cells.hashrateThs[3]).toBe(200);
  });
});
