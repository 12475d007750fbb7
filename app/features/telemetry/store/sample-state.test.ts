import { describe, expect, it } from 'vitest';
import { ANNOUNCEMENTS, fromStateCode, judgeState, OBSERVATIONS, STATE_CODES } from './sample-state.ts';

describe('judgeState', () => {
  it('believes a machine that hashes, whatever was announced', () => {
    for (const announcement of ANNOUNCEMENTS) expect(judgeState('hashing', announcement)).toBe('hashing');
  });

  it('does not call a silent machine down: what nobody saw is unknown', () => {
    expect(judgeState('failed', 'running')).toBe('unknown');
    expect(judgeState('unknown', 'running')).toBe('unknown');
  });

  it('counts time that nobody agreed to as faulty, also when the machine sleeps or boots', () => {
    for (const observation of ['idle', 'sleeping', 'starting'] as const) expect(judgeState(observation, 'running')).toBe('faulty');
  });

  it('takes an announcement as the reason of rest and of silence', () => {
    for (const observation of ['idle', 'sleeping', 'starting', 'failed', 'unknown'] as const) {
      expect(judgeState(observation, 'curtailed')).toBe('curtailed');
      expect(judgeState(observation, 'maintenance')).toBe('planned');
    }
  });
});

describe('STATE_CODES', () => {
  it('holds the rule for every announcement and observation, in the order in which it is looked up', () => {
    expect(STATE_CODES).toHaveLength(ANNOUNCEMENTS.length * OBSERVATIONS.length);
    ANNOUNCEMENTS.forEach((announcement, row) => {
      OBSERVATIONS.forEach((observation, column) => {
        const code = STATE_CODES[row * OBSERVATIONS.length + column] ?? 0;
        expect(fromStateCode(code)).toBe(judgeState(observation, announcement));
      });
    });
  });
});
