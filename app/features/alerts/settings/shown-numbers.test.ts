import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../rules/rule-table.ts';
import { fromShown, listThresholds, listTimings, toShown } from './shown-numbers.ts';

const find = (name: string) => {
  const found = [...RULE_IDS.flatMap(listThresholds), ...listTimings()].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no number ${name}`);
  return found;
};

describe('numbers of rules on a form', () => {
  it('are percent for shares, minutes and hours for long times, and themselves otherwise', () => {
    expect(toShown(find('floorRatio'), 0.07)).toBe(7);
    expect(toShown(find('coolDownS'), 1_800)).toBe(30);
    expect(toShown(find('learnS'), 21_600)).toBe(6);
    expect(toShown(find('skewS'), 120)).toBe(120);
    expect(toShown(find('badSamples'), 8)).toBe(8);
  });

  it('come back as they were, for both ends of every range and for every default', () => {
    for (const number of [...RULE_IDS.flatMap(listThresholds), ...listTimings()]) {
      for (const value of [number.range.min, number.range.max, number.range.default]) {
        if (value !== null) expect(fromShown(number, toShown(number, value)), number.name).toBe(value);
      }
    }
  });

  it('keep seconds whole where the typed minutes are not, and leave counts for the range to refuse', () => {
    expect(fromShown(find('startS'), 10.333333)).toBe(620);
    expect(fromShown(find('badSamples'), 2.5)).toBe(2.5);
  });
});
