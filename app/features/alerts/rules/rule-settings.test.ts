import { describe, expect, it } from 'vitest';
import { mergeSettings, stackChanges } from './rule-settings.ts';

describe('changes of a rule', () => {
  it('stack to what merging them one after the other comes to', () => {
    const workspace = { severity: 'P1' as const, numbers: { floorRatio: 0.7, holdS: 60 }, isEnabled: false };
    const site = { isEnabled: true, numbers: { holdS: 120 } };
    const stacked = stackChanges(workspace, site);
    expect(mergeSettings('low-hashrate', stacked)).toEqual(mergeSettings('low-hashrate', workspace, site));
    expect(stacked.numbers).toEqual({ floorRatio: 0.7, holdS: 120 });
  });

  it('stay as they are on top of nothing', () => {
    expect(stackChanges(null, {})).toEqual({});
    expect(stackChanges({ numbers: { holdS: 60 } }, {})).toEqual({ numbers: { holdS: 60 } });
  });
});
