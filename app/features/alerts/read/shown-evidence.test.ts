import { expect, it } from 'vitest';
import { toShownEvidence } from './shown-evidence.ts';

it('shows whoever sees the host all of it', () => {
  const evidence = { seen: '10.9.8.6', limit: 'btc.other.example, 10.9.8.7' };
  expect(toShownEvidence('wrong-pool', evidence, true)).toEqual(evidence);
});

it('shows a client neither a proxy of the host nor the pools of others', () => {
  expect(toShownEvidence('wrong-pool', { seen: '10.9.8.6', limit: 'btc.other.example, 10.9.8.7' }, false)).toEqual({
    seen: null,
    limit: null,
  });
  expect(toShownEvidence('wrong-pool', { seen: 'proxy.lan', limit: 'btc.other.example' }, false)).toEqual({ seen: null, limit: null });
  expect(toShownEvidence('wrong-pool', { seen: 'thief.example', limit: 'btc.other.example' }, false)).toEqual({
    seen: 'thief.example',
    limit: null,
  });
  expect(toShownEvidence('wrong-pool', {}, false)).toEqual({ seen: null, limit: null });
});

it('shows a client the figures of every other rule', () => {
  expect(toShownEvidence('hot-warn', { seen: 95, limit: 92 }, false)).toEqual({ seen: 95, limit: 92 });
});
