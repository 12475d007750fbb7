import { describe, expect, it } from 'vitest';
import { wellAt } from '../watch/small-site.fixture.server.ts';
import { findEvidence, type Surroundings } from './checks.ts';
import type { Facts } from './facts.ts';
import { newMemory } from './memory.ts';

const AROUND: Surroundings = {
  ratedHashrateThs: 100,
  expectedWorker: null,
  poolHosts: [],
  peerHashrate: null,
  peerTemperatureC: null,
};

describe('the evidence of lost boards', () => {
  const find = (figures: Partial<Facts>, right: number | null) => {
    const memory = newMemory();
    memory.boards = { ...memory.boards, right };
    return findEvidence('boards-lost', wellAt(0, figures), {}, memory, AROUND);
  };

  it.each([
    ['what it was seen with, where it does not count its dead ones', { boardsAlive: 2, boardsDead: null }, 3, { seen: 2, limit: 3 }],
    ['what it tells by its dead ones, where it was never seen whole', { boardsAlive: 2, boardsDead: 1 }, null, { seen: 2, limit: 3 }],
    ['the more of both', { boardsAlive: 2, boardsDead: 2 }, 3, { seen: 2, limit: 4 }],
    ['what it was seen with, where it counts none alive', { boardsAlive: null, boardsDead: 1 }, 3, { seen: null, limit: 3 }],
    ['unknown, where neither is known', { boardsAlive: 2, boardsDead: null }, null, { seen: 2, limit: null }],
    ['unknown, where only the dead ones are known', { boardsAlive: null, boardsDead: 1 }, null, { seen: null, limit: null }],
  ])('holds what is alive to %s', (_what, figures, right, evidence) => expect(find(figures, right)).toEqual(evidence));
});
