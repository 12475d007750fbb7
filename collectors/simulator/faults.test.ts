import { expect, test } from 'vitest';
import { readSimulateCommand } from './command-line.ts';
import { dealFaults, parseFaultShares } from './faults.ts';

test('shares of faults are dealt out exactly, one a machine at most, and the same for the same seed', () => {
  const dealt = dealFaults(6000, { dead: 0.05, slow: 0.02, garbled: 0.001 }, 9);
  const count = (fault: string | null) => dealt.filter((each) => each === fault).length;
  expect([count('dead'), count('slow'), count('garbled'), count(null)]).toEqual([300, 120, 6, 5574]);
  expect(dealFaults(6000, { dead: 0.05, slow: 0.02, garbled: 0.001 }, 9)).toEqual(dealt);
  expect(dealFaults(6000, { dead: 0.05, slow: 0.02, garbled: 0.001 }, 10)).not.toEqual(dealt);
});

test('faulty machines are spread over the farm', () => {
  const dealt = dealFaults(1000, { dead: 0.1 }, 3);
  const firstHalf = dealt.slice(0, 500).filter((fault) => fault === 'dead').length;
  expect(firstHalf).toBeGreaterThan(30);
  expect(firstHalf).toBeLessThan(70);
});

test('faults that cannot be are refused naming the fault and the range', () => {
  expect(parseFaultShares('dead=0.05, slow=0.02')).toEqual({ dead: 0.05, slow: 0.02 });
  expect(() => parseFaultShares('broken=0.1')).toThrow(/^faults: "broken" is none of dead, refused/);
  expect(() => parseFaultShares('dead=5')).toThrow('faults: dead is "5"; a share from 0 to 1 is needed.');
  expect(() => parseFaultShares('dead=')).toThrow('faults: dead is ""');
  expect(() => parseFaultShares('dead=0.7,slow=0.7')).toThrow('the shares add up to 1.4');
});

test('the command line is read with its usual values and refuses what it does not know', () => {
  expect(readSimulateCommand(['--miners', '6000', '--faults', 'dead=0.05', '--dialects', 'avalon,luxos'])).toEqual({
    kind: 'run',
    farm: { miners: 6000, seed: 1, dialects: ['avalon', 'luxos'], layout: 'address', basePort: 4028, faults: { dead: 0.05 }, speed: 1 },
    controlPort: null,
  });
  expect(readSimulateCommand(['--help']).kind).toBe('usage');
  expect(() => readSimulateCommand(['--miners', 'many'])).toThrow('miners is "many"; a number is needed.');
  expect(() => readSimulateCommand(['--dialects', 'avalon,bitaxe'])).toThrow('dialects: "bitaxe" is none of antminer');
  expect(() => readSimulateCommand(['--layout', 'ring'])).toThrow('layout is "ring"; address or port is possible.');
});
